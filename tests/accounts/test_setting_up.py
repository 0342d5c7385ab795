"""An empty installation: a link from the shell makes the library; nobody becomes administrator by being first."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from leesbouw.accounts.models import RoleAssignment, User
from leesbouw.accounts.setup import setup_link
from leesbouw.core.audit import AuditEvent
from leesbouw.core.time import now
from leesbouw.organisations.models import Library

from .conftest import PASSWORD

ANSWERS = {
    "library_name": "Bibliotheek Elzenbroek",
    "code": "NL-9990000000",
    "name": "Ria Postma",
    "email": "Ria@Elzenbroek.example",
    "password": PASSWORD,
    "again": PASSWORD,
}


def fresh_link() -> str:
    return setup_link().removeprefix("http://localhost:8000")


def test_the_link_makes_the_library_and_its_administrator(db, client) -> None:
    link = fresh_link()
    assert "Hier begint jouw Leesbouw" in client.get(link).text
    assert not Library.objects.exists()

    answer = client.post(link, ANSWERS)

    library, user = Library.objects.get(), User.objects.get()
    assert (library.name, library.code) == ("Bibliotheek Elzenbroek", "NL-9990000000")
    assert (user.name, user.email) == ("Ria Postma", "ria@elzenbroek.example")
    role = RoleAssignment.objects.get()
    assert (role.role, role.unit_id, role.user_id) == ("administrator", library.pk, user.pk)
    assert answer["Location"] == "/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.get("/beheer/gebruikers/")["Location"] == "/account/beveiliging/instellen/"
    event = AuditEvent.objects.get(verb="accounts.set_up")
    assert (event.by_kind, event.unit_id) == ("link", library.pk)


def test_the_link_dies_after_use_and_none_is_made_again(db, client) -> None:
    link = fresh_link()
    client.post(link, ANSWERS)

    other = Client()
    assert other.get(link).status_code == 410
    assert other.post(link, {**ANSWERS, "email": "dief@voorbeeld.example"}).status_code == 410
    assert User.objects.count() == 1
    assert setup_link() is None


def test_printing_it_again_revokes_the_earlier_one(db, client) -> None:
    first, second = fresh_link(), fresh_link()

    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200


def test_it_lives_a_day(db, client) -> None:
    link = fresh_link()

    with time_machine.travel(now() + timedelta(hours=23), tick=False):
        assert client.get(link).status_code == 200
    with time_machine.travel(now() + timedelta(hours=25), tick=False):
        assert client.post(link, ANSWERS).status_code == 410
    assert not User.objects.exists()


def test_it_dies_when_somebody_gets_an_account_another_way(db, client) -> None:
    link = fresh_link()
    User.objects.create(email="x@voorbeeld.example", name="X")

    assert client.get(link).status_code == 410


def test_a_demo_has_none(demo) -> None:
    assert setup_link() is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"library_name": " "}, "verplicht"),
        ({"again": "iets heel anders"}, "Deze twee wachtwoorden zijn niet gelijk."),
        ({"password": "kort", "again": "kort"}, "te kort"),
        ({"email": "geen adres"}, "e-mailadres"),
    ],
)
def test_a_poor_answer_makes_nothing_and_leaves_the_link(db, client, change, sentence) -> None:
    link = fresh_link()
    answer = client.post(link, {**ANSWERS, **change})

    assert answer.status_code == 200
    assert sentence in answer.text
    assert not Library.objects.exists()
    assert client.post(link, ANSWERS).status_code == 302


def test_an_invitation_is_no_set_up_link_and_the_other_way_round(cast, client) -> None:
    from leesbouw.accounts.actions import invite
    from leesbouw.accounts.models import Invitation

    from .conftest import newest_link

    invite(
        email="n@voorbeeld.example",
        name="N",
        role_code="teacher",
        unit=cast.a1,
        by=cast.administrator,
    )
    token = newest_link("n@voorbeeld.example").split("/")[-2]

    assert client.get(f"/inrichten/{token}/").status_code == 410
    assert Invitation.objects.filter(unit=None).count() == 0


def test_before_it_is_set_up_the_first_page_says_what_to_do(db, client) -> None:
    link = fresh_link()
    page = client.get("/")

    assert "Deze Leesbouw is nog niet ingericht" in page.text
    assert "leesbouw users --setup-link" in page.text
    assert link not in page.text
