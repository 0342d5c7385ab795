"""Rules of invitations, task links and codes, without a database."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

INVITATION_LASTS = timedelta(days=14)
TASK_LASTS = timedelta(days=14)
SIGN_IN_LASTS = timedelta(minutes=30)
SETUP_LASTS = timedelta(hours=24)
CODE_LASTS = timedelta(minutes=15)
CODE_TRIES = 5


def new_token() -> str:
    """A secret for a link: 32 random bytes, safe in a URL."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """What is stored of a secret with enough randomness of its own."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_code() -> str:
    """Six digits for a binding decision, mailed at that moment."""
    return f"{secrets.randbelow(1_000_000):06d}"


def hashed_code(code: str, *, salt: str) -> str:
    """What is stored of a short code, bound to its link; tries are counted, so guessing does not pay."""
    return hashlib.pbkdf2_hmac("sha256", code.strip().encode(), salt.encode(), 100_000).hex()


def is_alive(*, expires_at: datetime, used: bool, revoked: bool, now: datetime) -> bool:
    """Whether a link may still be used."""
    return not used and not revoked and now < expires_at
