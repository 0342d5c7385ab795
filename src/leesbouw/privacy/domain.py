"""Terms and lists as plain Python: until when something is kept, and the mark of a list."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta

YEAR = 365  # days; a term of seven years is 2555 days, as the content writes it


def limit_of(today: date, days: int) -> date:
    """What ended before this day has been kept for `days` whole days, and goes."""
    return today - timedelta(days=days)


def in_years(days: int) -> int | None:
    """The term in whole years, or None when it is none."""
    return days // YEAR if days >= YEAR and days % YEAR == 0 else None


def mark_of(refs: Iterable[str]) -> str:
    """The SHA-256 of a list: one id per line, in the order given. Who has the list can prove that it is this one."""
    digest = hashlib.sha256()
    for ref in refs:
        digest.update(f"{ref}\n".encode())
    return digest.hexdigest()
