"""The people one manages: the list, giving and ending roles, switching off, the second step."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from leesbouw.accounts.actions import (
    add_role,
    create_user,
    deactivate_user,
    end_role,
    reactivate_user,
    rename_user,
    reset_mfa,
)
from leesbouw.accounts.models import RoleAssignment, User
from leesbouw.accounts.queries import people_managed_by
from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent, undo_event
from leesbouw.core.errors import Sentence
from leesbouw.core.mail import Outgoing
from leesbouw.core.time import today

from .conftest import PASSWORD

LIST = "/beheer/gebruikers/"


def user_of(actor) -> User:
    return User.objects.get(pk=actor.user_id)


def held(user: User) -> set[tuple[str, int]]:
    rows = RoleAssignment.objects.filter(RoleAssignment.held_today(), user=user)
    return set(rows.values_list("role", "unit_id"))


# The list


def names(page) -> set[str]:
    return {row.record.email.split("@")[0] for row in page.context["table"].rows}


def test_an_administrator_sees_her_library_its_area_and_nobody_else(cast, client_for) -> None:
    page = client_for(cast.administrator).get(LIST)

    assert names(page) == {
        "administrator",
        "manager",
        "consultant",
        "director",
        "volunteer",
        "head",
        "teacher",
        "other_head",
        "childcare_manager",
        "board",
        "municipality",
    }
    assert "11 mensen met een account" in page.text


def test_a_head_sees_her_own_school(cast, client_for) -> None:
    assert names(client_for(cast.head).get(LIST)) == {"head", "teacher"}
    assert names(client_for(cast.outsider).get(LIST)) == {"outsider"}


def test_the_list_tells_roles_and_second_step_without_a_query_per_person(
    cast, client_for, django_assert_num_queries
) -> None:
    client = client_for(cast.administrator)
    with django_assert_num_queries(2):
        people = list(people_managed_by(cast.administrator))
        shown = {
            person.email.split("@")[0]: (person.has_mfa, [row.unit.name for row in person.roles_here])
            for person in people
        }
    assert shown["head"] == (False, ["De Regenboog"])
    assert shown["administrator"] == (True, ["Bibliotheek Elzen"])
    assert client.get(f"{LIST}?tweede-stap=ja").context["total"] == 1
    assert client.get(f"{LIST}?rol=teacher").context["total"] == 1
    assert client.get(f"{LIST}?zoek=other").context["total"] == 1


def test_a_role_elsewhere_is_not_shown(cast, client_for) -> None:
    RoleAssignment.objects.create(user=user_of(cast.teacher), role="teacher", unit=cast.b1)
    page = client_for(cast.administrator).get(f"{LIST}{cast.teacher.user_id}/")

    assert "Berkencollege" not in page.text
    assert "En één rol bij een andere organisatie." in page.text
    assert "Berkencollege" not in client_for(cast.administrator).get(LIST).text


def test_the_list_can_be_taken_along(cast, client_for) -> None:
    csv = client_for(cast.administrator).get("/beheer/gebruikers.csv")

    text = b"".join(csv.streaming_content).decode() if csv.streaming else csv.text
    assert "leesconsulent (Bibliotheek Elzen)" in text
    assert "Berken" not in text


@pytest.mark.parametrize(
    "path",
    ["", "rol/", "rol/teacher/", "uitzetten/", "aanzetten/", "tweede-stap-wissen/"],
)
def test_somebody_out_of_reach_does_not_exist(cast, client_for, path: str) -> None:
    client = client_for(cast.administrator)
    method = client.post if path in {"uitzetten/", "aanzetten/"} else client.get

    assert method(f"{LIST}{cast.other_library.user_id}/{path}").status_code == 404
    assert method(f"{LIST}999999/{path}").status_code == 404


@pytest.mark.parametrize("name", ["director", "manager", "head"])
def test_who_only_invites_may_look_but_not_manage(cast, client_for, name: str) -> None:
    client, teacher = client_for(getattr(cast, name)), cast.teacher.user_id
    page = client.get(f"{LIST}{teacher}/")

    assert page.status_code == 200
    assert "Geef een rol" not in page.text
    assert "Zet dit account uit" not in page.text
    assert client.post(f"{LIST}{teacher}/uitzetten/").status_code == 403
    assert client.get(f"{LIST}{teacher}/rol/").status_code == 403
    assert client.get(f"/beheer/rollen/{cast.teacher.assignment_id}/beeindigen/").status_code == 403
    assert user_of(cast.teacher).is_active


# Roles


def test_a_role_is_given_and_taken_back(cast) -> None:
    user = user_of(cast.teacher)
    add_role(user=user, role_code="reading-coordinator", unit=cast.a1, by=cast.administrator)
    event = AuditEvent.objects.get(verb="accounts.add_role")

    assert held(user) == {("teacher", cast.a1.pk), ("reading-coordinator", cast.a1.pk)}
    assert event.data == {"role": "reading-coordinator", "user": user.pk}

    undo_event(event_id=event.pk, by=cast.administrator)
    assert held(user) == {("teacher", cast.a1.pk)}


def test_a_role_cannot_be_given_twice_nor_out_of_reach(cast) -> None:
    user = user_of(cast.teacher)
    with pytest.raises(Sentence, match="heeft deze rol al"):
        add_role(user=user, role_code="teacher", unit=cast.a1, by=cast.administrator)
    with pytest.raises(NotAllowed):
        add_role(user=user, role_code="teacher", unit=cast.b1, by=cast.administrator)
    with pytest.raises(NotAllowed):
        add_role(user=user, role_code="teacher", unit=cast.a1, by=cast.head)
    with pytest.raises(Sentence, match="past niet"):
        add_role(user=user, role_code="bestaat-niet", unit=cast.a1, by=cast.administrator)


def test_giving_a_role_from_the_page(cast, client_for) -> None:
    client, user = client_for(cast.administrator), user_of(cast.teacher)
    chooser = client.get(f"{LIST}{user.pk}/rol/")
    assert "Welke rol krijgt Teacher?" in chooser.text
    path = f"{LIST}{user.pk}/rol/reading-coordinator/"
    assert "Teacher wordt" in client.get(path).text

    answer = client.post(path, {"unit": cast.a1.pk, "request_id": "een"})

    assert answer["Location"] == f"{LIST}{user.pk}/"
    assert ("reading-coordinator", cast.a1.pk) in held(user)
    page = client.get(answer["Location"])
    assert "De rol is gegeven." in page.text
    assert "Ongedaan maken" in page.text


def test_an_ended_role_gives_no_rights_at_the_next_request(cast, client_for) -> None:
    client = client_for(cast.head)
    assert client.get(LIST).status_code == 200

    end_role(assignment_id=cast.head.assignment_id, by=cast.administrator)

    answer = client.get(LIST)
    assert answer.status_code == 403
    assert "Je hebt nu geen rol" in answer.text


def test_a_role_that_ends_later_still_counts_on_its_last_day(cast) -> None:
    row = end_role(assignment_id=cast.head.assignment_id, by=cast.administrator, last_on=today())
    assert held(user_of(cast.head)) == {("school-head", cast.a1.pk)}
    assert row.ends_on == today()


def test_ending_can_be_undone_and_gives_the_earlier_end_back(cast) -> None:
    later = today() + timedelta(days=30)
    end_role(assignment_id=cast.head.assignment_id, by=cast.administrator, last_on=later)
    end_role(assignment_id=cast.head.assignment_id, by=cast.administrator)
    event = AuditEvent.objects.filter(verb="accounts.end_role").latest("pk")

    undo_event(event_id=event.pk, by=cast.administrator)

    assert RoleAssignment.objects.get(pk=cast.head.assignment_id).ends_on == later
    first = AuditEvent.objects.filter(verb="accounts.end_role").earliest("pk")
    undo_event(event_id=first.pk, by=cast.administrator)
    assert RoleAssignment.objects.get(pk=cast.head.assignment_id).ends_on is None


def test_ending_does_not_come_undone_when_the_role_was_given_anew(cast) -> None:
    user = user_of(cast.head)
    end_role(assignment_id=cast.head.assignment_id, by=cast.administrator)
    event = AuditEvent.objects.get(verb="accounts.end_role")
    add_role(user=user, role_code="school-head", unit=cast.a1, by=cast.administrator)

    with pytest.raises(Sentence, match="heeft deze rol al"):
        undo_event(event_id=event.pk, by=cast.administrator)


def test_the_last_administrator_stays(cast) -> None:
    with pytest.raises(Sentence, match="laatste beheerder"):
        end_role(assignment_id=cast.administrator.assignment_id, by=cast.administrator)
    second = user_of(cast.manager)
    add_role(user=second, role_code="administrator", unit=cast.library_a, by=cast.administrator)

    end_role(assignment_id=cast.administrator.assignment_id, by=cast.administrator)

    assert held(user_of(cast.administrator)) == set()


@pytest.mark.parametrize("spoil", ["switched_off", "ends"])
def test_a_colleague_who_cannot_act_does_not_count(cast, spoil: str) -> None:
    second = user_of(cast.manager)
    row = add_role(user=second, role_code="administrator", unit=cast.library_a, by=cast.administrator)
    if spoil == "switched_off":
        User.objects.filter(pk=second.pk).update(is_active=False)
    else:
        RoleAssignment.objects.filter(pk=row.pk).update(ends_on=today() + timedelta(days=3))

    with pytest.raises(Sentence, match="laatste beheerder"):
        end_role(assignment_id=cast.administrator.assignment_id, by=cast.administrator)


def test_ending_from_the_page(cast, client_for) -> None:
    client = client_for(cast.administrator)
    path = f"/beheer/rollen/{cast.teacher.assignment_id}/beeindigen/"

    assert "Teacher stopt als" in client.get(path).text
    missing = client.post(path, {"when": "later", "last_on": ""})
    assert "Vul de laatste dag in." in missing.text
    past = client.post(path, {"when": "later", "last_on": "1-1-2020"})
    assert "te vroeg" in past.text
    answer = client.post(path, {"when": "at_once"})
    assert answer["Location"] == f"{LIST}{cast.teacher.user_id}/"
    assert held(user_of(cast.teacher)) == set()
    assert client.get(f"/beheer/rollen/{cast.other_library.assignment_id}/beeindigen/").status_code == 404


# Accounts


def test_a_switched_off_account_is_out_at_the_next_request(cast, client_for) -> None:
    client = client_for(cast.head)

    deactivate_user(user_id=cast.head.user_id, by=cast.administrator)

    assert client.get(LIST)["Location"] == f"/aanmelden/?next={LIST}"
    reactivate_user(user_id=cast.head.user_id, by=cast.administrator)
    assert client.get(LIST)["Location"] == f"/aanmelden/?next={LIST}", (
        "an old session does not come back to life"
    )
    assert client_for(cast.head).get(LIST).status_code == 200


def test_switching_off_can_be_undone(cast) -> None:
    deactivate_user(user_id=cast.head.user_id, by=cast.administrator)
    event = AuditEvent.objects.get(verb="accounts.deactivate_user")

    undo_event(event_id=event.pk, by=cast.administrator)

    assert user_of(cast.head).is_active


def test_nobody_switches_herself_off(cast) -> None:
    with pytest.raises(Sentence, match="eigen account"):
        deactivate_user(user_id=cast.administrator.user_id, by=cast.administrator)


def test_the_last_administrator_is_not_switched_off_either(cast) -> None:
    with pytest.raises(Sentence, match="laatste beheerder"):
        deactivate_user(user_id=cast.administrator.user_id, by=SYSTEM)


@pytest.mark.parametrize("action", [deactivate_user, reset_mfa])
def test_who_works_for_others_too_is_not_ours_alone(cast, action) -> None:
    RoleAssignment.objects.create(user=user_of(cast.teacher), role="teacher", unit=cast.b1)

    with pytest.raises(Sentence, match="ook voor een andere organisatie"):
        action(user_id=cast.teacher.user_id, by=cast.administrator)


@pytest.mark.parametrize("action", [deactivate_user, reactivate_user, reset_mfa])
def test_who_does_not_manage_or_reach_gets_nowhere(cast, action) -> None:
    with pytest.raises(NotAllowed):
        action(user_id=cast.teacher.user_id, by=cast.head)
    with pytest.raises(User.DoesNotExist):
        action(user_id=cast.other_library.user_id, by=cast.administrator)


def test_switching_off_and_on_from_the_page(cast, client_for) -> None:
    client, path = client_for(cast.administrator), f"{LIST}{cast.teacher.user_id}/"

    assert client.post(f"{path}uitzetten/")["Location"] == path
    page = client.get(path)
    assert "Dit account staat uit." in page.text
    assert "Ongedaan maken" in page.text
    assert client.post(f"{path}aanzetten/")["Location"] == path
    assert user_of(cast.teacher).is_active
    assert client.get(f"{path}uitzetten/").status_code == 405
    refused = client.post(f"{LIST}{cast.administrator.user_id}/uitzetten/", follow=True)
    assert "Dit kun je niet met je eigen account doen." in refused.text


def test_the_second_step_is_taken_away_with_a_letter_and_ends_sessions(
    cast, client_for, with_password, telephone_for
) -> None:
    user = with_password(cast.consultant)
    phone = telephone_for(user)
    there = Client()
    there.post("/aanmelden/", {"login": user.email, "password": PASSWORD})
    there.post("/aanmelden/code/", {"code": phone.code()})
    assert there.get("/account/").status_code == 200
    client, path = client_for(cast.administrator), f"{LIST}{user.pk}/tweede-stap-wissen/"
    assert "De tweede stap van Consultant weghalen?" in client.get(path).text

    assert client.post(path)["Location"] == f"{LIST}{user.pk}/"

    assert not Authenticator.objects.filter(user=user).exists()
    assert there.get("/account/").status_code == 302
    letter = Outgoing.objects.get(to=user.email)
    assert "Administrator haalde je app en passkeys weg." in letter.body
    assert AuditEvent.objects.get(verb="accounts.reset_mfa").count == 1


def test_an_account_for_the_shell_and_the_demo(cast) -> None:
    user = create_user(
        email=" Ria@Voorbeeld.example ",
        name="Ria",
        by=SYSTEM,
        roles=[("teacher", cast.a1), ("teacher", cast.a2)],
    )

    assert (user.email, user.has_usable_password()) == ("ria@voorbeeld.example", False)
    assert held(user) == {("teacher", cast.a1.pk), ("teacher", cast.a2.pk)}
    with pytest.raises(Sentence, match="al een account"):
        create_user(email="RIA@voorbeeld.example", name="Ria", by=SYSTEM)


def test_names_are_ones_own(cast) -> None:
    with pytest.raises(NotAllowed):
        rename_user(user=user_of(cast.teacher), name="Iemand", by=cast.administrator)


def test_a_role_started_today_and_ended_at_once_never_counted(cast) -> None:
    row = add_role(
        user=user_of(cast.teacher), role_code="reading-coordinator", unit=cast.a1, by=cast.administrator
    )

    ended = end_role(assignment_id=row.pk, by=cast.administrator)

    assert (ended.starts_on, ended.ends_on) == (today(), today() - timedelta(days=1))
    assert isinstance(ended.ends_on, date)
