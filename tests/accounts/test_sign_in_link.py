"""Sign-in links: asked for by the user, half an hour, once, and only by pressing the button."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from leesbouw.accounts.models import SignInLink, User
from leesbouw.accounts.setup import sign_in_link
from leesbouw.core.audit import AuditEvent
from leesbouw.core.mail import Outgoing
from leesbouw.core.time import now
from tests.factories.forgetting import forgotten

from .conftest import newest_link


def ask(client: Client, email: str):
    return client.post("/aanmelden/link/", {"email": email})


@pytest.fixture
def head(cast) -> User:
    return User.objects.get(pk=cast.head.user_id)


def test_a_link_signs_in_when_its_button_is_pressed(head, client) -> None:
    assert ask(client, head.email)["Location"] == "/aanmelden/link/verstuurd/"
    link = newest_link(head.email)

    page = client.get(link)
    assert "Welkom, Head" in page.text
    assert "_auth_user_id" not in client.session, "opening alone does nothing: mail scanners open links"

    assert client.post(link)["Location"] == "/"
    assert client.session["_auth_user_id"] == str(head.pk)
    assert AuditEvent.objects.get(verb="accounts.sign_in").data == {"how": ["link"]}


def test_the_letter_leaves_at_once_and_tells_how_long(head, client) -> None:
    ask(client, head.email)

    letter = Outgoing.objects.get()
    assert letter.subject == "Je link om je aan te melden bij Leesbouw"
    assert "De link werkt één keer, 30 minuten lang." in letter.body
    assert letter.send_after <= now()


def test_the_token_itself_is_nowhere_in_the_database(head, client) -> None:
    ask(client, head.email)
    token = newest_link(head.email).split("/")[-2]

    row = SignInLink.objects.values().get()
    assert token not in str(row)
    assert token not in str(list(AuditEvent.objects.values()))


def test_a_link_works_once(head, client) -> None:
    ask(client, head.email)
    link = newest_link(head.email)
    client.post(link)

    other = Client()
    assert (other.get(link).status_code, other.post(link).status_code) == (410, 410)
    assert "_auth_user_id" not in other.session


def test_using_one_link_ends_the_others(head, client) -> None:
    ask(client, head.email)
    first = newest_link(head.email)
    ask(client, head.email)
    client.post(newest_link(head.email))

    assert Client().post(first).status_code == 410


def test_a_link_is_dead_after_half_an_hour(head, client) -> None:
    ask(client, head.email)
    link = newest_link(head.email)

    with time_machine.travel(now() + timedelta(minutes=29), tick=False):
        assert client.get(link).status_code == 200
    with time_machine.travel(now() + timedelta(minutes=31), tick=False):
        assert client.get(link).status_code == 410
        assert client.post(link).status_code == 410


def test_an_invented_link_gets_the_page_of_a_dead_one(client, db) -> None:
    answer = client.get("/aanmelden/link/verzonnen/")

    assert answer.status_code == 410
    assert "Deze link werkt niet meer." in answer.text


def test_an_unknown_address_gets_the_same_answer_and_no_letter(client, db) -> None:
    assert ask(client, "niemand@voorbeeld.example")["Location"] == "/aanmelden/link/verstuurd/"
    assert not Outgoing.objects.exists()


def test_a_switched_off_account_gets_no_link_and_an_earlier_one_stops(head, client) -> None:
    ask(client, head.email)
    link = newest_link(head.email)
    User.objects.filter(pk=head.pk).update(is_active=False)

    assert client.post(link).status_code == 410
    ask(client, head.email)
    assert Outgoing.objects.count() == 1


def test_who_has_a_second_step_is_asked_for_it_after_the_link_too(head, client, telephone_for) -> None:
    phone = telephone_for(head)
    ask(client, head.email)

    assert client.post(newest_link(head.email))["Location"] == "/aanmelden/code/"
    assert "_auth_user_id" not in client.session
    assert client.post("/aanmelden/code/", {"code": phone.code()})["Location"] == "/"
    assert AuditEvent.objects.get(verb="accounts.sign_in").data == {"how": ["link", "totp"]}


def test_a_link_signs_whoever_was_here_out_first(head, cast, client, client_for) -> None:
    ask(client, head.email)
    other = client_for(cast.teacher)
    before = other.session.session_key

    other.post(newest_link(head.email))

    assert other.session["_auth_user_id"] == str(head.pk)
    assert other.session.session_key != before


def test_after_five_letters_an_hour_there_come_no_more(head, client) -> None:
    codes = [ask(client, head.email).status_code for _ in range(6)]

    assert codes == [302, 302, 302, 302, 302, 429]
    assert Outgoing.objects.count() == 5


def test_the_shell_can_make_a_link_for_who_is_locked_out(head, client) -> None:
    link = sign_in_link(head.email.upper())

    assert client.post(link.removeprefix("http://localhost:8000"))["Location"] == "/"
    assert sign_in_link("niemand@voorbeeld.example") is None


def test_old_links_are_forgotten(head, client) -> None:
    ask(client, head.email)
    assert forgotten("sign-in-link", days=1) == 0

    with time_machine.travel(now() + timedelta(days=3), tick=False):
        assert forgotten("sign-in-link", days=1) == 1
