"""When a round is and whose turn it is, as plain rules."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.monitor.domain.calendar import (
    Calendar,
    asked_pupils,
    asks_group,
    day_in_year,
    half_of,
    measures_in,
    usual_calendar,
)
from leesbouw.monitor.domain.progress import RED, Asks, Limits, Standing, asks, is_complete, share_of_time

LIMITS = Limits(soon_days=14, behind_by=0.25)
OPENS, CLOSES, REPORT = date(2026, 12, 1), date(2027, 2, 15), date(2027, 3, 1)
USUAL = {"prepare": "11-01", "opens": "12-01", "closes": "02-15", "report": "03-01"}
years = st.integers(1950, 2150)


def standing(**values: object) -> Standing:
    given = {"opens_on": OPENS, "closes_on": CLOSES, "report_on": REPORT, "is_open": True, "authorised": True}
    return Standing(**(given | values))  # type: ignore[arg-type]


def test_the_usual_calendar_lies_in_the_school_year() -> None:
    assert usual_calendar(2026, USUAL) == Calendar(date(2026, 11, 1), OPENS, CLOSES, REPORT)


@given(years)
def test_the_usual_calendar_is_in_order_in_every_year(first: int) -> None:
    assert usual_calendar(first, USUAL).in_order


@pytest.mark.parametrize(
    ("day", "real"),
    [("08-01", date(2026, 8, 1)), ("07-31", date(2027, 7, 31)), ("12-31", date(2026, 12, 31))],
)
def test_a_day_without_a_year_falls_in_the_school_year(day: str, real: date) -> None:
    assert day_in_year(2026, day) == real


def test_a_round_of_one_day_is_not_in_order() -> None:
    assert not Calendar(OPENS, OPENS, OPENS, REPORT).in_order


@given(years)
def test_each_half_measures_every_other_year_and_the_rest_every_year(first: int) -> None:
    assert measures_in("every", first)
    assert measures_in("even", first) != measures_in("odd", first)
    assert measures_in("even", first) != measures_in("even", first + 1)
    assert measures_in(half_of(first), first)


def test_an_even_year_is_named_by_the_year_in_which_it_begins() -> None:
    assert (measures_in("even", 2026), measures_in("odd", 2026)) == (True, False)


def test_pupils_of_year_group_5_to_8_are_asked_and_all_of_secondary() -> None:
    numbers = {"1": 10, "4": 20, "5": 21, "8": 22, "unknown": 3}

    assert (asked_pupils("po", numbers), asked_pupils("vo", {"1": 10, "2": 12})) == (43, 22)
    assert asked_pupils("ko", numbers) == 0


@pytest.mark.parametrize(
    ("kind", "groups", "asked"),
    [("po", [4], False), ("po", [4, 5], True), ("po", [], False), ("vo", [1], True), ("ko", [], False)],
)
def test_which_groups_are_asked(kind: str, groups: list[int], asked: bool) -> None:
    assert asks_group(kind, groups) is asked


@pytest.mark.parametrize(
    ("now", "today", "asked"),
    [
        (standing(discussed=True, closed=True), REPORT, Asks.DISCUSSED),
        (standing(declined=True, authorised=False), CLOSES, Asks.DECLINED),
        (standing(closed=True), date(2027, 2, 28), Asks.CLOSED),
        (standing(started=True, closed=True), REPORT, Asks.UNDISCUSSED),
        (standing(closed=True), REPORT, Asks.CLOSED),  # nothing came in: nothing to talk about
        (standing(started=True), date(2027, 2, 16), Asks.OVERDUE),
        (standing(authorised=False), OPENS, Asks.UNAUTHORISED),
        (standing(authorised=False, is_open=False), date(2026, 11, 16), Asks.WAITING),
        (standing(authorised=False, is_open=False), date(2026, 11, 17), Asks.UNAUTHORISED),
        (standing(is_open=False), date(2026, 11, 30), Asks.READY),
        (standing(), date(2026, 12, 14), Asks.READY),
        (standing(), date(2026, 12, 15), Asks.NOT_STARTED),
        (standing(started=True, pupils=(0, 100)), date(2026, 12, 20), Asks.GOING),
        (standing(started=True, pupils=(0, 100)), date(2026, 12, 21), Asks.BEHIND),
        (standing(started=True, pupils=(60, 100)), date(2027, 2, 1), Asks.GOING),
        (standing(started=True, pupils=(95, 100), teachers=(3, 8)), date(2027, 1, 31), Asks.GOING),
        (standing(started=True, pupils=(95, 100), teachers=(3, 8)), date(2027, 2, 1), Asks.TEACHERS),
        (standing(started=True, pupils=(99, 100), consultants=(0, 1)), date(2027, 2, 1), Asks.CONSULTANT),
        (
            standing(started=True, pupils=(101, 100), teachers=(8, 8), consultants=(1, 1)),
            OPENS,
            Asks.COMPLETE,
        ),
    ],
)
def test_what_a_school_asks(now: Standing, today: date, asked: Asks) -> None:
    assert asks(now, today, LIMITS) == asked


def test_more_time_takes_a_school_out_of_the_red() -> None:
    day = date(2027, 2, 20)

    assert asks(standing(started=True), day, LIMITS) in RED
    assert asks(standing(started=True, closes_on=date(2027, 3, 20)), day, LIMITS) == Asks.GOING


def test_time_runs_from_none_to_all() -> None:
    now = standing()

    assert [share_of_time(now, OPENS + timedelta(days=days)) for days in (-1, 0, 38, 76, 90)] == [
        0,
        0,
        0.5,
        1,
        1,
    ]


def test_a_school_of_which_nothing_is_expected_is_not_complete() -> None:
    assert not is_complete(standing(started=True))


pairs = st.tuples(st.integers(0, 300), st.integers(0, 300))


@given(
    st.builds(
        standing,
        **{name: st.booleans() for name in ("is_open", "authorised", "declined", "started", "closed")},
        pupils=pairs,
        teachers=pairs,
        consultants=pairs,
    ),
    st.integers(-60, 200),
)
def test_who_declined_or_closed_is_never_red(now: Standing, days: int) -> None:
    asked = asks(now, OPENS + timedelta(days=days), LIMITS)

    if now.declined or now.closed:
        assert asked not in RED
    elif not now.authorised and now.is_open:
        assert asked in (Asks.UNAUTHORISED, Asks.OVERDUE)
