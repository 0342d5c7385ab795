"""What a child is called on a screen, and looking for a name that is spelt otherwise."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.pupils.domain import (
    display_names,
    enrolment_start,
    folded,
    found_names,
    is_many_gone,
    month_later,
    usual_leavers,
)

SHARES = {"po": {"turn": 0.20, "rest": 0.10}, "vo": {"turn": 0.35, "rest": 0.15}}


def test_a_child_is_called_by_first_name_and_letter() -> None:
    assert display_names([(1, "Noor", "de", "Vries"), (2, "Sem", "", "Bakker")]) == {
        1: "Noor V.",
        2: "Sem B.",
    }


def test_two_who_would_look_alike_are_called_in_full() -> None:
    rows = [(1, "Noor", "de", "Vries"), (2, "Noor", "", "Visser"), (3, "Noor", "", "Bakker")]
    assert display_names(rows) == {1: "Noor de Vries", 2: "Noor Visser", 3: "Noor B."}


def test_a_missing_part_leaves_no_gap() -> None:
    assert display_names([(1, "Noor", "", ""), (2, "", "de", "Vries")]) == {1: "Noor", 2: "de Vries"}


@pytest.mark.parametrize("wish", ["noor", "Nor", "vries", "de vries", "Noor d", "nóór", "vreis"])
def test_a_name_is_found_however_it_is_spelt(wish: str) -> None:
    rows = [(1, "Noor", "de", "Vries"), (2, "Sem", "", "Bakker"), (3, "Yusuf", "", "Kaya")]
    assert found_names(wish, rows)[:1] == [1]


@given(st.text(st.characters(max_codepoint=127)))
def test_a_plain_name_folds_as_any_other_does(text: str) -> None:
    accented = folded(text + "é")
    assert accented == folded(text + "e")
    assert folded(folded(text)) == folded(text)


def test_what_fits_nobody_finds_nobody() -> None:
    assert found_names("qqqq", [(1, "Noor", "de", "Vries")]) == []


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_a_month_is_between_28_and_31_days(day: date) -> None:
    assert 28 <= (month_later(day) - day).days <= 31


def test_a_month_after_the_last_of_january_is_the_last_of_february() -> None:
    assert month_later(date(2027, 1, 31)) == date(2027, 2, 28)


def test_more_leavers_are_usual_at_the_turn_of_the_year() -> None:
    assert usual_leavers("po", date(2026, 9, 1), SHARES) == 0.20
    assert usual_leavers("po", date(2027, 2, 1), SHARES) == 0.10
    assert usual_leavers("vo", date(2026, 9, 1), SHARES) == 0.35
    assert usual_leavers("sbo", date(2026, 9, 1), SHARES) == 0.20


def test_a_handful_of_leavers_is_never_many() -> None:
    assert not is_many_gone(5, 10, 0.2)
    assert is_many_gone(6, 10, 0.2)
    assert not is_many_gone(20, 100, 0.2)
    assert is_many_gone(21, 100, 0.2)


def test_the_first_file_of_a_year_counts_from_its_first_day() -> None:
    start = date(2026, 8, 1)
    assert enrolment_start(start, date(2026, 9, 20), is_first_file=True) == start
    assert enrolment_start(start, date(2026, 9, 20), is_first_file=False) == date(2026, 9, 20)
    assert enrolment_start(date(2027, 8, 1), date(2027, 7, 1), is_first_file=False) == date(2027, 8, 1)
