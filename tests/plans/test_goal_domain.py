"""How a goal stands, how long it runs and how many fit."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.core.time import SchoolYear
from leesbouw.plans.domain import Progress, Stage, goals_left, horizon, overlap, progress_of

SHARES = st.floats(0, 1, allow_nan=False)


@pytest.mark.parametrize(
    ("result", "interval", "expected"),
    [
        (None, None, Progress(Stage.UNKNOWN)),
        (0.70, (0.60, 0.79), Progress(Stage.REACHED, 1.0)),
        (0.66, (0.63, 0.69), Progress(Stage.CLOSER, 0.5)),
        (0.64, (0.55, 0.72), Progress(Stage.SAME, 0.25)),
        (0.50, (0.44, 0.56), Progress(Stage.BACK, 0.0)),
    ],
)
def test_a_goal_stands_between_where_it_began_and_where_it_goes(result, interval, expected) -> None:  # type: ignore[no-untyped-def]
    found = progress_of(0.62, 0.70, result, interval)
    assert found.stage is expected.stage
    assert found.part == pytest.approx(expected.part)


def test_a_goal_can_go_down() -> None:
    assert progress_of(0.30, 0.20, 0.19).stage is Stage.REACHED
    assert progress_of(0.30, 0.20, 0.25, (0.21, 0.29)).stage is Stage.CLOSER
    assert progress_of(0.30, 0.20, 0.40, (0.35, 0.45)).stage is Stage.BACK


def test_without_a_baseline_only_reaching_it_can_be_said() -> None:
    assert progress_of(None, 0.7, 0.7) == Progress(Stage.REACHED, 1.0)
    assert progress_of(None, 0.7, 0.6) == Progress(Stage.UNKNOWN)


@given(baseline=SHARES, target=SHARES, result=SHARES, width=st.floats(0, 0.5))
def test_the_same_seen_upside_down_is_the_same(baseline, target, result, width) -> None:  # type: ignore[no-untyped-def]
    """A share that must rise and the share of the others that must fall stand equally."""
    if abs(target - baseline) < 1e-6 or min(abs(result - target), abs(result - baseline)) < 1e-6:
        return
    low, high = result - width, result + width
    if min(abs(low - baseline), abs(high - baseline)) < 1e-6:
        return
    up = progress_of(baseline, target, result, (low, high))
    down = progress_of(1 - baseline, 1 - target, 1 - result, (1 - high, 1 - low))
    assert up.stage is down.stage
    assert up.part == pytest.approx(down.part, abs=1e-6)


@given(baseline=SHARES, target=SHARES, result=SHARES)
def test_the_part_of_the_way_is_a_part(baseline, target, result) -> None:  # type: ignore[no-untyped-def]
    part = progress_of(baseline, target, result).part
    assert part is None or 0 <= part <= 1


def test_the_horizon_follows_the_measuring_rhythm() -> None:
    assert horizon(SchoolYear(2026), 1) == SchoolYear(2026)
    assert horizon(SchoolYear(2026), 2) == SchoolYear(2027)
    assert horizon(SchoolYear(2026), 0) == SchoolYear(2026)


def test_there_is_room_until_it_is_full() -> None:
    assert [goals_left(made, 3) for made in (0, 2, 3, 5)] == [3, 1, 0, 0]


def test_a_period_overlaps_when_it_shares_a_day() -> None:
    week = date(2026, 10, 7), date(2026, 10, 17)
    assert overlap(date(2026, 10, 17), date(2026, 11, 1), *week)
    assert overlap(date(2026, 10, 7), None, *week)
    assert not overlap(date(2026, 10, 18), None, *week)
    assert not overlap(None, None, *week)
