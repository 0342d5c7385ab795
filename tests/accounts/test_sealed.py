"""What the second step rests on cannot be read from the database, nor from a backup."""

from __future__ import annotations

from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.apps import apps
from django.test import Client

from leesbouw.accounts.migrations import __name__ as migrations
from leesbouw.core import sealing

from .conftest import PASSWORD


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
    settings.SECRET_KEY = "a key of another installation, long enough to be one"
    client, answer = enter(user, phone.code())
    assert answer.status_code == 200
    assert "niet meer lezen" in answer.content.decode()
    assert "_auth_user_id" not in client.session
