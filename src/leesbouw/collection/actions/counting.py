"""What stands on the shelves, told to the figures: so that plans, goals and reports read it like any other figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _now

from leesbouw.core.access import SYSTEM, Actor
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.actions import FactRow, publish, store_cells, store_facts
from leesbouw.indicators.queries import measure
from leesbouw.organisations.models import Location

from ..domain import recent_answer
from ..queries import ShelfSums, children_of, shelf_sums

COUNT_JOB = "collection.count_shelves"
PER_CHILD, AGE, RENEWAL, WEEDED = "shelf-books-per-pupil", "shelf-age", "shelf-renewal", "shelf-weeded"
MEASURES = (PER_CHILD, AGE, RENEWAL, WEEDED)


@dataclass(frozen=True, slots=True)
class _Cell:
    """One figure of one location: a mean has its value in `total`, a share both its numbers."""

    measure: str
    version: int
    total: float
    denominator: float = 1
    numerator: float = 0
    breakdown: str = ""
    persons: int = 1

    @property
    def sum_squares(self) -> float:
        return self.total**2 if self.denominator == 1 else self.total


def count_shelves(*, year: SchoolYear, by: Actor, progress: Callable[[int, int], None] | None = None) -> int:
    """Counts every shelf as it is today, for the figures of a year; returns at how many locations. For the worker.

    It counts for everybody, whoever asks; what leaves is decided by `indicators`.
    """
    sums = shelf_sums(SYSTEM)
    children = children_of(SYSTEM, sums, year)
    versions = {code: measure(code).version for code in MEASURES}
    places = Location.objects.in_bulk(sums)
    for number, (pk, one) in enumerate(sums.items()):
        if progress:
            progress(number, len(sums))
        cells = list(_cells(one, children.get(pk), versions))
        store_cells(location=places[pk], year=year, cells=cells, by=by)
    store_facts(year=year, rows=[row for pk, one in sums.items() for row in _facts(places[pk], one)], by=by)
    if sums:
        publish(year=year, by=by, measures=list(MEASURES))
    return len(sums)


def _cells(one: ShelfSums, children: int | None, versions: dict[str, int]) -> Iterator[_Cell]:
    if children:
        yield _Cell(PER_CHILD, versions[PER_CHILD], one.fixed / children)
    if one.ages.years is not None:
        yield _Cell(AGE, versions[AGE], one.ages.years)
        came = one.ages.last_year
        yield _Cell(RENEWAL, versions[RENEWAL], came, one.fixed, came)
    if there := one.copies + one.weeded:
        yield _Cell(WEEDED, versions[WEEDED], one.weeded, there, one.weeded)


def _facts(place: Location, one: ShelfSums) -> Iterator[FactRow]:
    """What the lists of the Monitor ask as well, so that nobody counts twice."""
    origin = _now("counted in the catalogue of Leesbouw")
    url = f"{place.get_absolute_url()}collectie/"
    yield FactRow(place.pk, "copies", Decimal(one.copies), origin, url)
    if one.ages.recent_share is not None:
        answer = recent_answer(one.ages.recent_share)
        yield FactRow(place.pk, "recent-share", Decimal(answer), origin, url)
