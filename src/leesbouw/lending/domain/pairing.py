"""Codes that pair a desk, and the PINs that open it."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without look-alikes
CODE_LENGTH = 8
CODE_LASTS = timedelta(minutes=15)
PIN_LENGTH = 4
FREE_TRIES = 5
LONGEST_WAIT = timedelta(hours=1)
LOCKS_AFTER = timedelta(minutes=10)
TOO_EASY = frozenset({"1234", "4321", *(digit * PIN_LENGTH for digit in "0123456789")})


def new_code() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))


def read_code(typed: str) -> str:
    """A code as it was made, however it was typed; "" for what cannot be one."""
    code = "".join(sign for sign in typed.upper() if sign.isalnum())
    return code if len(code) == CODE_LENGTH and set(code) <= set(SIGNS) else ""


def is_pin(text: str) -> bool:
    """Four digits that are not the first anybody would try."""
    return len(text) == PIN_LENGTH and text.isascii() and text.isdigit() and text not in TOO_EASY


def wait_after(tries: int) -> timedelta:
    """How long one waits after so many wrong PINs in a row: nothing for the first five, then twice as long each time."""
    if tries < FREE_TRIES:
        return timedelta()
    return min(timedelta(minutes=1) * 2 ** min(tries - FREE_TRIES, 10), LONGEST_WAIT)


def is_locked(last: datetime, now: datetime) -> bool:
    """Whether nothing happened at a desk for so long that it locks itself."""
    return not timedelta(minutes=-1) <= now - last < LOCKS_AFTER
