"""When a talk is due, without a database. Every length and number comes in as a parameter with a source."""

from __future__ import annotations

import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cache


class DueState(StrEnum):
    """How a talk stands on the relation agenda; declared in the order in which one reads them."""

    UNWRITTEN = "unwritten"  # its day is past and nothing was written up
    OVERDUE = "overdue"
    DUE = "due"
    SOON = "soon"
    PLANNED = "planned"
    LATER = "later"
    HELD = "held"


MOST_FINDINGS = 3  # one remembers three things of a talk (handbook: limit what is discussed)
URGENCY = {state: at for at, state in enumerate(DueState)}
WANTS_WORK = frozenset({DueState.UNWRITTEN, DueState.OVERDUE, DueState.DUE})


@dataclass(frozen=True, slots=True)
class Margins:
    """From when a talk shows as coming, how long it may wait, and the months in which nobody plans one.

    Days before and after the due day; `quiet_months` are calendar months 1-12 (schools are closed in July and August).
    """

    soon_days: int
    late_after_days: int
    quiet_months: frozenset[int] = frozenset()


def add_interval(day: date, per_year: int) -> date:
    """The day 12 / `per_year` months later, a part of a month as 30ths. Raises ValueError below 1 a year.

    31 January plus one month is 28 or 29 February, as everybody expects.
    """
    if per_year < 1:
        raise ValueError("a rhythm has at least one talk a year")
    whole, rest = _interval(per_year)
    years, month = divmod(day.month - 1 + whole, 12)
    year, month = day.year + years, month + 1
    last = day.day if day.day <= 28 else min(day.day, calendar.monthrange(year, month)[1])
    return date(year, month, last) + rest


@cache
def _interval(per_year: int) -> tuple[int, timedelta]:
    """Whole months, and days for the part of a month."""
    months = Fraction(12, per_year)
    return int(months), timedelta(days=round((months - int(months)) * 30))


def out_of_quiet_months(day: date, quiet_months: Collection[int]) -> date:
    """The day itself, or the first weekday after the quiet months it falls in."""
    if day.month not in quiet_months or len(set(quiet_months)) == 12:
        return day
    while day.month in quiet_months:
        year, month = divmod(day.year * 12 + day.month, 12)
        day = date(year, month + 1, 1)
    return day + timedelta(days=7 - day.weekday() if day.weekday() >= 5 else 0)


def next_due(*, last_held: date | None, starts_on: date, per_year: int, margins: Margins) -> date | None:
    """The day on which the next talk is due: an interval after the last one, else after the start; None for no rhythm.

    A talk from before the rhythm started counts: who spoke in May need not speak again in June.
    """
    if per_year == 0:
        return None
    return out_of_quiet_months(add_interval(last_held or starts_on, per_year), margins.quiet_months)


def due_state(
    due_on: date, *, last_held: date | None, planned_on: date | None, today: date, margins: Margins
) -> DueState:
    """How a due talk stands. A planned talk settles it, also when it is planned past the due day.

    Without any talk on record nothing is overdue: who starts with an agenda does not start with a red page.
    """
    if planned_on is not None:
        return DueState.PLANNED if planned_on >= today else DueState.UNWRITTEN
    if last_held is not None and today > due_on + timedelta(days=margins.late_after_days):
        return DueState.OVERDUE
    if today >= due_on:
        return DueState.DUE
    if today >= due_on - timedelta(days=margins.soon_days):
        return DueState.SOON
    return DueState.LATER


def talk_state(*, planned_on: date | None, held_on: date | None, written_up: bool, today: date) -> DueState:
    """How one talk stands, apart from any rhythm."""
    if held_on is not None and written_up:
        return DueState.HELD
    day = held_on or planned_on
    return DueState.PLANNED if day is not None and day >= today else DueState.UNWRITTEN


def counts_for(
    rhythm_kind: str, talk_kind: str, *, general: Collection[str], not_counting: Collection[str]
) -> bool:
    """Whether a talk meets a rhythm. One of a general kind is met by every talk that counts, others by their own kind.

    A general rhythm ("speak each other twice a year") is also met by an evaluation; an evaluation is met by nothing less.
    """
    if talk_kind in not_counting:
        return False
    return talk_kind == rhythm_kind or rhythm_kind in general
