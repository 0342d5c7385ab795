"""Signing in with a password: who gets in, who does not, and where one ends up."""

from __future__ import annotations

import re

import pytest
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from leesbouw.accounts.models import User
from leesbouw.core.audit import AuditEvent
from leesbouw.core.mail import Outgoing

PASSWORD = "een fiets in het riet"
SIGN_IN = "/aanmelden/"


@pytest.fixture
def head(cast) -> User:
    """A school head: a role that asks for no second step."""
    user = User.objects.get(pk=cast.head.user_id)
    user.set_password(PASSWORD)
    user.save()
    return user


def send(client: Client, email: str, password: str = PASSWORD, **more: str):
    return client.post(SIGN_IN, {"login": email, "password": password, **more})


def test_the_right_password_leads_to_the_first_page(head, client) -> None:
    answer = send(client, head.email)

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/")["Location"] == "/vandaag/"


def test_the_address_may_be_typed_in_capitals(head, client) -> None:
    assert send(client, head.email.upper()).status_code == 302


def test_a_wrong_password_says_so_and_keeps_the_address(head, client) -> None:
    answer = send(client, head.email, "iets anders")

    assert answer.status_code == 200
    assert "Dit e-mailadres en dit wachtwoord horen niet bij elkaar." in answer.text
    assert head.email in answer.text
    assert "iets anders" not in answer.text


def test_an_unknown_address_gets_the_same_answer(head, client) -> None:
    token = re.compile(r'(name="csrfmiddlewaretoken" value|"X-CSRFToken"). ?"\w+"')

    def seen(email: str) -> str:
        return token.sub("", send(client, email, "verkeerd").text.replace(email, ""))

    assert seen(head.email) == seen("niemand@voorbeeld.example")


@pytest.mark.parametrize("known", [True, False])
def test_the_sixth_wrong_password_is_refused(head, client, known: bool) -> None:
    email = head.email if known else "niemand@voorbeeld.example"
    codes = [send(client, email, "verkeerd").status_code for _ in range(6)]

    assert codes == [200, 200, 200, 200, 200, 429]
    refused = send(client, email)
    assert refused.status_code == 429
    assert "Dat ging te vaak mis" in refused.text
    assert "_auth_user_id" not in client.session


def test_the_limit_counts_over_all_visitors_because_it_is_kept_in_the_database(head) -> None:
    assert isinstance(caches["default"], DatabaseCache)
    for _ in range(5):
        send(Client(), head.email, "verkeerd")

    assert send(Client(), head.email).status_code == 429


@pytest.mark.parametrize(
    ("wish", "goes_to"),
    [
        ("/scholen/?soort=po", "/scholen/?soort=po"),
        ("https://kwaad.example/", "/"),
        ("//kwaad.example/", "/"),
        ("http://localhost:9999/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\kwaad.example", "/"),
    ],
)
def test_next_leads_only_to_places_of_ours(head, client, wish: str, goes_to: str) -> None:
    assert send(client, head.email, next=wish)["Location"] == goes_to


def test_who_is_not_signed_in_is_sent_to_the_door_and_back(head, client) -> None:
    answer = client.get("/beheer/gebruikers/?zoek=a")

    assert answer["Location"] == "/aanmelden/?next=/beheer/gebruikers/%3Fzoek%3Da"
    assert client.post("/rol/1/")["Location"] == "/aanmelden/"
    fragment = client.get("/beheer/gebruikers/", headers={"HX-Request": "true"})
    assert fragment["HX-Redirect"] == "/aanmelden/"


def test_signing_in_gives_the_session_a_new_key(head, client) -> None:
    client.get(SIGN_IN)
    session = client.session
    session["planted"] = "x"
    session.save()
    before = session.session_key
    client.cookies["leesbouw"] = before

    send(client, head.email)

    assert client.session.session_key != before


def test_signing_in_and_failing_to_are_written_down_without_the_address(head, client) -> None:
    send(client, head.email, "verkeerd")
    send(client, "niemand@voorbeeld.example", "verkeerd")
    send(client, head.email)

    events = AuditEvent.objects.filter(verb__contains="sign_in").order_by("pk")
    assert [(e.verb, e.by_kind, e.subject_id, e.data) for e in events] == [
        ("accounts.fail_sign_in", "system", head.pk, {}),
        ("accounts.fail_sign_in", "system", None, {}),
        ("accounts.sign_in", "user", head.pk, {"how": ["password"]}),
    ]


def test_a_switched_off_account_is_told_so_only_with_the_right_password(head, client) -> None:
    User.objects.filter(pk=head.pk).update(is_active=False)

    assert send(client, head.email)["Location"] == "/aanmelden/uitgezet/"
    assert "Je account staat uit" in client.get("/aanmelden/uitgezet/").text
    assert send(client, head.email, "verkeerd").status_code == 200


def test_signing_out_asks_for_a_press_of_the_button(head, client) -> None:
    send(client, head.email)

    assert client.get("/afmelden/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/afmelden/")["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_nobody_can_make_an_account_by_herself() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_a_forgotten_password_is_set_anew_by_mail(head, client) -> None:
    answer = client.post("/wachtwoord/vergeten/", {"email": head.email})
    assert answer["Location"] == "/wachtwoord/vergeten/verstuurd/"

    letter = Outgoing.objects.get()
    assert (letter.to, letter.subject) == (head.email, "Kies een nieuw wachtwoord voor Leesbouw")
    link = next(line for line in letter.body.splitlines() if "/wachtwoord/vergeten/" in line)
    form = client.get(link.replace("http://localhost:8000", ""), follow=True)
    new = "zeven sloten diep"
    done = client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert done["Location"] == "/wachtwoord/vergeten/klaar/"

    assert send(Client(), head.email).status_code == 200
    assert send(Client(), head.email, new).status_code == 302
    assert "werkt niet meer" in client.get(link.replace("http://localhost:8000", ""), follow=True).text


def test_a_forgotten_password_of_nobody_gets_the_same_page_and_no_letter(client, db) -> None:
    answer = client.post("/wachtwoord/vergeten/", {"email": "niemand@voorbeeld.example"})

    assert answer["Location"] == "/wachtwoord/vergeten/verstuurd/"
    assert not Outgoing.objects.exists()
