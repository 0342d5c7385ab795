"""Rules about names, days and terms of people, without a database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

WORKDAYS = range(1, 8)  # ISO weekdays, 1 is Monday


def same_name(one: str, other: str) -> bool:
    """Whether two names are most likely one person's: capitals, spaces and points do not count."""
    return _bare(one) == _bare(other)


def _bare(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def clean_days(days: Iterable[int]) -> list[int]:
    """Weekdays in order, each once. Raises ValueError for a number that is no ISO weekday."""
    clean = sorted({int(day) for day in days})
    if any(day not in WORKDAYS for day in clean):
        raise ValueError("a weekday runs from 1 to 7")
    return clean


def holds_on(day: date, starts_on: date, ends_on: date | None) -> bool:
    """Whether a dated row holds on a day; an empty end means "still"."""
    return starts_on <= day and (ends_on is None or ends_on >= day)


def last_day(wished: date, starts_on: date) -> date:
    """The day on which something ends; never before it began."""
    return max(wished, starts_on)


def uncovered_days(teachers: Sequence[Sequence[int]], week: Sequence[int] = (1, 2, 3, 4, 5)) -> list[int]:
    """Days of the school week on which none of a group's teachers works; a teacher without days works all of them."""
    if not teachers or any(not days for days in teachers):
        return []
    covered = {day for days in teachers for day in days}
    return [day for day in week if day not in covered]
