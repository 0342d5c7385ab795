"""Letting one kind of data go, as the nightly run does."""

from __future__ import annotations

from leesbouw.core.access import SYSTEM
from leesbouw.core.registry import holders
from leesbouw.core.time import today
from leesbouw.privacy.domain import limit_of


def forgotten(code: str, *, days: int) -> int:
    """How many rows of this holder went with a term of so many days."""
    limit = limit_of(today(), days)
    holder = holders[code]
    due = holder.due(limit)
    assert holder.erase(limit=limit, by=SYSTEM, run="test") == due
    assert holder.due(limit) == 0
    return due
