"""Rules of roles, invitations, links and codes, without a database."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta

INVITATION_LASTS = timedelta(days=14)
TASK_LASTS = timedelta(days=14)
SIGN_IN_LASTS = timedelta(minutes=30)
SETUP_LASTS = timedelta(hours=24)
CODE_LASTS = timedelta(minutes=15)
CODE_TRIES = 5
CODES_A_LINK = 10  # so that fresh codes are no way to guess on

LEVELS = ("operational", "tactical", "strategic")


def new_token() -> str:
    """A secret for a link: 32 random bytes, safe in a URL."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """What is stored of a secret with enough randomness of its own."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_code() -> str:
    """Six digits for a binding decision, mailed at that moment."""
    return f"{secrets.randbelow(1_000_000):06d}"


HASH_ROUNDS = 100_000  # what makes a stolen hash of a short code slow to guess; tests take one


def hashed_code(code: str, *, salt: str) -> str:
    """What is stored of a short code, bound to its link; tries are counted, so guessing does not pay."""
    return hashlib.pbkdf2_hmac("sha256", code.strip().encode(), salt.encode(), HASH_ROUNDS).hex()


def is_alive(*, expires_at: datetime, used: bool, revoked: bool, now: datetime) -> bool:
    """Whether a link may still be used."""
    return not used and not revoked and now < expires_at


def is_right_code(code: str, *, stored: str, salt: str) -> bool:
    """Compares in constant time."""
    return bool(stored) and hmac.compare_digest(stored, hashed_code(code, salt=salt))


def may_hand_out(
    *,
    is_administrator: bool,
    own_kind: str,
    own_level: str,
    kind: str,
    level: str,
    is_for_administrators: bool,
) -> bool:
    """Whether somebody who may invite may give this role.

    An administrator gives every role within reach. Who only invites makes no administrators, and among her own kind
    of organisation nobody of a higher level than her own.
    """
    if is_administrator:
        return True
    if is_for_administrators:
        return False
    return kind != own_kind or LEVELS.index(level) <= LEVELS.index(own_level)


def role_fits(*, kind: str, sectors: Collection[str], unit_kind: str, sector: str) -> bool:
    """Whether a role belongs at a unit. A location has a sector; a role without sectors suits them all."""
    return kind == unit_kind and (not sectors or not sector or sector in sectors)


def last_day(wanted: date | None, *, today: date) -> date:
    """The last day on which a role counts; without a wish it ends at once, so yesterday was the last."""
    return wanted if wanted is not None else today - timedelta(days=1)
