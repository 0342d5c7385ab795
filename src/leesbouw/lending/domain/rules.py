"""How many books somebody may have, and for how long the link to her is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

LONGEST_LINK = 90  # days after a book came back: longer than that nobody may know who had it
HOLIDAY_IS_NEAR = timedelta(days=10)  # lending for a holiday begins so long before it


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days without school, both included."""

    name: str
    starts_on: date
    ends_on: date

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a school as plain values; `limits`: year group → books at a time. `library_day` is an ISO weekday."""

    days: int = 21
    renewals: int = 1
    books: int = 2
    limits: Mapping[int, int] = field(default_factory=dict)
    library_day: int | None = None
    may_go_home: bool = True
    region: str = "middle"
    holiday_lending: bool = True
    holiday_extra: int = 0
    cut_days: int = 30


def books_at_a_time(rules: Rules, year_group: int | None, day: date, holidays: Sequence[Holiday] = ()) -> int:
    """How many books a child may have at a time on a day: more when a holiday is near and the school wants that."""
    books = rules.books if year_group is None else rules.limits.get(year_group, rules.books)
    if rules.holiday_extra and any(timedelta() < one.starts_on - day <= HOLIDAY_IS_NEAR for one in holidays):
        books += rules.holiday_extra
    return books


def cut_day(rules: Rules, back_on: date) -> date:
    """From which day on nobody knows any more who had a book that came back on this day."""
    return back_on + timedelta(days=rules.cut_days)


@lru_cache(maxsize=2_000)
def week_of(day: date) -> date:
    """What is left of a day when the link is cut: the Monday of its week, or the first of the month where that is later.

    So figures of a month stay right, and no day leads back to a visit of one class.
    """
    return max(day - timedelta(days=day.weekday()), day.replace(day=1))
