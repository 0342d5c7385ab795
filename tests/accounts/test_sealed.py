"""What the second step rests on cannot be read from the database, nor from a backup."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore as Unsealed
from django.contrib.sessions.models import Session
from django.test import Client

from leesbouw.accounts.migrations import __name__ as migrations
from leesbouw.core import sealing
from leesbouw.core.sessions import SessionStore

from .conftest import PASSWORD, Telephone

CODES = "/account/beveiliging/herstelcodes/"
OTHER_KEY = "a key of another installation, long enough to be one"


@pytest.fixture
def user(cast, with_password):  # type: ignore[no-untyped-def]
    return with_password(cast.consultant)


def enter(user, code: str):  # type: ignore[no-untyped-def]
    client = Client()
    client.post("/aanmelden/", {"login": user.email, "password": PASSWORD})
    return client, client.post("/aanmelden/code/", {"code": code})


def test_a_sealed_text_comes_back_and_looks_like_nothing() -> None:
    sealed = sealing.seal("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DP" not in sealed
    assert sealing.unseal(sealed) == "JBSWY3DPEHPK3PXP"
    assert sealing.seal("JBSWY3DPEHPK3PXP") != sealed


def test_the_database_holds_no_secret_and_the_code_works(user, telephone_for) -> None:
    phone = telephone_for(user)
    codes = RecoveryCodes.activate(user).generate_codes()
    stored = repr(list(Authenticator.objects.values_list("data", flat=True)))
    assert phone.secret not in stored
    assert stored.count(sealing.MARK) == 2
    client, answer = enter(user, phone.code())
    assert answer.status_code == 302
    assert "_auth_user_id" in client.session
    client, answer = enter(user, codes[0])
    assert "_auth_user_id" in client.session


def test_what_was_written_before_is_read_and_sealed_by_the_upgrade(user, telephone_for) -> None:
    phone = telephone_for(user)
    Authenticator.objects.filter(user=user).update(data={"secret": phone.secret})
    assert "_auth_user_id" in enter(user, phone.code())[0].session

    import_module(f"{migrations}.0002_seal_second_steps").seal_all(apps, None)

    row = Authenticator.objects.get(user=user)
    assert phone.secret not in repr(row.data)
    assert sealing.unseal(row.data["secret"]) == phone.secret


def test_with_another_key_one_is_told_what_to_do(user, telephone_for, settings) -> None:
    phone = telephone_for(user)
    settings.SECRET_KEY = OTHER_KEY
    client, answer = enter(user, phone.code())
    assert answer.status_code == 200
    assert "niet meer lezen" in answer.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.fixture
def by_passkey(user, client_for, cast, settings):  # type: ignore[no-untyped-def]
    """Somebody with an app, codes and a passkey, who came in by passkey after a restore with another key."""
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "Laptop"})
    RecoveryCodes.activate(user)
    settings.SECRET_KEY = OTHER_KEY
    client = client_for(cast.consultant)
    client.post("/account/bevestigen/", {"password": PASSWORD})
    return client


@pytest.mark.parametrize("page", [CODES, f"{CODES}bestand/"])
def test_codes_that_nobody_can_read_lead_to_new_ones(by_passkey, page: str) -> None:
    answer = by_passkey.get(page)
    assert answer["Location"] == f"{CODES}nieuw/"
    assert "We kunnen je herstelcodes niet meer lezen" in by_passkey.get(answer["Location"]).text

    assert by_passkey.post(answer["Location"])["Location"] == CODES
    shown = re.findall(r"<li><code>(\d{8})</code></li>", by_passkey.get(CODES).text)
    assert len(shown) == 10
    assert by_passkey.get(f"{CODES}bestand/").text.split() == shown
    assert "niet meer lezen" not in by_passkey.get(f"{CODES}nieuw/").text


def test_new_codes_work_beside_an_app_that_nobody_can_read(user, by_passkey) -> None:
    app = Authenticator.objects.filter(user=user, type="totp")
    assert app.update(data={"secret": f"{sealing.MARK}lost"}) == 1
    by_passkey.post(f"{CODES}nieuw/")
    Authenticator.objects.filter(user=user, type="webauthn").delete()  # the laptop is gone
    codes = RecoveryCodes(Authenticator.objects.get(user=user, type="recovery_codes")).get_unused_codes()

    assert "_auth_user_id" in enter(user, codes[0])[0].session
    client, answer = enter(user, codes[0])
    assert "Deze code klopt niet." in answer.text, "once"
    assert "_auth_user_id" not in client.session


def test_a_new_app_works_beside_codes_that_nobody_can_read(user, telephone_for, by_passkey) -> None:
    Authenticator.objects.filter(user=user, type__in=("totp", "webauthn")).delete()
    phone = telephone_for(user)
    assert "_auth_user_id" in enter(user, phone.code())[0].session


def test_while_an_app_is_being_connected_its_secret_is_not_in_the_session_row(user) -> None:
    client = Client()
    client.post("/aanmelden/", {"login": user.email, "password": PASSWORD})
    page = client.get("/account/beveiliging/app/").text
    secret = re.search(r'<code class="key">(\w+)</code>', page)[1]

    row = Session.objects.get(session_key=client.session.session_key)
    assert row.session_data.startswith(sealing.MARK)
    assert Unsealed().decode(row.session_data) == {}, "Django alone cannot read it"
    assert secret in SessionStore().decode(row.session_data).values()
    assert client.post("/account/beveiliging/app/", {"code": Telephone(secret).code()})["Location"] == CODES


def test_a_session_from_before_the_sealing_goes_on(user) -> None:
    client = Client()
    client.post("/aanmelden/", {"login": user.email, "password": PASSWORD})
    old = Unsealed().encode(dict(client.session))
    Session.objects.filter(session_key=client.session.session_key).update(session_data=old)

    assert client.get("/account/").status_code == 200
    assert SessionStore().decode(old)["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize("spoilt", ["", "sealed:", "sealed:abc", "sealed:\xe9", "half:a:session"])
def test_a_session_that_nobody_can_read_is_empty(user, spoilt: str) -> None:
    client = Client()
    client.post("/aanmelden/", {"login": user.email, "password": PASSWORD})
    Session.objects.filter(session_key=client.session.session_key).update(session_data=spoilt)

    assert client.get("/account/")["Location"] == "/aanmelden/?next=/account/"


def test_with_another_key_every_session_is_empty(settings) -> None:
    sealed = SessionStore().encode({"a": 1})
    settings.SECRET_KEY = OTHER_KEY
    assert SessionStore().decode(sealed) == {}
