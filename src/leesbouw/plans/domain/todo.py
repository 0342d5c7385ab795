"""When an action is due, and what a bouwsteen needs."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from ..enums import BlockStatus

SOON = timedelta(days=7)  # what is due within a week stands apart from what can wait


class Due(StrEnum):
    """How an open action stands against its day; declared in the order in which one reads them."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    UNDATED = "undated"
    DONE = "done"


URGENCY = {due: at for at, due in enumerate(Due)}


def due_state(due_on: date | None, *, done: bool, today: date) -> Due:
    """Late from the day after; without a day an action can wait, but never hides."""
    if done:
        return Due.DONE
    if due_on is None:
        return Due.UNDATED
    if due_on < today:
        return Due.LATE
    if due_on == today:
        return Due.TODAY
    return Due.SOON if due_on - today <= SOON else Due.LATER


def days_late(due_on: date | None, today: date) -> int:
    """Whole days past the day; 0 when it is not late."""
    return max((today - due_on).days, 0) if due_on else 0


def needs_evidence(status: BlockStatus) -> bool:
    """Above “in preparation” somebody must be able to see that it is so (promise N8)."""
    return status > BlockStatus.PREPARING
