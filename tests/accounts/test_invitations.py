"""Invitations: who may invite whom, and how an account begins."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from leesbouw.accounts.actions import (
    accept_invitation,
    invite,
    resend_invitation,
    revoke_invitation,
)
from leesbouw.accounts.models import Invitation, RoleAssignment, User
from leesbouw.core.access import Actor, NotAllowed
from leesbouw.core.audit import AuditEvent, undo_event
from leesbouw.core.errors import Sentence
from leesbouw.core.mail import Outgoing
from leesbouw.core.time import now
from tests.factories.forgetting import forgotten

from .conftest import PASSWORD, newest_link

NEW = "nieuw@voorbeeld.example"
LINK = Actor(kind="link", role="invitation")


def send(cast, *, role="reading-consultant", unit=None, by=None, email=NEW, name="Noor Bos") -> Invitation:
    return invite(
        email=email, name=name, role_code=role, unit=unit or cast.library_a, by=by or cast.administrator
    )


# Who may


@pytest.mark.parametrize(
    ("by", "role", "unit"),
    [
        ("administrator", "administrator", "library_a"),
        ("administrator", "director", "library_a"),
        ("administrator", "school-head", "a1"),
        ("administrator", "school-head", "a2"),  # in the area, no partnership yet
        ("administrator", "childcare-manager", "k1"),
        ("administrator", "board-director", "board_x"),
        ("administrator", "official-education", "elzen"),
        ("director", "education-manager", "library_a"),
        ("manager", "reading-consultant", "library_a"),
        ("manager", "school-head", "a1"),
        ("head", "teacher", "a1"),
        ("head", "school-head", "a1"),
        ("childcare_manager", "childcare-worker", "k1"),
    ],
)
def test_who_may_invite_whom(cast, by: str, role: str, unit: str) -> None:
    made = send(cast, by=getattr(cast, by), role=role, unit=getattr(cast, unit))

    assert (made.role, made.unit_id) == (role, getattr(cast, unit).pk)


@pytest.mark.parametrize(
    ("by", "role", "unit"),
    [
        ("administrator", "administrator", "library_b"),  # another library
        ("administrator", "school-head", "b1"),
        ("administrator", "official-education", "berken"),
        ("administrator", "poi-adviser", "province"),  # nobody of a province
        ("administrator", "national-researcher", "nation_unit"),
        ("director", "administrator", "library_a"),  # only an administrator makes one
        ("manager", "director", "library_a"),  # not above oneself
        ("manager", "administrator", "library_a"),
        ("head", "teacher", "a2"),  # another school
        ("head", "reading-consultant", "library_a"),
        ("other_head", "teacher", "a1"),
        ("outsider", "teacher", "a1"),
        ("consultant", "teacher", "a1"),  # may not invite at all
        ("teacher", "teacher", "a1"),
        ("board", "school-head", "a1"),
        ("municipality", "official-education", "elzen"),
    ],
)
def test_who_may_not(cast, by: str, role: str, unit: str) -> None:
    with pytest.raises(NotAllowed):
        send(cast, by=getattr(cast, by), role=role, unit=getattr(cast, unit))

    assert not Invitation.objects.exists()
    assert not Outgoing.objects.exists()


@pytest.mark.parametrize(
    ("role", "unit"), [("school-head", "library_a"), ("reading-consultant", "a1"), ("school-head", "k1")]
)
def test_a_role_must_suit_the_place(cast, role: str, unit: str) -> None:
    with pytest.raises(Sentence, match="past niet"):
        send(cast, role=role, unit=getattr(cast, unit))


def test_nobody_is_invited_twice_for_the_same(cast) -> None:
    send(cast)
    with pytest.raises(Sentence, match="al voor deze rol uitgenodigd"):
        send(cast, email="NIEUW@voorbeeld.example")
    send(cast, role="media-consultant")

    with pytest.raises(Sentence, match="heeft deze rol al"):
        send(cast, email="consultant@voorbeeld.example")


# The letter


def test_the_letter_names_who_invites_and_waits_so_that_it_can_be_undone(cast) -> None:
    made = send(cast)

    letter = Outgoing.objects.get()
    assert (letter.to, letter.subject) == (NEW, "Uitnodiging voor Leesbouw van Bibliotheek Elzen")
    assert "Dag Noor Bos," in letter.body
    assert "Administrator nodigt je uit om in Leesbouw te werken als leesconsulent" in letter.body
    assert letter.send_after > now()
    event = AuditEvent.objects.get(verb="accounts.invite")
    assert (event.data, event.subject_id) == ({"role": "reading-consultant"}, made.pk)

    undo_event(event_id=event.pk, by=cast.administrator)

    assert Outgoing.objects.get().taken_back_at
    assert Client().get(newest_link(NEW)).status_code == 410


def test_signs_in_a_name_stay_signs(cast) -> None:
    send(cast, name="O'Neill & zn <b>")

    assert "Dag O'Neill & zn <b>," in Outgoing.objects.get().body


# Accepting


def test_a_new_account_begins_with_a_name_and_a_password(cast, client) -> None:
    send(cast)
    link = newest_link(NEW)

    page = client.get(link)
    assert "Welkom bij Bibliotheek Elzen" in page.text
    assert 'value="Noor Bos"' in page.text
    assert not User.objects.filter(email=NEW).exists(), "opening alone does nothing"

    answer = client.post(link, {"name": "Noor  Bos-Vos", "password": PASSWORD})

    user = User.objects.get(email=NEW)
    assert (user.name, user.check_password(PASSWORD)) == ("Noor Bos-Vos", True)
    role = RoleAssignment.objects.get(user=user)
    assert (role.role, role.unit_id) == ("reading-consultant", cast.library_a.pk)
    assert answer["Location"] == "/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.get("/beheer/gebruikers/")["Location"] == "/account/beveiliging/instellen/"
    assert Invitation.objects.get().user == user


def test_an_invitation_works_once(cast, client) -> None:
    send(cast)
    link = newest_link(NEW)
    client.post(link, {"name": "Noor", "password": PASSWORD})

    other = Client()
    assert other.get(link).status_code == 410
    assert other.post(link, {"name": "Dief", "password": PASSWORD}).status_code == 410
    assert User.objects.get(email=NEW).name == "Noor"


@pytest.mark.parametrize(
    ("name", "password", "sentence"),
    [
        ("", PASSWORD, "verplicht"),
        ("Noor", "kort", "te kort"),
        ("Noor", "password1234", "makkelijk te raden"),
        ("Noor", "nieuw@voorbeeld.example", "lijkt te veel"),
    ],
)
def test_a_poor_answer_is_refused_and_nothing_is_made(cast, client, name, password, sentence) -> None:
    send(cast)
    answer = client.post(newest_link(NEW), {"name": name, "password": password})

    assert answer.status_code == 200
    assert sentence in answer.text
    assert not User.objects.filter(email=NEW).exists()


def test_it_expires_after_two_weeks(cast, client) -> None:
    send(cast)
    link = newest_link(NEW)

    with time_machine.travel(now() + timedelta(days=13, hours=23), tick=False):
        assert client.get(link).status_code == 200
    with time_machine.travel(now() + timedelta(days=14, minutes=1), tick=False):
        assert client.get(link).status_code == 410
        assert client.post(link, {"name": "Noor", "password": PASSWORD}).status_code == 410


def test_it_can_be_withdrawn_and_sent_again(cast, client) -> None:
    made = send(cast)
    first = newest_link(NEW)

    resend_invitation(invitation_id=made.pk, by=cast.administrator)
    second = newest_link(NEW)
    assert (client.get(first).status_code, client.get(second).status_code) == (410, 200)

    revoke_invitation(invitation_id=made.pk, by=cast.administrator)
    assert client.get(second).status_code == 410
    with pytest.raises(Sentence):
        resend_invitation(invitation_id=made.pk, by=cast.administrator)


def test_an_expired_one_can_be_sent_again(cast, client) -> None:
    made = send(cast)
    Invitation.objects.update(expires_at=now() - timedelta(days=1))

    resend_invitation(invitation_id=made.pk, by=cast.administrator)

    assert client.get(newest_link(NEW)).status_code == 200


@pytest.mark.parametrize("name", ["other_library", "outsider", "head"])
def test_others_do_not_reach_an_invitation(cast, client_for, name: str) -> None:
    made = send(cast)
    actor = getattr(cast, name)

    for action in (resend_invitation, revoke_invitation):
        with pytest.raises(Invitation.DoesNotExist):
            action(invitation_id=made.pk, by=actor)
    assert client_for(actor).post(f"/beheer/uitnodigingen/{made.pk}/intrekken/").status_code == 404
    assert client_for(actor).post(f"/beheer/uitnodigingen/{made.pk}/opnieuw/").status_code == 404


def test_who_has_an_account_signs_in_first_and_gets_the_role_beside_her_own(
    cast, client, with_password
) -> None:
    user = with_password(cast.head)
    send(cast, email=user.email, role="reading-coordinator", unit=cast.a1)
    link = newest_link(user.email)

    page = client.get(link)
    assert "Je hebt al een account" in page.text
    assert f'href="/aanmelden/?next={link}"' in page.text
    client.post(link, {"name": "Dief", "password": "een ander wachtwoord"})
    assert RoleAssignment.objects.filter(user=user).count() == 1
    user.refresh_from_db()
    assert user.check_password(PASSWORD), "an invitation never changes somebody's password"

    signed_in = client.post("/aanmelden/", {"login": user.email, "password": PASSWORD, "next": link})
    assert signed_in["Location"] == link
    assert "Neem deze rol aan" in client.get(link).text
    assert client.post(link)["Location"] == "/"
    assert set(RoleAssignment.objects.filter(user=user).values_list("role", flat=True)) == {
        "school-head",
        "reading-coordinator",
    }


def test_somebody_else_who_is_signed_in_cannot_take_it(cast, client_for) -> None:
    send(cast)
    link = newest_link(NEW)
    client = client_for(cast.teacher)

    page = client.get(link)
    assert "Meld je eerst af" in page.text
    client.post(link, {"name": "Dief", "password": PASSWORD})

    assert not User.objects.filter(email=NEW).exists()
    assert RoleAssignment.objects.filter(user=cast.teacher.user_id).count() == 1


def test_a_switched_off_account_does_not_come_back_by_an_invitation(cast) -> None:
    user = User.objects.get(pk=cast.teacher.user_id)
    send(cast, email=user.email, role="reading-coordinator", unit=cast.a1)
    User.objects.filter(pk=user.pk).update(is_active=False)
    token = newest_link(user.email).split("/")[-2]

    with pytest.raises(Sentence, match="staat uit"):
        accept_invitation(token=token, user=user, by=LINK)


def test_the_actions_themselves_refuse_the_wrong_person(cast) -> None:
    send(cast)
    token = newest_link(NEW).split("/")[-2]
    teacher = User.objects.get(pk=cast.teacher.user_id)

    with pytest.raises(Sentence, match="werkt niet meer"):
        accept_invitation(token=token, user=teacher, by=LINK)


def test_old_invitations_are_forgotten(cast) -> None:
    send(cast)

    with time_machine.travel(now() + timedelta(days=43), tick=False):
        assert forgotten("invitation", days=30) == 0
    with time_machine.travel(now() + timedelta(days=46), tick=False):
        assert forgotten("invitation", days=30) == 1


# The pages


def test_the_roles_one_may_give_are_listed_by_place(cast, client_for) -> None:
    page = client_for(cast.administrator).get("/beheer/gebruikers/uitnodigen/")

    assert "/beheer/gebruikers/uitnodigen/school-head/" in page.text
    assert "/beheer/gebruikers/uitnodigen/administrator/" in page.text
    assert "national-researcher" not in page.text
    of_school = client_for(cast.head).get("/beheer/gebruikers/uitnodigen/").text
    assert "uitnodigen/teacher/" in of_school
    assert "uitnodigen/reading-consultant/" not in of_school
    assert "uitnodigen/childcare-worker/" not in of_school


def test_inviting_for_one_school_shows_its_roles_only(cast, client_for) -> None:
    client = client_for(cast.administrator)
    page = client.get(f"/beheer/gebruikers/uitnodigen/?eenheid={cast.a1.pk}")

    assert "Wie nodig je uit voor De Regenboog?" in page.text
    assert f"/beheer/gebruikers/uitnodigen/school-head/?eenheid={cast.a1.pk}" in page.text
    assert "uitnodigen/administrator/" not in page.text
    assert client.get(f"/beheer/gebruikers/uitnodigen/?eenheid={cast.b1.pk}").status_code == 404
    assert client.get("/beheer/gebruikers/uitnodigen/?eenheid=x").status_code == 404


def test_without_a_mail_server_nobody_is_told_that_the_letter_left(cast, client_for, settings) -> None:
    client = client_for(cast.administrator)
    path = f"/beheer/gebruikers/uitnodigen/teacher/?eenheid={cast.a1.pk}"
    assert "geen mailserver" not in client.get(path).text

    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "geen mailserver" in client.get(path).text
    data = {"name": "Noor Bos", "email": NEW, "unit": cast.a1.pk, "eenheid": cast.a1.pk, "request_id": "one"}
    assert "maar niet gemaild" in client.post(path, data, follow=True).text


def test_the_form_sends_once_even_when_sent_twice(cast, client_for) -> None:
    client = client_for(cast.administrator)
    path = f"/beheer/gebruikers/uitnodigen/teacher/?eenheid={cast.a1.pk}"
    data = {"name": "Noor", "email": NEW, "unit": cast.a1.pk, "request_id": "een"}

    assert "De Regenboog" in client.get(path).text
    first, second = client.post(path, data), client.post(path, data)

    assert first["Location"] == second["Location"]
    assert Invitation.objects.count() == 1
    assert Outgoing.objects.count() == 1
    shown = client.get("/beheer/gebruikers/").text
    assert "Eén uitnodiging wacht op antwoord" in shown
    assert NEW in shown


def test_a_unit_out_of_reach_is_no_choice(cast, client_for) -> None:
    client = client_for(cast.administrator)
    data = {"name": "Noor", "email": NEW, "unit": cast.b1.pk}

    assert client.post("/beheer/gebruikers/uitnodigen/teacher/", data).status_code == 200
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", ["administrator", "director", "bestaat-niet"])
def test_a_role_one_may_not_give_has_no_page(cast, client_for, role: str) -> None:
    assert client_for(cast.manager).get(f"/beheer/gebruikers/uitnodigen/{role}/").status_code == 404


def test_who_may_not_invite_is_told_so(cast, client_for) -> None:
    assert client_for(cast.consultant).get("/beheer/gebruikers/uitnodigen/").status_code == 403
    assert client_for(cast.teacher).get("/beheer/gebruikers/").status_code == 403


def test_sending_again_and_withdrawing_from_the_page(cast, client_for) -> None:
    made = send(cast)
    client = client_for(cast.administrator)

    assert client.post(f"/beheer/uitnodigingen/{made.pk}/opnieuw/")["Location"] == "/beheer/gebruikers/"
    assert Outgoing.objects.filter(to=NEW).count() == 2
    assert client.post(f"/beheer/uitnodigingen/{made.pk}/intrekken/")["Location"] == "/beheer/gebruikers/"
    assert "Eén uitnodiging" not in client.get("/beheer/gebruikers/").text
