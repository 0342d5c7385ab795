"""What goes together: worked out from groups that may be seen, in whole points, and only of enough schools."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.core.access import SYSTEM
from leesbouw.indicators.actions import publish
from leesbouw.indicators.domain.links import GroupCell, observations, rounded_link
from leesbouw.indicators.domain.statistics import Observation
from leesbouw.indicators.models import PublishedLink
from leesbouw.indicators.queries import links
from leesbouw.organisations.actions import GroupRow, YearRow, save_groups, write_location_years
from leesbouw.organisations.models import Location

from .cells import SHARE, YEAR, close, share
from .test_figures import make_schools

FACTOR = "introduces-books"


def test_a_group_counts_where_both_are_known_and_its_year_is() -> None:
    years = {"group:1": frozenset({5}), "group:2": frozenset({7, 8}), "group:4": frozenset[int]()}
    pupils = [GroupCell(9, f"group:{n}", n / 10) for n in range(1, 5)]
    teachers = [GroupCell(9, f"group:{n}", 1.0) for n in (1, 2, 4)]

    assert list(observations(pupils, teachers, years)) == [
        Observation(0.1, 1.0, 9, (5.0,)),
        Observation(0.2, 1.0, 9, (7.5,)),
    ]


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0.0, 0.5, 1.0])), min_size=6, max_size=20))
def test_a_link_leaves_in_whole_points(cells: list[tuple[float, float]]) -> None:
    found = rounded_link(
        [Observation(outcome, factor, number // 2) for number, (outcome, factor) in enumerate(cells)],
        fewest_schools=3,
    )
    if found is not None:
        numbers = (found.slope, found.interval.low, found.interval.high)
        assert all(number == pytest.approx(round(number * 100) / 100) for number in numbers)
        assert (found.groups, found.schools) == (len(cells), (len(cells) + 1) // 2)


def measured(cast, number: int) -> list[Location]:  # type: ignore[no-untyped-def]
    """Schools of Elzen with two groups each; where a teacher introduces books 16 of 20 like reading, else 12."""
    schools = [*make_schools(cast, number)]
    write_location_years([YearRow(one.pk) for one in schools], year=YEAR, by=SYSTEM)
    for turn, school in enumerate(schools):
        groups = save_groups(
            [GroupRow("5", (5,)), GroupRow("6", (6,))], location=school, year=YEAR, by=SYSTEM
        )
        does = {group.pk: (turn + at) % 2 for at, group in enumerate(groups.values())}
        likes = {pk: 12 + 4 * one - (turn % 3 - 1) for pk, one in does.items()}
        close(
            school,
            share(sum(likes.values()), 40),
            *(share(count, 20, f"group:{pk}") for pk, count in likes.items()),
            share(sum(does.values()), 2, measure=FACTOR),
            *(share(one, 1, f"group:{pk}", measure=FACTOR) for pk, one in does.items()),
        )
    publish(year=YEAR, by=SYSTEM)
    return schools


def test_what_goes_together_is_told_of_thirty_schools(cast) -> None:  # type: ignore[no-untyped-def]
    measured(cast, 30)

    (found,) = links(cast.nation, cast.nation_unit, YEAR)
    assert (found.outcome.code, found.factor.code) == (SHARE, FACTOR)
    assert (found.slope, found.groups, found.schools, found.is_there) == (0.2, 60, 30, True)
    assert found.low <= 0.2 <= found.high
    assert {row.unit_id for row in PublishedLink.objects.all()} == {
        cast.library_a.pk,
        cast.province.pk,
        cast.nation_unit.pk,
    }
    assert [len(links(cast.outsider, unit, YEAR)) for unit in (cast.library_a, cast.nation_unit)] == [0, 1]


def test_of_twenty_nine_schools_nothing_is_said(cast) -> None:  # type: ignore[no-untyped-def]
    schools = measured(cast, 29)
    assert PublishedLink.objects.count() == 0

    close(schools[0], share(3, 3))
    publish(year=YEAR, by=SYSTEM)
    assert PublishedLink.objects.count() == 0


def test_a_group_that_is_hidden_inside_is_in_no_link(cast) -> None:  # type: ignore[no-untyped-def]
    schools = measured(cast, 31)
    small = save_groups([GroupRow("7", (7,)), GroupRow("8", (8,))], location=schools[0], year=YEAR, by=SYSTEM)
    close(
        schools[0],
        share(5, 7),
        *(share(2, number, f"group:{one.pk}") for number, one in zip((3, 4), small.values(), strict=True)),
        share(1, 2, measure=FACTOR),
        *(share(1, 1, f"group:{one.pk}", measure=FACTOR) for one in small.values()),
    )
    publish(year=YEAR, by=SYSTEM)

    (found,) = links(cast.nation, cast.nation_unit, YEAR)
    assert (found.groups, found.schools) == (60, 30)
    publish(year=YEAR, by=SYSTEM)
    assert PublishedLink.objects.count() == 3  # anew each time, and once
