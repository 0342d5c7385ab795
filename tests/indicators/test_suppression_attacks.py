"""Attacks by linear algebra: no hidden cell follows from everything that was published, whoever looks."""

from __future__ import annotations

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from leesbouw.indicators.domain.suppression import ALONE, TREE, Place

from .algebra import Known, indicator
from .worlds import Published, School, publish, worlds

OUTSIDE = 10
EXAMPLES = int(os.environ.get("LEESBOUW_ATTACKS", "15"))  # more of them when the rules change: 2000


def seen_inside(world: list[School], published: Published, location: int) -> list[dict]:
    school = next(one for one in world if one.place.location == location)
    cells = school.breakdowns()
    return [indicator(cells[name]) for name in published.inside[location].shown]


def above(published: Published) -> list[dict]:
    return [indicator(columns) for row, columns in published.rows if not row.too_few]


def smallest(name: str, main: bool) -> int:
    return 5 if main and name.partition(":")[0] in {ALONE, "group", "year_group"} else 10


def leaks(
    world: list[School],
    known: Known,
    *,
    hidden_only: Published | None = None,
    main: bool = True,
    but: int = 0,
) -> list:
    """Cells that follow though they are too small or, inside, hidden to protect another; or too small for an outsider."""
    found = []
    for school in world:
        if school.place.location == but:
            continue
        persons = school.persons()
        for name, columns in school.breakdowns().items():
            if hidden_only is not None:
                is_hidden = name in persons and name not in hidden_only.inside[school.place.location].shown
                secret = is_hidden and (persons[name] < smallest(name, main) or name.startswith("group:"))
            else:
                secret = 0 < persons.get(name, 0) < OUTSIDE
            if secret and known.gives(indicator(columns)):
                found.append((school.place.location, name, persons[name]))
    return found


@given(worlds(), st.booleans())
@settings(max_examples=EXAMPLES)
def test_who_sees_everything_computes_no_cell_that_is_hidden_inside(world: list[School], main: bool) -> None:
    published = publish(world, main)
    known = Known(above(published))
    for school in world:
        known.learn(seen_inside(world, published, school.place.location))

    assert leaks(world, known, hidden_only=published, main=main) == []


@given(worlds(), st.booleans())
@settings(max_examples=EXAMPLES)
def test_who_sees_the_levels_computes_no_small_cell_of_a_school(world: list[School], main: bool) -> None:
    assert leaks(world, Known(above(publish(world, main)))) == []


@given(worlds(), st.booleans())
@settings(max_examples=EXAMPLES)
def test_who_knows_one_school_computes_no_small_cell_of_another(world: list[School], main: bool) -> None:
    published = publish(world, main)
    for school in world:
        own = school.place.location
        known = Known([*above(published), *seen_inside(world, published, own)])

        assert leaks(world, known, but=own) == []


@given(worlds(), st.booleans())
@settings(max_examples=EXAMPLES)
def test_a_municipality_or_library_that_is_hidden_is_no_difference_of_others(
    world: list[School], main: bool
) -> None:
    published = publish(world, main)
    rows = published.rows
    tree = Known(indicator(columns) for row, columns in rows if row.level in TREE and not row.too_few)

    assert not [row for row, _ in rows if row.level in {"municipality", "library"} and row.too_few]
    for municipality in (11, 12, 13):
        members = [one for one in world if one.place.municipality == municipality]
        columns = [column for one in members for column in one.counts]
        if len(members) == 1 and sum(members[0].counts.values()):
            assert not tree.gives(indicator(columns))


@given(worlds(), st.integers(1, 5), st.booleans())
@settings(max_examples=EXAMPLES)
def test_a_later_publication_gives_away_nobody_who_came_later(
    world: list[School], early: int, main: bool
) -> None:
    first = publish(world[:early], main)
    second = publish(world, main, before=first)
    known = Known([*above(first), *above(second)])

    assert leaks(world, known) == []
    for school in world:
        known.learn(seen_inside(world, second, school.place.location))
    assert leaks(world, known, hidden_only=second, main=main) == []


@given(worlds(), st.integers(0, 5), st.booleans())
@settings(max_examples=EXAMPLES)
def test_a_later_publication_gives_away_nobody_who_was_taken_away(
    world: list[School], gone: int, main: bool
) -> None:
    first = publish(world, main)
    left = [one for number, one in enumerate(world) if number != gone % len(world)]
    second = publish(left, main, before=first)
    third = publish(world, main, before=second)  # and came again

    assert leaks(world, Known([*above(first), *above(second), *above(third)])) == []
    assert third.rows == first.rows


