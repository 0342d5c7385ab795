"""One click signs in: in a demo, on this machine, and nowhere else."""

from __future__ import annotations

import pytest

from leesbouw.accounts.models import RoleAssignment, User
from leesbouw.core.audit import AuditEvent


def path(actor) -> str:
    return f"/demo/{actor.assignment_id}/"


def test_the_first_page_of_a_demo_lists_everybody_once_per_role(cast, demo, client) -> None:
    RoleAssignment.objects.create(
        user=User.objects.create(email="x@x.nl", name="Nog Een"), role="teacher", unit=cast.a2
    )
    page = client.get("/")

    assert page.status_code == 200
    groups = {str(group.label): [person.role for person in group.people] for group in page.context["groups"]}
    assert list(groups) == [
        "De bibliotheek",
        "De school",
        "Kinderopvang",
        "Het bestuur",
        "De gemeente",
        "Provincie en land",
    ]
    assert groups["De school"] == ["schooldirecteur", "leerkracht"]
    assert groups["Kinderopvang"] == ["manager kinderopvang"] or len(groups["Kinderopvang"]) == 1
    assert path(cast.administrator) in page.text
    assert "Nog Een" not in page.text


def test_one_click_signs_in_under_a_fresh_session(cast, demo, client) -> None:
    answer = client.post(path(cast.administrator))

    assert answer["Location"] == "/vandaag/"
    assert client.get("/beheer/gebruikers/").status_code == 200
    assert AuditEvent.objects.get(verb="accounts.sign_in").data == {"how": ["demo"]}
    first = client.session.session_key

    client.post(path(cast.head))
    assert client.session["_auth_user_id"] == str(cast.head.user_id)
    assert client.session.session_key != first
    assert client.get("/")["Location"] == "/vandaag/"


def test_opening_the_address_does_nothing(cast, demo, client) -> None:
    assert client.get(path(cast.head)).status_code == 405
    assert "_auth_user_id" not in client.session


def test_outside_a_demo_it_does_not_exist(cast, client, settings) -> None:
    settings.DEMO_ANYWHERE = True

    assert client.post(path(cast.administrator)).status_code == 404
    assert client.get(path(cast.administrator)).status_code == 404
    assert client.get("/")["Location"] == "/aanmelden/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("origin", "there"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, True),
        ({"REMOTE_ADDR": "::1"}, True),
        ({"REMOTE_ADDR": "192.168.1.7"}, False),
        ({"REMOTE_ADDR": ""}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=203.0.113.9"}, False),
    ],
)
def test_it_is_for_this_machine_unless_opened(cast, demo, client, settings, origin, there) -> None:
    assert client.post(path(cast.head), **origin).status_code == (302 if there else 404)
    client.logout()
    assert client.get("/", **origin).status_code == (200 if there else 302)

    settings.DEMO_ANYWHERE = True
    assert client.post(path(cast.head), **origin).status_code == 302


def test_nobody_is_signed_in_as_who_is_switched_off_or_has_left(cast, demo, client) -> None:
    User.objects.filter(pk=cast.head.user_id).update(is_active=False)
    RoleAssignment.objects.filter(pk=cast.teacher.assignment_id).update(ends_on="2020-12-31")

    assert client.post(path(cast.head)).status_code == 404
    assert client.post(path(cast.teacher)).status_code == 404
    assert client.post("/demo/999999/").status_code == 404
