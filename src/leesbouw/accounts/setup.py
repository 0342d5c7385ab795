"""Ways in for who runs the installation: the link that makes the first library, and one for who is locked out."""

from __future__ import annotations

from leesbouw.core.access import SYSTEM

from .actions import make_sign_in_link, open_set_up
from .actions.mailing import address
from .queries import user_by_email


def setup_link() -> str | None:
    """An address that works once, for a day; printing another one revokes it. None when somebody has an account
    already, and in a demo."""
    token = open_set_up(by=SYSTEM)
    return address("accounts:set-up", token) if token else None


def sign_in_link(email: str) -> str | None:
    """An address that signs this person in once, within half an hour; None when she has no account or may not."""
    user = user_by_email(email)
    if user is None or not user.is_active:
        return None
    _link, token = make_sign_in_link(user=user, by=SYSTEM)
    return address("accounts:sign-in-link", token)
