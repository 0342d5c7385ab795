"""Days about pupils: when an answer is due, when a group begins, how many leavers are usual."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

TURN_OF_YEAR = range(6, 11)  # months in which classes move up: June to October


def month_later(day: date) -> date:
    """The day by which a request must be answered: one month (GDPR article 12, paragraph 3)."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def usual_leavers(sector: str, day: date, shares: Mapping[str, Mapping[str, float]]) -> float:
    """The share (0-1) of pupils that may be gone before somebody must say that the file is right.

    `shares` is sector → {"turn": share, "rest": share}; a sector that is not named counts as "po".
    """
    row = shares.get(sector) or shares["po"]
    return row["turn" if day.month in TURN_OF_YEAR else "rest"]


def is_many_gone(gone: int, known: int, usual: float) -> bool:
    """Whether more pupils are gone than is usual. A handful says nothing: five or fewer are never many."""
    return gone > 5 and gone > usual * known


def enrolment_start(year_starts_on: date, today: date, *, is_first_file: bool) -> date:
    """From which day a pupil of a file is in the group: the year's first day for the first file, else today."""
    return year_starts_on if is_first_file else max(year_starts_on, today)
