"""The raw cells, for computing what is published. Nothing of this is shown to anybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from leesbouw.core.db import Asked
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import ClassGroup, Location, LocationYear, Nation

from ..domain.suppression import Atom, Place
from ..models import BlockMember, Cell

SIZES = (100, 200, 300, 400, 600)  # pupils, above which a school is in the next band
WEIGHTS = (Decimal(28), Decimal(30), Decimal(32))  # CBS's school weight runs from about 20 to 40


def year_groups_of(location: Location, year: SchoolYear) -> dict[str, frozenset[int]]:
    """The year groups of each group of a location, by the name of its breakdown: "group:12"."""
    return year_groups_at([location.pk], year)


def year_groups_at(locations: Iterable[int], year: SchoolYear) -> dict[str, frozenset[int]]:
    """The same of many locations."""
    groups = ClassGroup.objects.filter(location__in=list(locations), year=year)
    return {f"group:{pk}": frozenset(years) for pk, years in groups.values_list("pk", "year_groups")}


def codes_of_year(year: SchoolYear) -> list[str]:
    """The measures that have cells in a year."""
    cells = Cell.objects.trusted("which measures have cells").filter(year=year)
    return sorted(set(cells.values_list("code", flat=True)))


class RawCell(NamedTuple):
    """The values of a cell, as `OF_CELL` names them: there are thousands, and making an object of each costs more than
    all that is done with them."""

    location_id: int
    year: int
    code: str
    measure_version: int
    breakdown: str
    numerator: float
    denominator: float
    persons: int
    total: float
    sum_squares: float
    population: int | None


SUMS = ("numerator", "denominator", "persons", "total", "sum_squares", "population")
OF_CELL = ("location", "year", "code", "measure_version", "breakdown", *SUMS)
CELLS = Asked(
    lambda: (
        Cell.objects.trusted("adding up what is published")
        .filter(code="")
        .filter(year=SchoolYear(2000))
        .order_by("location_id", "breakdown")
        .values_list("location", "measure_version", "breakdown", *SUMS)
    )
)
BLOCKS = Asked(
    lambda: (
        BlockMember.objects.trusted("blocks stay as they were")
        .filter(code="")
        .filter(measure_version=0)
        .filter(year=SchoolYear(2000))
        .values_list("kind", "block", "location_id")
    )
)


def cells_of(code: str, year: SchoolYear) -> dict[int, list[RawCell]]:
    """Every cell of a measure in a year, by its version."""
    found: dict[int, list[RawCell]] = defaultdict(list)
    for location, version, *rest in CELLS.rows(code, year.first):
        found[version].append(RawCell(location, year.first, code, version, *rest))
    return dict(found)


def places_of(year: SchoolYear) -> dict[int, Place]:
    """To whom every location belonged in a year."""
    nation = Nation.objects.order_by("pk").values_list("pk", flat=True).first()
    rows = LocationYear.objects.filter(year=year)
    rows = rows.select_related("location", "municipality")
    return {
        row.location_id: Place(
            location=row.location_id,
            municipality=row.municipality_id,
            library=row.library_id,
            board=row.board_id,
            province=row.municipality.province_id,
            nation=nation or 0,
            band=band_of(row.location.sector, row.pupils, row.weight),
        )
        for row in rows
    }


def band_of(sector: str, pupils: int | None, weight: Decimal | None) -> str:
    """Which schools may be compared: of the same sector, about the same size, and about the same school weight.

    Schools without a known size are comparable with nobody; without a weight, with those that have none either.
    """
    if pupils is None:
        return ""
    size = sum(pupils >= limit for limit in SIZES)
    heavy = "" if weight is None else str(sum(weight >= limit for limit in WEIGHTS))
    return f"{sector}-{size}-{heavy}"


def blocks_of(code: str, version: int, year: SchoolYear) -> dict[str, list[Atom]]:
    """The blocks of an earlier publication, by kind of breakdown."""
    blocks: dict[tuple[str, int], set[int]] = defaultdict(set)
    for kind, block, location in BLOCKS.rows(code, version, year.first):
        blocks[kind, block].add(location)
    result: dict[str, list[Atom]] = defaultdict(list)
    for (kind, _block), locations in sorted(blocks.items()):
        result[kind].append(frozenset(locations))
    return dict(result)
