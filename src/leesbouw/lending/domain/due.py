"""When a book comes back: the period of the school, past its holidays, to its library day; and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .rules import Holiday, Rules

DAY = timedelta(days=1)
SATURDAY = 6


class Because(StrEnum):
    PERIOD = "period"
    AFTER_HOLIDAY = "after_holiday"
    BEFORE_HOLIDAY = "before_holiday"
    LIBRARY_DAY = "library_day"
    WEEKEND = "weekend"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the reasoning: where it comes from and the day it leads to. `name` is the holiday's."""

    because: Because
    on: date
    name: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """The day, and the steps that lead to it in order."""

    on: date
    steps: tuple[Step, ...]


def due_day(start: date, rules: Rules, holidays: Sequence[Holiday] = ()) -> Due:
    """When a book that is lent on `start` comes back; always later than that day.

    Without lending over holidays it comes back on the last fitting day before the first holiday that lies between,
    where there still is one.
    """
    day = start + rules.days * DAY
    steps = [Step(Because.PERIOD, day, days=rules.days)]
    if not rules.holiday_lending:
        between = [one for one in holidays if start < one.starts_on <= day]
        for one in sorted(between, key=lambda one: one.starts_on)[:1]:
            last = _last_before(one.starts_on, start, rules, holidays)
            if last is not None:
                return Due(last, (*steps, Step(Because.BEFORE_HOLIDAY, last, one.name)))
    return Due(*_moved_on(max(day, start + DAY), steps, rules, holidays))


def reasons_of(on: date, start: date, rules: Rules, holidays: Sequence[Holiday] = ()) -> tuple[Step, ...]:
    """The steps that led to a day, for who asks why; nothing where it is only so many days later, or another day."""
    due = due_day(start, rules, holidays)
    return due.steps if due.on == on and len(due.steps) > 1 else ()


def _moved_on(
    day: date, steps: list[Step], rules: Rules, holidays: Sequence[Holiday]
) -> tuple[date, tuple[Step, ...]]:
    """Past every holiday and to the right day of the week, whatever comes of the other."""
    while True:
        holiday = next((one for one in holidays if day in one), None)
        if holiday:
            day = holiday.ends_on + DAY
            steps.append(Step(Because.AFTER_HOLIDAY, day, holiday.name))
        elif not fits(day, rules):
            day = _next_fitting(day, rules)
            steps.append(Step(Because.LIBRARY_DAY if rules.library_day else Because.WEEKEND, day))
        else:
            return day, tuple(steps)


def fits(day: date, rules: Rules) -> bool:
    """Whether books come back on such a day of the week."""
    if rules.library_day:
        return day.isoweekday() == rules.library_day
    return day.isoweekday() < SATURDAY


def _next_fitting(day: date, rules: Rules) -> date:
    return next(one for one in (day + n * DAY for n in range(1, 8)) if fits(one, rules))


def _last_before(limit: date, start: date, rules: Rules, holidays: Sequence[Holiday]) -> date | None:
    """The last day before `limit` on which books come back, later than `start`."""
    day = limit - DAY
    while day > start:
        if fits(day, rules) and not any(day in one for one in holidays):
            return day
        day -= DAY
    return None
