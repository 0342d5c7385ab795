"""Who you are at each request: the role, its reach, what it costs, and the own account."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from leesbouw.accounts.middleware import SESSION_KEY
from leesbouw.accounts.models import RoleAssignment, User
from leesbouw.accounts.permissions import roles
from leesbouw.accounts.public import OWN_ACCOUNT, PUBLIC
from leesbouw.accounts.queries import actor_of_assignment
from leesbouw.core.audit import AuditEvent
from leesbouw.core.jobs import RunningJob, enqueue
from leesbouw.core.registry import menu, undo
from leesbouw.organisations.models import Branch

NOTHING = "/rol/1/"  # answers 405 to GET: what it costs is what being somebody costs


@pytest.mark.parametrize(
    ("name", "queries"),
    [("consultant", 4), ("head", 3), ("board", 4), ("municipality", 3), ("nation", 3)],
)
def test_being_somebody_takes_four_queries_at_most(
    cast, client_for, django_assert_num_queries, name: str, queries: int
) -> None:
    client = client_for(getattr(cast, name))
    roles()  # content is read once in five seconds, not per request
    with django_assert_num_queries(queries):
        assert client.get(NOTHING).status_code == 405


def test_a_branch_takes_no_more(cast, client_for, django_assert_num_queries) -> None:
    branch = Branch.objects.create(code="elzen-noord", name="Elzen Noord", library=cast.library_a)
    user = User.objects.create(email="balie@voorbeeld.example", name="Balie")
    row = RoleAssignment.objects.create(user=user, role="front-office", unit=branch)
    actor = actor_of_assignment(row.pk)
    client = client_for(actor)

    assert actor.libraries == frozenset({cast.library_a.pk})
    assert actor.locations == frozenset({cast.a1.pk, cast.k1.pk})
    with django_assert_num_queries(4):
        client.get(NOTHING)


def test_nobody_costs_nothing(db, client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert client.get(NOTHING).status_code == 302


def test_more_roles_cost_no_more(cast, client_for, django_assert_num_queries) -> None:
    user = User.objects.get(pk=cast.consultant.user_id)
    for unit in (cast.a1, cast.a2, cast.b1):
        RoleAssignment.objects.create(user=user, role="teacher", unit=unit)
    client = client_for(cast.consultant)
    with django_assert_num_queries(4):
        client.get(NOTHING)


# Roles


@pytest.fixture
def two_roles(cast, client_for) -> tuple[Client, RoleAssignment]:
    row = RoleAssignment.objects.create(user_id=cast.head.user_id, role="school-head", unit=cast.a2)
    return client_for(cast.head), row


def place(client: Client) -> str:
    roles_shown = client.get("/account/").wsgi_request.roles
    return next(role.unit_name for role in roles_shown if role.current)


def test_switching_roles_is_remembered_and_gives_the_session_a_new_key(two_roles, cast) -> None:
    client, other = two_roles
    before = client.session.session_key
    assert place(client) == "De Regenboog"

    answer = client.post(f"/rol/{other.pk}/")

    assert answer["Location"] == "/vandaag/"
    assert client.session.session_key != before
    assert place(client) == "'t Anker"
    assert User.objects.get(pk=cast.head.user_id).last_assignment == other
    fresh = Client()
    fresh.force_login(User.objects.get(pk=cast.head.user_id))
    assert place(fresh) == "'t Anker"
    assert AuditEvent.objects.get(verb="accounts.choose_role").unit_id == cast.a2.pk


def test_the_menu_at_the_top_may_send_the_role_along_in_the_form(two_roles) -> None:
    client, other = two_roles

    assert client.post("/rol/", {"role": other.pk})["Location"] == "/vandaag/"
    assert place(client) == "'t Anker"
    assert client.post("/rol/", {"role": "x"}).status_code == 404


def test_somebody_elses_role_cannot_be_taken(two_roles, cast) -> None:
    client, _ = two_roles

    assert client.post(f"/rol/{cast.administrator.assignment_id}/").status_code == 404
    assert client.get(f"/rol/{cast.head.assignment_id}/").status_code == 405
    assert place(client) == "De Regenboog"


def test_a_role_in_the_session_that_is_not_hers_counts_for_nothing(cast, client_for) -> None:
    client = client_for(cast.head)
    session = client.session
    session[SESSION_KEY] = cast.administrator.assignment_id
    session.save()

    assert place(client) == "De Regenboog"


def test_an_ended_role_is_no_choice(two_roles) -> None:
    client, other = two_roles
    RoleAssignment.objects.filter(pk=other.pk).update(ends_on="2020-12-31")

    assert client.post(f"/rol/{other.pk}/").status_code == 404


def test_who_has_no_role_today_reads_so_and_keeps_her_own_account(cast, client_for) -> None:
    client = client_for(cast.head)
    RoleAssignment.objects.filter(pk=cast.head.assignment_id).update(ends_on="2020-12-31")

    for path in ("/beheer/gebruikers/", "/galerij/"):
        page = client.get(path)
        assert page.status_code == 403
        assert "Je hebt nu geen rol" in page.text
    assert client.get("/account/").status_code == 200
    assert client.get("/privacy/").status_code == 200
    assert client.post("/afmelden/").status_code == 302


def test_a_role_that_content_does_not_know_is_no_role(cast, client_for) -> None:
    client = client_for(cast.head)
    RoleAssignment.objects.filter(pk=cast.head.assignment_id).update(role="verdwenen")

    assert client.get("/beheer/gebruikers/").status_code == 403


# The own account


def test_the_own_name_and_history(cast, client_for) -> None:
    client = client_for(cast.head)
    page = client.get("/account/")
    assert "head@voorbeeld.example" in page.text
    assert "Schooldirecteur" in page.text

    answer = client.post("/account/", {"name": "Hans  Veenstra", "request_id": "een"})

    assert answer["Location"] == "/account/"
    assert User.objects.get(pk=cast.head.user_id).name == "Hans Veenstra"
    assert client.post("/account/", {"name": ""}).status_code == 200


def test_the_history_shows_sign_ins_and_wrong_passwords(cast, with_password) -> None:
    user = with_password(cast.head)
    client = Client()
    client.post("/aanmelden/", {"login": user.email, "password": "verkeerd"})
    client.post("/aanmelden/", {"login": user.email, "password": "een fiets in het riet"})

    page = client.get("/account/")

    assert [event.verb for event in page.context["history"]] == ["accounts.sign_in", "accounts.fail_sign_in"]
    assert "verkeerd wachtwoord" in page.text


def test_the_language_is_kept_in_a_cookie(cast, client_for, client) -> None:
    answer = client.post("/taal/", {"language": "en", "next": "/privacy/"})
    assert answer["Location"] == "/privacy/"
    assert "Welcome back" in client.get("/aanmelden/").text
    assert "In het Nederlands" in client.get("/aanmelden/").text
    client.post("/taal/", {"language": "nl"})
    assert "Welkom terug" in client.get("/aanmelden/").text

    assert client.post("/taal/", {"language": "xx", "next": "https://kwaad.example/"})["Location"] == "/"
    assert "Welkom terug" in client.get("/aanmelden/").text
    assert client.get("/taal/").status_code == 405

    signed_in = client_for(cast.head)
    signed_in.post("/taal/", {"language": "en"})
    assert User.objects.get(pk=cast.head.user_id).language == "en"


# What this app gives


def test_a_job_works_for_who_asked_for_it_as_she_is_now(cast) -> None:
    row = enqueue("core.backup", by=cast.consultant)
    actor = RunningJob(row).actor

    assert (actor, actor.name) == (cast.consultant, "Consultant")
    RoleAssignment.objects.filter(pk=cast.consultant.assignment_id).update(ends_on="2020-12-31")
    with pytest.raises(LookupError):
        _ = RunningJob(row).actor


def test_what_is_registered() -> None:
    assert "users" in menu
    for code in ("end_role", "reopen_role", "revoke_invitation", "revoke_task_link", "deactivate_user"):
        assert f"accounts.{code}" in undo


def every_name(resolver: URLResolver, space: str = "") -> set[str]:
    found = set()
    for item in resolver.url_patterns:
        if isinstance(item, URLResolver):
            inner = f"{space}{item.namespace}:" if item.namespace else space
            found |= every_name(item, inner)
        elif isinstance(item, URLPattern) and item.name:
            found.add(f"{space}{item.name}")
    return found


def test_the_lists_of_public_pages_name_only_pages_that_are_there() -> None:
    assert PUBLIC - every_name(get_resolver()) == set()
    assert OWN_ACCOUNT - every_name(get_resolver()) == set()
    assert set() == PUBLIC & OWN_ACCOUNT
