"""The table of minimum sizes, what is seen inside a school, which blocks are made and who counts where."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from leesbouw.indicators.domain.suppression import (
    ALONE,
    Inside,
    Member,
    Place,
    Publisher,
    State,
    SuppressionRules,
    atoms_of,
    look_inside,
    spread,
)
from leesbouw.indicators.domain.suppression.minima import Minimum

from .worlds import RULES

YEARS = {
    "group:1": frozenset({5}),
    "group:2": frozenset({5}),
    "group:3": frozenset({6}),
    "group:4": frozenset({6}),
}


def inside(persons: dict[str, int], *, main: bool = True, years: dict[str, frozenset[int]] = YEARS) -> Inside:
    def fewest(kind: str) -> int | None:
        found = RULES.minimum("location", "pupils", kind, main=main)
        return found.persons if found else None

    return look_inside({ALONE: sum(persons.values()), **persons}, fewest, years)


def alone(*sizes: int, state: State = State.NOTHING) -> dict[int, Member]:
    return {n: Member(n, {ALONE: size}, state) for n, size in enumerate(sizes, start=1)}


def blocks(members: dict[int, Member], kept: list[frozenset[int]] | None = None) -> list[list[int]]:
    units = [frozenset({location}) for location in members]
    return [sorted(atom) for atom in atoms_of(members, units, 10, kept or [])]


# The table


@pytest.mark.parametrize(
    ("level", "population", "kind", "main", "minimum"),
    [
        ("location", "pupils", "", True, Minimum(5, 1)),
        ("location", "pupils", "group", True, Minimum(5, 1)),
        ("location", "pupils", "", False, Minimum(10, 1)),
        ("location", "pupils", "sex", True, Minimum(10, 1)),
        ("location", "pupils", "home_language", True, Minimum(10, 1)),
        ("location", "pupils", "dyslexia", True, None),
        ("municipality", "pupils", "dyslexia", True, None),
        ("board", "pupils", "dyslexia", True, None),
        ("library", "pupils", "dyslexia", True, Minimum(10, 2)),
        ("municipality", "pupils", "", True, Minimum(10, 2)),
        ("municipality", "pupils", "group", True, None),
        ("location", "teachers", "", False, Minimum(3, 1)),
        ("location", "teachers", "build", False, Minimum(3, 1)),
        ("location", "teachers", "group", False, None),
        ("municipality", "teachers", "", False, Minimum(3, 2)),
        ("province", "pupils", "", True, Minimum(10, 30)),
        ("nation", "locations", "", True, Minimum(1, 30, makers=2)),
    ],
)
def test_the_table_of_minimum_sizes(
    level: str, population: str, kind: str, main: bool, minimum: Minimum | None
) -> None:
    assert RULES.minimum(level, population, kind, main=main) == minimum  # type: ignore[arg-type]


def test_a_line_that_occurs_twice_is_refused() -> None:
    line = {"level": "library", "population": "pupils", "persons": 10}

    with pytest.raises(ValidationError, match="twice"):
        SuppressionRules.model_validate({"rules": [line, line]})


# Inside a school


def test_every_group_that_is_large_enough_is_seen() -> None:
    seen = inside({"group:1": 12, "group:2": 10}, main=False)

    assert seen.shown == {"", "group:1", "group:2"}


def test_one_group_that_is_too_small_hides_the_next_smallest() -> None:
    assert inside({"group:1": 4, "group:2": 20, "group:3": 6}).shown == {"", "group:2"}


def test_two_small_groups_that_are_too_small_together_hide_a_third() -> None:
    assert inside({"group:1": 2, "group:2": 20, "group:3": 2, "group:4": 8}).shown == {"", "group:2"}
    assert inside({"group:1": 2, "group:2": 20, "group:3": 3, "group:4": 8}).shown == {
        "",
        "group:2",
        "group:4",
    }


def test_of_five_to_nine_children_only_main_measures_are_seen() -> None:
    persons = {"group:1": 7, "group:2": 9}

    assert inside(persons, main=True).shown == {"", "group:1", "group:2"}
    assert inside(persons, main=False).shown == {""}


def test_of_fewer_than_five_nothing_is_seen() -> None:
    assert inside({"group:1": 4}).shown == frozenset()


def test_who_is_in_no_group_is_a_group_that_is_hidden() -> None:
    seen = look_inside({"": 31, "group:1": 20, "group:2": 10}, lambda kind: 5, YEARS)

    assert seen.shown == {"", "group:1"}


def test_a_year_group_is_seen_as_a_sum_of_groups_that_are_seen() -> None:
    persons = {"": 50, "group:1": 12, "group:2": 4, "group:3": 9, "group:4": 25}
    years = {"year_group:5": 16, "year_group:6": 34}

    seen = look_inside({**persons, **years}, lambda kind: 5, YEARS)

    assert seen.shown == {"", "group:1", "group:4"}  # 2 and 3 are hidden, each in another year group
    assert seen.states["year_group"] == State.NOTHING


def test_a_year_group_that_holds_every_hidden_group_is_seen() -> None:
    persons = {"": 50, "group:1": 7, "group:2": 4, "group:3": 14, "group:4": 25}
    years = {"year_group:5": 11, "year_group:6": 39}

    seen = look_inside({**persons, **years}, lambda kind: 5, YEARS)

    assert seen.shown == {"", "group:3", "group:4", "year_group:5", "year_group:6"}


def test_the_two_years_of_a_combination_group_are_not_seen_apart() -> None:
    groups = {"group:1": frozenset({5}), "group:2": frozenset({6, 7})}
    persons = {
        "": 30,
        "group:1": 12,
        "group:2": 18,
        "year_group:5": 12,
        "year_group:6": 10,
        "year_group:7": 8,
    }

    seen = look_inside(persons, lambda kind: 5, groups)

    assert seen.shown == {"", "group:1", "group:2", "year_group:5"}
    assert seen.states["year_group"] == State.CROSSING


def test_another_breakdown_is_seen_as_a_whole_or_not_at_all() -> None:
    groups = {"group:1": 30, "group:2": 30}

    def seen(**sexes: int) -> frozenset[str]:
        cells = {"": 60, **groups, **{f"sex:{name[1]}": number for name, number in sexes.items()}}
        return inside_of(cells).shown - {"", "group:1", "group:2"}

    def inside_of(cells: dict[str, int]) -> Inside:
        return look_inside(cells, lambda kind: 10, YEARS)

    assert seen(s1=30, s2=30) == {"sex:1", "sex:2"}
    assert seen(s1=51, s2=9) == frozenset()
    assert seen(s1=30, s2=29) == frozenset()  # one child did not say


def test_another_breakdown_is_not_seen_beside_a_hidden_group() -> None:
    cells = {"": 63, "group:1": 3, "group:2": 30, "group:3": 30, "sex:1": 30, "sex:2": 33}

    assert look_inside(cells, lambda kind: 5, YEARS).shown == {"", "group:3"}


# Blocks


def test_small_schools_make_blocks_of_two_or_more_and_ten_persons_or_more() -> None:
    assert blocks(alone(3, 4, 9)) == [[1, 2, 3]]
    assert blocks(alone(9, 8)) == [[1, 2]]
    assert blocks(alone(4, 4)) == []
    assert blocks(alone(9)) == []


def test_who_is_left_over_joins_the_last_block() -> None:
    assert blocks(alone(6, 6, 7, 7, 2)) == [[1, 2, 5], [3, 4]]
    assert blocks(alone(2, 9, 9)) == [[1, 2, 3]]


def test_schools_that_see_their_own_figure_need_ten_persons_beside_each() -> None:
    assert blocks(alone(9, 9, state=State.ALL)) == []
    assert blocks(alone(5, 5, 9, state=State.ALL)) == [[1, 2, 3]]
    assert blocks(alone(5, 6, 4, state=State.ALL)) == []  # without 6 there are 9


def test_who_sees_and_who_does_not_share_no_block() -> None:
    members = alone(4, 4, 8, 8)
    members |= {n: Member(n, members[n].parts, State.ALL) for n in (3, 4)}

    assert blocks(members) == []


def test_a_block_stays_as_it_is_when_somebody_comes_later() -> None:
    kept = [frozenset({1, 2})]

    assert blocks(alone(9, 9, 2), kept) == [[1, 2]]
    assert blocks(alone(9, 9, 4, 7), kept) == [[1, 2], [3, 4]]


def test_a_block_that_passes_no_longer_rests_and_nobody_of_it_shares_another() -> None:
    assert blocks(alone(3, 3, 8), [frozenset({1, 2})]) == []


# Levels


def test_a_municipality_with_one_school_counts_nowhere() -> None:
    members = alone(20, 20, 20, state=State.ALL)
    places = {n: Place(n, 11 if n < 3 else 12, 21, 30 + n, 41, 51) for n in members}
    atoms = {
        (21, 11): [frozenset({1}), frozenset({2})],
        (21, 12): [frozenset({3})],
    }
    minima = {level: Minimum(10, 2) for level in ("municipality", "library", "board")}

    rows = {(row.level, row.key): row for row in spread(atoms, members, places, minima)}  # type: ignore[arg-type]

    assert rows.keys() == {("municipality", 11), ("library", 21), ("board", 31), ("board", 32), ("board", 33)}
    assert rows["library", 21].locations == {1, 2}
    assert [rows["board", key].too_few for key in (31, 32, 33)] == [True, True, True]
    assert not rows["municipality", 11].too_few


def test_the_example_of_the_handbook_for_developers() -> None:
    """docs/developers/indicators.md tells this story."""
    sizes = {1: 40, 2: 25, 3: 8, 4: 4, 5: 4, 6: 3}
    places = {n: Place(n, 11, 21, 30 + n, 41, 51) for n in sizes}

    found = Publisher(RULES, "pupils", main=True).publish(
        {n: {"": size} for n, size in sizes.items()}, {}, places
    )

    assert [n for n in sizes if found.inside[n].shown] == [1, 2, 3]
    assert found.blocks == {"": [frozenset({4, 5, 6})]}
    (row,) = [row for row in found.rows if row.level == "municipality"]
    assert (row.locations, sum(sizes[n] for n in row.locations)) == ({1, 2, 4, 5, 6}, 76)
    assert inside({"group:1": 20, "group:2": 13, "group:3": 4, "group:4": 3}).shown == {
        "",
        "group:1",
        "group:2",
    }
    assert inside({"group:1": 20, "group:2": 16, "group:3": 4}).shown == {"", "group:1"}
