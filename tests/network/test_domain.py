"""When a talk is due: a pure rule, every number a parameter."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.network.domain import (
    DueState,
    Margins,
    add_interval,
    counts_for,
    due_state,
    next_due,
    out_of_quiet_months,
    talk_state,
)

TODAY = date(2026, 10, 14)
SUMMER = Margins(soon_days=30, late_after_days=14, quiet_months=frozenset({7, 8}))
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "per_year", "then"),
    [
        (date(2026, 1, 31), 12, date(2026, 2, 28)),
        (date(2027, 8, 31), 2, date(2028, 2, 29)),
        (date(2026, 11, 15), 1, date(2027, 11, 15)),
        (date(2026, 12, 1), 6, date(2027, 2, 1)),
        (date(2026, 1, 1), 5, date(2026, 3, 13)),  # 2.4 months: two months and twelve days
        (date(2026, 1, 1), 52, date(2026, 1, 8)),
    ],
)
def test_an_interval_is_twelve_months_divided(day: date, per_year: int, then: date) -> None:
    assert add_interval(day, per_year) == then


@given(DAYS, st.integers(1, 52))
def test_more_talks_a_year_never_come_later(day: date, per_year: int) -> None:
    assert day < add_interval(day, per_year) <= add_interval(day, max(per_year - 1, 1))


@pytest.mark.parametrize("per_year", [0, -1])
def test_without_talks_there_is_no_interval(per_year: int) -> None:
    with pytest.raises(ValueError):
        add_interval(TODAY, per_year)


@pytest.mark.parametrize(
    ("day", "then"),
    [
        (date(2026, 7, 20), date(2026, 9, 1)),
        (date(2026, 6, 30), date(2026, 6, 30)),
        (date(2029, 8, 1), date(2029, 9, 3)),  # 1 September 2029 is a Saturday
        (date(2024, 7, 1), date(2024, 9, 2)),  # and in 2024 a Sunday
    ],
)
def test_nobody_talks_in_the_summer_holidays(day: date, then: date) -> None:
    assert out_of_quiet_months(day, SUMMER.quiet_months) == then


@given(DAYS, st.frozensets(st.integers(1, 12), max_size=11))
def test_out_of_the_quiet_months_is_really_out_or_the_first_weekday_after(
    day: date, quiet: frozenset[int]
) -> None:
    then = out_of_quiet_months(day, quiet)

    assert then >= day
    before = then.replace(day=1) - timedelta(days=1)
    assert then == day or (then.day <= 3 and then.weekday() < 5 and before.month in quiet)


def test_a_year_of_only_quiet_months_moves_nothing() -> None:
    assert out_of_quiet_months(TODAY, range(1, 13)) == TODAY


def test_the_next_talk_follows_the_last_one_not_the_start() -> None:
    start = date(2020, 8, 1)

    assert next_due(last_held=None, starts_on=start, per_year=2, margins=SUMMER) == date(2021, 2, 1)
    assert next_due(last_held=date(2026, 5, 6), starts_on=start, per_year=2, margins=SUMMER) == date(
        2026, 11, 6
    )
    assert next_due(last_held=date(2026, 1, 6), starts_on=start, per_year=2, margins=SUMMER) == date(
        2026, 9, 1
    )
    assert next_due(last_held=None, starts_on=start, per_year=0, margins=SUMMER) is None


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (31, DueState.LATER),
        (30, DueState.SOON),
        (1, DueState.SOON),
        (0, DueState.DUE),
        (-14, DueState.DUE),
        (-15, DueState.OVERDUE),
    ],
)
def test_states_around_the_due_day(days: int, state: DueState) -> None:
    due = TODAY + timedelta(days=days)

    assert due_state(due, last_held=date(2025, 1, 1), planned_on=None, today=TODAY, margins=SUMMER) is state


def test_who_never_spoke_is_due_but_not_overdue() -> None:
    assert (
        due_state(date(2020, 1, 1), last_held=None, planned_on=None, today=TODAY, margins=SUMMER)
        is DueState.DUE
    )


@given(DAYS, DAYS)
def test_a_planned_talk_settles_what_is_due(due: date, planned: date) -> None:
    state = due_state(due, last_held=None, planned_on=planned, today=TODAY, margins=SUMMER)

    assert state is (DueState.PLANNED if planned >= TODAY else DueState.UNWRITTEN)


@pytest.mark.parametrize(
    ("planned", "held", "written", "state"),
    [
        (date(2026, 10, 14), None, False, DueState.PLANNED),
        (date(2026, 10, 13), None, False, DueState.UNWRITTEN),
        (date(2026, 10, 1), date(2026, 10, 2), False, DueState.UNWRITTEN),
        (None, date(2026, 10, 2), True, DueState.HELD),
    ],
)
def test_states_of_one_talk(planned, held, written, state) -> None:  # type: ignore[no-untyped-def]
    assert talk_state(planned_on=planned, held_on=held, written_up=written, today=TODAY) is state


@pytest.mark.parametrize(
    ("rhythm", "talk", "meets"),
    [
        ("progress", "progress", True),
        ("progress", "evaluation", True),
        ("progress", "other", False),
        ("strategic", "progress", False),
        ("strategic", "strategic", True),
    ],
)
def test_which_talk_meets_which_rhythm(rhythm: str, talk: str, meets: bool) -> None:
    assert counts_for(rhythm, talk, general={"progress"}, not_counting={"other"}) is meets
