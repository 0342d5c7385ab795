"""When an action is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.plans.domain import Due, days_late, due_state, says_groups

TODAY = date(2026, 10, 14)


@pytest.mark.parametrize(
    ("days", "state"),
    [(-1, Due.LATE), (0, Due.TODAY), (1, Due.SOON), (7, Due.SOON), (8, Due.LATER)],
)
def test_states_by_day(days: int, state: Due) -> None:
    assert due_state(TODAY + timedelta(days=days), done=False, today=TODAY) is state


def test_without_a_day_an_action_still_has_a_state() -> None:
    assert due_state(None, done=False, today=TODAY) is Due.UNDATED


@given(st.one_of(st.none(), st.dates()))
def test_what_is_done_is_never_late(day: date | None) -> None:
    assert due_state(day, done=True, today=TODAY) is Due.DONE


def test_days_late_counts_from_the_day_after() -> None:
    assert days_late(date(2026, 10, 13), TODAY) == 1
    assert days_late(TODAY, TODAY) == 0
    assert days_late(None, TODAY) == 0


@pytest.mark.parametrize(
    ("text", "groups", "said"),
    [
        ("Boekpromotie in groep 3 en 4", [3, 4], True),
        ("Boekpromotie in groep 3 en 4", [3, 4, 5], False),
        ("Groep 5 t/m 8 leest voor", [6, 7], True),
        ("Lezen in groep 5-6", [5, 6], True),
        ("Groepen 5, 6 en 8", [5, 8], True),
        ("Mediales voor klas 1", [1], True),
        ("Boekenkring", [5], False),
        ("Acht boeken voor 5 kinderen", [5], False),
        ("Boekenkring in groep 5", [], False),
    ],
)
def test_a_line_says_its_groups_once(text: str, groups: list[int], said: bool) -> None:
    assert says_groups(text, groups) is said
