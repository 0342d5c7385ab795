"""Days about pupils: when an answer is due, when a group begins, how many leavers are usual."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from enum import Enum

SOON = timedelta(days=7)  # before the last day of a request, when it begins to press
TURN_OF_YEAR = range(6, 11)  # months in which classes move up: June to October


def month_later(day: date) -> date:
    """The day by which a request must be answered: one month (GDPR article 12, paragraph 3)."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


class Clock(Enum):
    """How a request stands: late, within a week of its last day, or with time left."""

    LATE = "late"
    SOON = "soon"
    OPEN = "open"


def clock_of(asked_on: date, today: date) -> Clock:
    """Where an open request stands on a day."""
    due = month_later(asked_on)
    if due < today:
        return Clock.LATE
    return Clock.SOON if due <= today + SOON else Clock.OPEN


def kept_until(left_on: date, days: int) -> date:
    """The last day on which a child who left is still kept, so many days long, when nothing of it is open."""
    return left_on + timedelta(days=days)


def nearest_day(starts_on: date, ends_on: date, today: date) -> date:
    """Today when it lies in the period, else the day of the period that is nearest to it."""
    return min(max(today, starts_on), ends_on)


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
