"""Whether a plan can be done: its hours, its money, and the campaigns that it meets."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

SHORT = timedelta(weeks=3)  # what lasts longer is no reason to do something on this day or another


def overlap(start: date | None, end: date | None, other_start: date, other_end: date) -> bool:
    """Whether two periods share a day. Without a first or last day an activity overlaps nothing that we can know."""
    if start is None:
        return False
    return start <= other_end and other_start <= (end or start)


def meets(start: date | None, end: date | None, other_start: date, other_end: date) -> bool:
    """Whether an activity falls in a campaign in a way that matters: both are short, and they share a day.

    Something that runs for half the year meets every campaign, and so says nothing.
    """
    lasts = (end or start) - start if start and (end or start) else None  # type: ignore[operator]
    if lasts is None or lasts > SHORT or other_end - other_start > SHORT:
        return False
    return overlap(start, end, other_start, other_end)


def too_much(asked: Decimal | int, there_is: Decimal | int | None) -> Decimal | int:
    """How much more is asked than there is, in the same unit; 0 when it fits or when nobody said what there is."""
    return max(asked - there_is, 0) if there_is is not None else 0
