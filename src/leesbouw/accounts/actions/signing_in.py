"""Signing in: what is remembered of it, and links that somebody asks for by mail."""

from __future__ import annotations

from collections.abc import Sequence

from leesbouw.core.access import SYSTEM, Actor
from leesbouw.core.audit import AuditEvent, record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.time import now

from ..domain import SIGN_IN_LASTS, hashed, new_token
from ..models import SignInLink, User
from ..queries import actor_of_user, user_by_email
from ..queries.links import alive
from .mailing import address, post


def record_sign_in(*, user: User, how: Sequence[str]) -> AuditEvent:
    """Somebody signed in; `how` names the steps: password, link, totp, webauthn, recovery_codes, demo."""
    with write_transaction():
        return record(by=actor_of_user(user), verb="accounts.sign_in", subject=user, data={"how": list(how)})


def record_refusal(*, email: str) -> AuditEvent:
    """A wrong password. Written for an unknown address too, so that both take as long; the address itself is not kept."""
    with write_transaction():
        return record(by=SYSTEM, verb="accounts.fail_sign_in", subject=user_by_email(email))


def ask_sign_in_link(*, email: str) -> SignInLink | None:
    """Mails a link that signs in once, within half an hour. An address without an account gets nothing."""
    with write_transaction():
        user = user_by_email(email)
        if user is None or not user.is_active:
            return None
        link, token = make_sign_in_link(user=user, by=SYSTEM)
        post(
            "sign_in_link",
            to=user.email,
            context={
                "name": user.name,
                "url": address("accounts:sign-in-link", token),
                "minutes": int(SIGN_IN_LASTS.total_seconds() // 60),
            },
            by=SYSTEM,
            at_once=True,
            language=user.language,
        )
        return link


def make_sign_in_link(*, user: User, by: Actor) -> tuple[SignInLink, str]:
    """A link and its token, for the letter above and for who runs the installation and has no mail yet."""
    with write_transaction():
        token = new_token()
        link = SignInLink.objects.create(
            token_hash=hashed(token), expires_at=now() + SIGN_IN_LASTS, user=user, created_by_id=by.user_id
        )
        record(by=by, verb="accounts.make_sign_in_link", subject=user)
        return link, token


def use_sign_in_link(*, token: str) -> User | None:
    """Uses a link up and tells whom it signs in; None when it is dead."""
    with write_transaction():
        try:
            link = alive(lock_row(SignInLink.objects.select_related("user"), token_hash=hashed(token)))
        except SignInLink.DoesNotExist:
            return None
        if link is None or not link.user.is_active:
            return None
        link.used_at = now()
        link.save(update_fields=["used_at"])
        SignInLink.objects.filter(user=link.user, used_at=None, revoked_at=None).update(revoked_at=now())
        record(by=SYSTEM, verb="accounts.use_sign_in_link", subject=link.user)
        return link.user
