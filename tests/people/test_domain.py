"""Rules about names and days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.people.domain import clean_days, holds_on, last_day, same_name, uncovered_days


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Joke van Dam", "joke  van dam", True),
        ("J. van Dam", "J van Dam", True),
        ("Joke van Dam", "Joke van Dam-Smit", False),
        ("Ömer", "ömer", True),
    ],
)
def test_capitals_points_and_spaces_do_not_make_another_person(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


def test_days_come_in_order_and_once() -> None:
    assert clean_days([5, 1, 5]) == [1, 5]


@given(st.integers().filter(lambda day: not 1 <= day <= 7))
def test_a_day_that_no_week_has_is_refused(day: int) -> None:
    with pytest.raises(ValueError):
        clean_days([day])


def test_the_last_day_counts_and_never_lies_before_the_first() -> None:
    assert holds_on(date(2026, 5, 1), date(2026, 1, 1), date(2026, 5, 1))
    assert not holds_on(date(2026, 5, 2), date(2026, 1, 1), date(2026, 5, 1))
    assert last_day(date(2025, 1, 1), date(2026, 1, 1)) == date(2026, 1, 1)


def test_days_without_a_teacher_are_told() -> None:
    assert uncovered_days([[1, 2], [4, 5]]) == [3]
    assert uncovered_days([[]]) == []
    assert uncovered_days([]) == []
