"""Figures of lending by month: whole months, and what a school year of them comes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from leesbouw.core.time import AMSTERDAM, SchoolYear

HOLIDAY_MONTHS = frozenset({7, 8})  # no month of these says how many children borrow


def month_of(day: date) -> date:
    return day.replace(day=1)


def month_after(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def last_day(month: date) -> date:
    return month_after(month) - timedelta(days=1)


def months_of(year: SchoolYear, until: date) -> list[date]:
    """The first days of the months of a school year that have begun on a day."""
    found, month = [], year.starts_on
    while month <= min(until, year.ends_on):
        found.append(month)
        month = month_after(month)
    return found


def begin_of_month(month: date) -> datetime:
    return datetime.combine(month, time.min, tzinfo=AMSTERDAM)


@dataclass(frozen=True, slots=True)
class Month:
    """What was lent in one month. `borrowers` are children who borrowed, None where nobody knows any more; `children`
    could have. `is_over`: nothing comes to it."""

    month: date
    loans: int
    at_home: int | None = None
    borrowers: int | None = None
    children: int | None = None
    copies: int | None = None
    is_over: bool = True


@dataclass(frozen=True, slots=True)
class YearSums:
    """A school year of months. Who borrowed in a month is known of `months` months: the mean of those, and the last."""

    loans: int = 0
    at_home: int | None = None
    children: int | None = None
    copies: int | None = None
    months: int = 0
    borrowers: float = 0
    could: float = 0
    last_borrowers: int = 0
    last_could: int = 0


def sums_of(rows: Iterable[Month]) -> YearSums:
    """What the months of a year come to. A holiday month counts as lending, and not as a month in which one borrows."""
    months = sorted(rows, key=lambda one: one.month)
    counted = [
        (min(one.borrowers, one.children), one.children)
        for one in months
        if one.is_over
        and one.borrowers is not None
        and one.children
        and one.month.month not in HOLIDAY_MONTHS
    ]
    number = len(counted)
    homes = [one.at_home for one in months]
    return YearSums(
        loans=sum(one.loans for one in months),
        at_home=None if None in homes else sum(homes),  # type: ignore[arg-type]
        children=_last([one.children for one in months]),
        copies=_last([one.copies for one in months]),
        months=number,
        borrowers=sum(some for some, _all in counted) / number if number else 0,
        could=sum(those for _some, those in counted) / number if number else 0,
        last_borrowers=counted[-1][0] if counted else 0,
        last_could=counted[-1][1] if counted else 0,
    )


def _last(values: Sequence[int | None]) -> int | None:
    return next((value for value in reversed(values) if value is not None), None)