@given(worlds(crossing=False), st.booleans())
@settings(max_examples=EXAMPLES)
def test_every_figure_that_leaves_stands_on_enough_persons(world: list[School], main: bool) -> None:
    published = publish(world, main)
    counts = {column: number for school in world for column, number in school.counts.items()}

    for row, columns in published.rows:
        if not row.too_few:
            assert sum(counts[column] for column in columns) >= OUTSIDE
            assert len(row.locations) >= (5 if row.level == "comparable" else 2)
    for school in world:
        persons = school.persons()
        for name in published.inside[school.place.location].shown:
            assert persons[name] >= (
                5 if main and name.partition(":")[0] in {ALONE, "group", "year_group"} else 10
            )


def test_the_attack_itself_finds_a_cell_that_is_given_away() -> None:
    whole, most = indicator(["a", "b", "c"]), indicator(["a", "b"])

    assert Known([whole, most]).gives(indicator(["c"]))
    assert not Known([whole, most]).gives(indicator(["a"]))
    assert Known([indicator(["a", "b"]), indicator(["b", "c"]), indicator(["a", "c"])]).gives(
        indicator(["a"])
    )


def school(location: int, *groups: tuple[frozenset[int], dict[int, int]]) -> School:
    """A school in one municipality; of each group its year groups, and the persons of each."""
    numbered = dict(enumerate(groups, start=location * 10))
    return School(
        Place(location, 11, 21, 31, 41, 51, "x"),
        {number: years for number, (years, _) in numbered.items()},
        {
            (location, number, year, 0, 0): persons.get(year, 0)
            for number, (years, persons) in numbered.items()
            for year in sorted(years)
        },
    )


def small(location: int, first: int, second: int) -> School:
    """Four pupils in one year group and six in another: ten together, and each too few for what is no main measure."""
    return school(location, (frozenset({first}), {first: 4}), (frozenset({second}), {second: 6}))


def test_a_block_that_lost_a_school_rests() -> None:
    """Four schools of four children: without the fourth the others would pass, and four be the difference."""
    world = [school(location, (frozenset({5}), {5: 4})) for location in (1, 2, 3, 4)]
    first = publish(world, main=False)

    second = publish(world[:3], main=False, before=first)

    assert first.publication.blocks[ALONE] == second.publication.blocks[ALONE] == [frozenset({1, 2, 3, 4})]
    assert {row.level for row, _ in first.rows if not row.too_few} == {"municipality", "library", "board"}
    assert second.rows == []


def everything_known(world: list[School], published: Published) -> Known:
    known = Known(above(published))
    for one in world:
        known.learn(seen_inside(world, published, one.place.location))
    return known


def test_a_school_that_is_a_bridge_between_two_blocks_is_in_neither() -> None:
    """In one block with all, years 5 and 6 of the block less the schools with just those are year 6 of the third."""
    years = [(5, 6), (7, 8), (6, 7), (5, 6), (7, 8), (5, 6), (7, 8)]
    world = [small(location, *of_school) for location, of_school in enumerate(years, start=1)]

    published = publish(world, main=False)

    assert published.publication.blocks["year_group"] == [frozenset({1, 4, 6}), frozenset({2, 5, 7})]
    assert leaks(world, everything_known(world, published), hidden_only=published, main=False) == []


def test_a_combination_group_beside_a_hidden_group_counts_in_no_year() -> None:
    """Year 5 less the first group is its part of the combination group, and so on until the group of four."""
    mixed = school(
        1,
        (frozenset({5}), {5: 12}),
        (frozenset({5, 6}), {5: 4, 6: 8}),
        (frozenset({6}), {6: 4}),
        (frozenset({7}), {7: 11}),
    )
    plain = school(2, *((frozenset({year}), {year: 15}) for year in (5, 6, 7)))

    published = publish([mixed, plain], main=False)

    assert not [
        row for row, _ in published.rows if row.breakdown.startswith("year_group") and not row.too_few
    ]
    assert (
        leaks([mixed, plain], everything_known([mixed, plain], published), hidden_only=published, main=False)
        == []
    )
