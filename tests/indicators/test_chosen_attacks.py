"""Attacks by linear algebra on sets that somebody chooses: all of them at once, with their panels, beside all levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

import pytest

from leesbouw.accounts.queries import actor_of_assignment
from leesbouw.core.access import SYSTEM
from leesbouw.indicators.actions import publish
from leesbouw.indicators.queries import Figure, Shown, chosen_figures, figures
from leesbouw.organisations.actions import YearRow, start_partnership, write_location_years
from leesbouw.organisations.models import Location
from tests.factories.cast import START, Cast

from .algebra import Known, indicator
from .cells import YEAR, Made, close
from .test_figures import make_schools

pytestmark = pytest.mark.django_db
MEAN = "home-climate"  # a main measure of pupils; its sum tells which schools are in it
BEFORE = YEAR.previous
PERSONS = {  # this year and the year before, school by school; nothing is no round
    BEFORE: (20, 30, 4, 3, 12, 24, 4, 25, 30),
    YEAR: (22, 4, 21, 3, 0, 18, 4, 26, 8),
}
OURS = 6  # the first of them work with the library that looks


@pytest.fixture
def schools(cast: Cast) -> list[Location]:
    made = make_schools(cast, len(PERSONS[YEAR]))
    write_location_years([YearRow(one.pk, pupils=210) for one in made], year=BEFORE, by=SYSTEM)
    for school in made[:OURS]:
        start_partnership(
            library=cast.library_a,
            location=school,
            by=SYSTEM,
            starts_on=START,
            programme="po",
            domains=["reading"],
            phase="execution",
        )
    cast.actors["manager"] = actor_of_assignment(cast.manager.assignment_id)
    for year, numbers in PERSONS.items():
        for at, (school, persons) in enumerate(zip(made, numbers, strict=True)):
            if persons:
                close(school, Made(MEAN, 1, "", 0, persons, persons, 2**at, 4**at), year=year)
        publish(year=year, by=SYSTEM)
    return made


def vectors(found: Iterable[Figure]) -> Iterator[dict]:
    """Which schools are in each figure of each year, read from its sum."""
    for one in found:
        if isinstance(one.result, Shown):
            total = round(one.result.value * one.result.base)
            yield indicator((one.year, at) for at in range(len(PERSONS[YEAR])) if total >> at & 1)


def one_by_one(actor, schools: list[Location]) -> Known:  # type: ignore[no-untyped-def]
    """Everything that the library reads without choosing: its schools, and all levels with their panels."""
    units = [*schools, *levels_of(schools)]
    known = Known(vectors(figures(actor, MEAN, units, [BEFORE, YEAR])))
    known.learn(vectors(figures(actor, MEAN, units, [BEFORE, YEAR], panel=True)))
    return known


def levels_of(schools: list[Location]) -> list:
    one = schools[0]
    return [one.municipality, one.municipality.province, one.board]


def sets(actor, schools: list[Location]) -> Iterator[dict]:  # type: ignore[no-untyped-def]
    for number in range(1, len(schools) + 1):
        for chosen in combinations(schools, number):
            for panel in (False, True):
                yield from vectors(chosen_figures(actor, MEAN, chosen, [BEFORE, YEAR], panel=panel))


def test_all_sets_with_all_their_panels_say_nothing_that_was_not_read_one_by_one(cast, schools) -> None:
    known = one_by_one(cast.manager, schools)
    found = list(sets(cast.manager, schools[:OURS]))

    assert len(found) > 60
    assert [one for one in found if not known.gives(one)] == []


def test_who_chooses_every_set_computes_no_small_school(cast, schools) -> None:
    known = one_by_one(cast.manager, schools)
    known.learn(sets(cast.manager, schools[:OURS]))

    small = [(year, at) for year in PERSONS for at, one in enumerate(PERSONS[year]) if 0 < one < 5]
    assert len(small) == 6
    assert [one for one in small if known.gives(indicator([one]))] == []


def test_a_set_with_schools_out_of_reach_is_the_set_without_them(cast, schools) -> None:
    def shown(units: list[Location], panel: bool) -> list[dict]:
        return list(vectors(chosen_figures(cast.manager, MEAN, units, [BEFORE, YEAR], panel=panel)))

    assert [shown(schools, panel) for panel in (False, True)] == [
        shown(schools[:OURS], panel) for panel in (False, True)
    ]
    assert shown(schools[OURS:], False) == []
