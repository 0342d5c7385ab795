"""What the groups of next year are called, and that no group is lost or named twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.organisations.domain import (
    SCHOOL_YEAR_GROUPS,
    LastGroup,
    names_wrong,
    next_groups,
    next_name,
    year_groups_of,
)


def told(sector: str, *names: str) -> list[tuple[str, tuple[int, ...], str]]:
    """(name, years, which group it was) of what we propose; years are the digits of the names."""
    last = [
        LastGroup(number, name, tuple(int(sign) for sign in name if sign.isdigit()))
        for number, name in enumerate(names, 1)
    ]
    was = {group.id: group.name for group in last} | {None: ""}
    return [(one.name, one.year_groups, was[one.follows]) for one in next_groups(last, sector)]


def test_a_group_goes_up_a_year_and_the_highest_leaves():
    assert told("po", "5A", "groep 8") == [("6A", (6,), "5A")]


def test_a_combination_group_goes_up_together_and_loses_its_highest_year():
    assert told("po", "5/6", "7-8") == [("6/7", (6, 7), "5/6"), ("8", (8,), "7-8")]


def test_toddlers_stay_in_their_group_and_begin_in_year_three():
    assert told("po", "1/2a", "1/2b", "3") == [
        ("1/2a", (1, 2), "1/2a"),
        ("1/2b", (1, 2), "1/2b"),
        ("4", (4,), "3"),
        ("3a", (3,), "1/2a"),
        ("3b", (3,), "1/2b"),
    ]


def test_the_lowest_year_is_new():
    assert told("vo", "1A", "2A", "6A") == [("2A", (2,), "1A"), ("3A", (3,), "2A"), ("1A", (1,), "")]


@pytest.mark.parametrize("sector", ["so", "sbo"])
def test_special_schools_keep_the_names(sector):
    last = [LastGroup(1, "Vlinders", (3, 4)), LastGroup(2, "Eindgroep", (8,)), LastGroup(3, "Plus")]
    found = [(one.name, one.year_groups) for one in next_groups(last, sector)]

    assert found == [("Vlinders", (4, 5)), ("Plus", ())]


def test_child_care_keeps_everything():
    last = [LastGroup(1, "Bijtjes"), LastGroup(2, "Peuters 2")]

    assert [(one.name, one.follows) for one in next_groups(last, "ko")] == [("Bijtjes", 1), ("Peuters 2", 2)]


@pytest.mark.parametrize(
    ("name", "years", "coming", "expected"),
    [
        ("5A", (5,), (6,), "6A"),
        ("groep 5 - 6", (5, 6), (6, 7), "groep 6 - 7"),
        ("h2b2", (2,), (3,), "h3b2"),
        ("Vlinders", (5,), (6,), "Vlinders"),
        ("lokaal 12, groep 5", (5,), (6,), "lokaal 12, groep 6"),
        ("5A", (), (), "5A"),
    ],
)
def test_a_name_goes_along_with_its_years(name, years, coming, expected):
    assert next_name(name, years, coming) == expected


def test_names_that_are_missing_or_double_are_found():
    assert names_wrong(["5A", " ", "5a", "6"]) == (1, ["5A", "5a"])
    assert names_wrong(["5A", "6A"]) == (0, [])


def test_year_groups_are_read_as_people_write_them():
    assert [year_groups_of(text) for text in ("5", "6/5", "5, 6", "")] == [(5,), (5, 6), (5, 6), ()]
    with pytest.raises(ValueError, match="no year groups"):
        year_groups_of("vijf")


sectors = st.sampled_from(sorted(SCHOOL_YEAR_GROUPS))
names = st.text(alphabet="0123456789AB/ -v", min_size=1, max_size=6)


@st.composite
def schools(draw):
    sector = draw(sectors)
    found = draw(st.lists(names, unique_by=str.casefold, max_size=8))
    years = st.sets(st.sampled_from(SCHOOL_YEAR_GROUPS[sector] or (1,)), max_size=3)
    allowed = bool(SCHOOL_YEAR_GROUPS[sector])
    return sector, [
        LastGroup(number, name, tuple(sorted(draw(years))) if allowed else ())
        for number, name in enumerate(found, 1)
    ]


@given(schools())
def test_no_name_comes_twice_and_every_group_is_followed_or_ends(school):
    sector, last = school
    found = next_groups(last, sector)
    top = SCHOOL_YEAR_GROUPS[sector][-1:]

    assert len({one.name.casefold() for one in found}) == len(found)
    assert {group.id for group in last} - {one.follows for one in found} == {
        group.id for group in last if group.year_groups and group.year_groups == top
    }
    assert all(set(one.year_groups) <= set(SCHOOL_YEAR_GROUPS[sector]) for one in found)
    assert next_groups(last, sector) == found
