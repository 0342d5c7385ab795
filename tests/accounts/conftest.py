"""Somebody with a password, her telephone, and the links in her mail."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp

from leesbouw.accounts.models import User
from leesbouw.core import stamp
from leesbouw.core.access import Actor
from leesbouw.core.mail import Outgoing

PASSWORD = "een fiets in het riet"


@pytest.fixture
def with_password() -> Callable[[Actor], User]:
    """`with_password(cast.head)`: the person behind an actor, who can sign in with PASSWORD."""

    def give(actor: Actor) -> User:
        user = User.objects.get(pk=actor.user_id)
        user.set_password(PASSWORD)
        user.save()
        return user

    return give


@pytest.fixture
def demo(db: None) -> None:
    """This database is a demo."""
    stamp.write("demo", "small")


class Telephone:
    """An app that shows codes."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    def code(self) -> str:
        return totp.format_hotp_value(totp.hotp_value(self.secret, int(time.time()) // 30))


@pytest.fixture
def telephone_for(db: None) -> Callable[[User], Telephone]:
    """Connects an app to somebody's account."""

    def connect(user: User) -> Telephone:
        secret = totp.generate_totp_secret()
        totp.TOTP.activate(user, secret)
        return Telephone(secret)

    return connect


def link_in(letter: Outgoing) -> str:
    """The path of the one link in a letter, its foot aside."""
    return re.search(r"^http://localhost:8000(/\S+)$", letter.body, re.MULTILINE)[1]


def newest_link(to: str) -> str:
    return link_in(Outgoing.objects.filter(to=to).latest("pk"))


def has_second_step(user: User) -> bool:
    return Authenticator.objects.filter(user=user).exists()
