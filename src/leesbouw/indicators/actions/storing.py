"""Storing the raw cells of a location, and what is seen of them inside it: at once, when it closes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from django.db.models import Q

from leesbouw.core.access import Actor
from leesbouw.core.audit import record
from leesbouw.core.db import CHUNK, hold_row, insert_rows, write_transaction
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Location

from ..domain.suppression import ALONE, Inside, Publisher, kind_of
from ..enums import Reason
from ..models import Cell, Fact, Finding, Published
from ..queries.cells import OF_CELL, RawCell, year_groups_of
from ..queries.measures import measure
from ..queries.parameters import publisher_of

SEEN = ("unit", *OF_CELL[1:], "hidden", "band", "panel", "locations", "left_out")
NOTHING = (0.0, 0.0, 0, 0.0, 0.0, None)  # the sums of what is hidden


class CellLike(Protocol):
    """A cell as the room that counts the answers makes it."""

    @property
    def measure(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def breakdown(self) -> str: ...
    @property
    def numerator(self) -> float: ...
    @property
    def denominator(self) -> float: ...
    @property
    def persons(self) -> int: ...
    @property
    def total(self) -> float: ...
    @property
    def sum_squares(self) -> float: ...


def store_cells(
    *,
    location: Location,
    year: SchoolYear,
    cells: Iterable[CellLike],
    by: Actor,
    populations: Mapping[tuple[str, str], int] | None = None,
) -> int:
    """Replaces the cells of these measures at a location in a year, and what its own people see of them.

    `populations` gives how many could have answered, by population and breakdown: ("pupils", "group:12") -> 26. The
    levels above follow with `publish`. Returns how many cells there are. Raises LookupError for an unknown measure.
    """
    by_measure: Measures = defaultdict(list)
    for one in cells:
        by_measure[one.measure, one.version].append(_cell(one, location, year, populations or {}))
    years = year_groups_of(location, year)
    for chunk in _chunks(by_measure):
        with write_transaction():
            hold_row(Location, location.pk)
            _replace(location, year, {code for code, _version in chunk}, chunk, years)
    count = sum(map(len, by_measure.values()))
    with write_transaction():
        record(
            by=by,
            verb="indicators.store_cells",
            subject=location,
            unit_id=location.pk,
            count=count,
            data={"year": str(year)},
        )
    return count


def _cell(
    one: CellLike, location: Location, year: SchoolYear, populations: Mapping[tuple[str, str], int]
) -> RawCell:
    population = populations.get((measure(one.measure, one.version).body.population, one.breakdown))
    return RawCell(
        location.pk,
        year.first,
        one.measure,
        one.version,
        one.breakdown,
        one.numerator,
        one.denominator,
        one.persons,
        one.total,
        one.sum_squares,
        None if population is None else max(population, one.persons),
    )


Measures = dict[tuple[str, int], list[RawCell]]


def _chunks(by_measure: Mapping[tuple[str, int], list[RawCell]]) -> Iterator[Measures]:
    """Whole measures, together about as many cells as one write may take."""
    chunk: Measures = {}
    for key in sorted(by_measure):
        if chunk and sum(map(len, chunk.values())) + len(by_measure[key]) > CHUNK // 2:
            yield chunk
            chunk = {}
        chunk[key] = by_measure[key]
    if chunk:
        yield chunk


def _replace(
    location: Location,
    year: SchoolYear,
    codes: set[str],
    chunk: Measures,
    years: Mapping[str, frozenset[int]],
) -> None:
    Cell.objects.trusted("the cells of a location are replaced").filter(
        location=location, year=year, code__in=codes
    ).delete()
    Published.objects.filter(unit=location, year=year, code__in=codes).delete()
    insert_rows(Cell, OF_CELL, [cell for cells in chunk.values() for cell in cells])
    insert_rows(
        Published,
        SEEN,
        [
            row
            for (code, version), cells in chunk.items()
            for row in _seen_inside(cells, publisher_of(measure(code, version)), years)
        ],
    )


def _seen_inside(
    cells: list[RawCell], publisher: Publisher, years: Mapping[str, frozenset[int]]
) -> Iterator[tuple[Any, ...]]:
    """The values of what is seen of these cells, as `SEEN` names them."""
    inside = publisher.look_inside({cell.breakdown: cell.persons for cell in cells}, years)
    for cell in cells:
        hidden = _why_hidden(cell, inside, publisher)
        yield (*cell[:5], *(NOTHING if hidden else cell[5:]), hidden, "", 0, 1, 0)


def _why_hidden(cell: RawCell, inside: Inside, publisher: Publisher) -> str:
    if cell.breakdown in inside.shown:
        return ""
    fewest = publisher.fewest_inside(kind_of(cell.breakdown))
    if not cell.persons:
        return Reason.NOBODY
    if fewest is None:
        return Reason.NEVER
    if cell.persons < fewest or ALONE not in inside.shown:
        return Reason.FEW_PERSONS
    return Reason.PROTECTS


def drop_cells(*, location: Location, year: SchoolYear, by: Actor) -> int:
    """Takes away what a location measured in a year, because it came in by mistake; returns how many cells.

    What stood out in it and what it told of the location goes as well. What nobody else measured goes from the levels at once; the rest of them follows with `publish`.
    """
    with write_transaction():
        hold_row(Location, location.pk)
        cells = Cell.objects.trusted("the cells of a location are taken away").filter(year=year)
        mine = cells.filter(location=location)
        codes = set(mine.values_list("code", flat=True))
        count: int = mine.delete()[0]
        alone = codes - set(cells.filter(code__in=codes).values_list("code", flat=True))
        for model in (Published, Finding, Fact):
            model.objects.filter(unit=location, year=year).delete()
        of_year = Q(year=year) | Q(panel=year.first)
        Published.objects.filter(of_year, code__in=alone).delete()
        record(
            by=by,
            verb="indicators.drop_cells",
            subject=location,
            unit_id=location.pk,
            count=count,
            data={"year": str(year)},
        )
    return count
