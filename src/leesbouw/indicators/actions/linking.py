"""What goes together in a year, for every library, province and the whole country with enough schools."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from leesbouw.core.db import write_transaction
from leesbouw.core.time import SchoolYear

from ..domain.links import GroupCell, LinkedPair, observations, rounded_link
from ..domain.statistics import Observation
from ..domain.suppression import Level, Place, key_of, kind_of
from ..models import PublishedLink
from ..queries.cells import RawCell, cells_of, year_groups_at
from ..queries.measures import measure
from ..queries.parameters import difference_rule, link_rules, publisher_of

LINKED: tuple[Level, ...] = ("library", "province", "nation")
BY_GROUP = "group"


def publish_links(*, year: SchoolYear, places: Mapping[int, Place], codes: Iterable[str]) -> int:
    """Writes the links of a year anew, of the pairs whose measures are among these codes; returns how many."""
    codes = set(codes)
    pairs = [one for one in link_rules().pairs if {one.outcome, one.factor} <= codes]
    if not pairs:
        return 0
    years = year_groups_at(places, year)
    rows = [row for pair in pairs for row in _links(pair, year, places, years)]
    with write_transaction():
        for pair in pairs:
            PublishedLink.objects.filter(year=year, outcome=pair.outcome, factor=pair.factor).delete()
        PublishedLink.objects.bulk_create(rows)
    return len(rows)


def _links(
    pair: LinkedPair, year: SchoolYear, places: Mapping[int, Place], years: Mapping[str, frozenset[int]]
) -> Iterator[PublishedLink]:
    outcomes = list(_seen_groups(pair.outcome, year, years))
    factors = list(_groups(newest(pair.factor, year)))
    by_unit: dict[int, list[Observation]] = defaultdict(list)
    for one in observations(outcomes, factors, years):
        for level in LINKED if one.school in places else ():
            if isinstance(unit := key_of(places[one.school], level), int):
                by_unit[unit].append(one)
    for unit_id, found in sorted(by_unit.items()):
        link = rounded_link(found, fewest_schools=difference_rule().link_schools)
        if link is not None:
            yield PublishedLink(
                unit_id=unit_id,
                year=year,
                outcome=pair.outcome,
                factor=pair.factor,
                slope=link.slope,
                low=link.interval.low,
                high=link.interval.high,
                groups=link.groups,
                schools=link.schools,
            )


def _seen_groups(code: str, year: SchoolYear, years: Mapping[str, frozenset[int]]) -> Iterator[GroupCell]:
    """Only groups that the school itself may see: of the others nothing leaves, not even in a slope."""
    cells = newest(code, year)
    publisher = publisher_of(measure(code))
    persons: dict[int, dict[str, int]] = defaultdict(dict)
    for cell in cells:
        persons[cell.location_id][cell.breakdown] = cell.persons
    shown = {place: publisher.look_inside(counts, years).shown for place, counts in persons.items()}
    return (one for one in _groups(cells) if one.breakdown in shown[one.location])


def _groups(cells: Iterable[RawCell]) -> Iterator[GroupCell]:
    for cell in cells:
        if kind_of(cell.breakdown) == BY_GROUP and cell.denominator:
            yield GroupCell(cell.location_id, cell.breakdown, cell.numerator / cell.denominator)


def newest(code: str, year: SchoolYear) -> list[RawCell]:
    """The cells of the newest version of a measure that has some."""
    found = cells_of(code, year)
    return found[max(found)] if found else []
