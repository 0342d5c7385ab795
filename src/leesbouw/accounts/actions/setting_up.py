"""The first library and its administrator. Nobody becomes administrator by being first: a link in the shell's output does it."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import SYSTEM, Actor
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.stamp import is_demo
from leesbouw.core.time import now
from leesbouw.organisations.actions import create_library, ensure_nation

from ..domain import SETUP_LASTS, hashed, new_token
from ..models import Invitation, User
from ..queries import nobody_has_an_account, set_up_by_token
from .roles import give_role

ADMINISTRATOR = "administrator"
SET_UP_ALREADY = _("Leesbouw has been set up already. Sign in, or ask its administrator for an invitation.")


def open_set_up(*, by: Actor) -> str | None:
    """A fresh set-up token, valid for a day; earlier ones stop working. None when there are accounts, or in a demo."""
    with write_transaction():
        if not nobody_has_an_account() or is_demo():
            return None
        Invitation.objects.filter(unit=None, used_at=None, revoked_at=None).update(revoked_at=now())
        token = new_token()
        invitation = Invitation.objects.create(
            token_hash=hashed(token), expires_at=now() + SETUP_LASTS, role=ADMINISTRATOR
        )
        record(by=by, verb="accounts.open_set_up", subject=invitation)
        return token


def set_up(
    *, token: str, library_name: str, code: str, name: str, email: str, password: str, by: Actor
) -> User:
    """Makes the library and its administrator; the link dies. Raises Sentence when it had died already."""
    password_hash = make_password(password)  # slow on purpose, so before the write
    with write_transaction():
        Invitation.objects.select_for_update().filter(token_hash=hashed(token)).first()  # two at once
        invitation = set_up_by_token(token)
        if invitation is None:
            raise Sentence(SET_UP_ALREADY)
        invitation.used_at = now()
        invitation.save(update_fields=["used_at"])
        ensure_nation(by=SYSTEM)
        library = create_library(name=library_name, code=code, by=SYSTEM)
        user = User.objects.create(email=email.strip().lower(), name=name, password=password_hash)
        invitation.user = user
        invitation.save(update_fields=["user"])
        give_role(user=user, role_code=ADMINISTRATOR, unit=library, by=by)
        record(by=by, verb="accounts.set_up", subject=user, unit_id=library.pk)
        return user
