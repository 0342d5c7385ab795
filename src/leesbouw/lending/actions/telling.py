"""Lending told to the figures: so that plans, goals and reports read it like any other figure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _now

from leesbouw.collection.queries import ShelfSums, children_of, shelf_sums
from leesbouw.core.access import SYSTEM, Actor
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.actions import FactRow, publish, store_cells, store_facts
from leesbouw.indicators.queries import Shown, figures, measure
from leesbouw.organisations.models import Location

from ..domain.measures import BOOKS, HOME, IN_MONTH, LAST_MONTH, LOANS, TURNOVER
from ..domain.months import YearSums, sums_of
from ..enums import MonthOrigin
from ..queries.months import months_of_year, origins_of_year

MEASURES = (LOANS, LAST_MONTH, IN_MONTH, HOME, TURNOVER)
HAS_SYSTEM = 3  # the answer "yes" of the lists of the Monitor


@dataclass(frozen=True, slots=True)
class _Cell:
    """One figure of a location or group. A mean has its value in `total`; every child was counted."""

    measure: str
    version: int
    total: float
    denominator: float = 1
    numerator: float = 0
    persons: int = 1
    breakdown: str = ""

    @property
    def sum_squares(self) -> float:
        return self.total**2 / self.denominator if self.denominator else 0


def tell_year(*, year: SchoolYear, by: Actor, also: Collection[int] = ()) -> int:
    """Tells the figures what was lent in a school year; returns of how many locations. For the worker.

    `also` are locations whose months may all have been taken back: their figures go. What leaves, and at which level,
    is decided by `indicators`.
    """
    months = months_of_year(year)
    empty = set(also) - {place for place, _group in months}
    if not months and not empty:
        return 0
    sums = {key: sums_of(rows) for key, rows in months.items()}
    places = Location.objects.in_bulk({place for place, _group in sums})
    shelves = shelf_sums(SYSTEM) if year == SchoolYear.running() else {}
    children = children_of(SYSTEM, list(places), year)
    versions = {code: measure(code).version for code in (*MEASURES, BOOKS)}
    for pk, place in places.items():
        one = sums[pk, None]
        pupils = (one.children or children.get(pk)) if place.is_school else None
        cells = list(_cells(one, pupils, shelves.get(pk), versions))
        for (where, group), those in sums.items():
            if where == pk and group is not None and len(months[where, group]) == len(months[pk, None]):
                cells += _of_children(those, those.children, versions, f"group:{group}")
        populations = {("pupils", cell.breakdown): cell.persons for cell in cells if cell.measure == LOANS}
        if cells:
            store_cells(location=place, year=year, cells=cells, by=by, populations=populations)
    for place in Location.objects.filter(pk__in=empty):
        nothing = [_Cell(code, versions[code], 0, 0, 0, 0) for code in _of_file(place, shelves)]
        store_cells(location=place, year=year, cells=nothing, by=by)
    publish(year=year, by=by, measures=[*MEASURES, BOOKS])
    _tell_facts(year, sums, places, by)
    _forget_facts(year, empty, by)
    return len(places)


def tell_facts(*, year: SchoolYear, by: Actor) -> None:
    """What was counted of a year that is over, once more: it goes before what somebody filled in since."""
    months = {key: rows for key, rows in months_of_year(year).items() if key[1] is None}
    if months:
        sums = {key: sums_of(rows) for key, rows in months.items()}
        _tell_facts(year, sums, Location.objects.in_bulk({place for place, _group in sums}), by)


def _of_file(place: Location, shelves: Mapping[int, ShelfSums]) -> tuple[str, ...]:
    """The measures that only a file told; books that stand in Leesbouw are still counted."""
    return MEASURES if place.pk in shelves else (*MEASURES, BOOKS)


def _forget_facts(year: SchoolYear, places: Collection[int], by: Actor) -> None:
    running = SchoolYear.running()
    codes = ("loans-last-year",) if year == running.previous else ("lending-system", "borrowed-last-month")
    if places and year in (running, running.previous):
        origin = _now("taken back")
        rows = [FactRow(pk, code, None, origin) for pk in sorted(places) for code in codes]
        store_facts(year=running, rows=rows, by=by)


def _cells(
    one: YearSums, children: int | None, shelf: ShelfSums | None, versions: Mapping[str, int]
) -> Iterator[_Cell]:
    yield from _of_children(one, children, versions)
    if one.at_home is not None and one.loans:
        yield _Cell(HOME, versions[HOME], one.at_home, one.loans, one.at_home)
    copies = shelf.copies if shelf else one.copies
    if copies:
        yield _Cell(TURNOVER, versions[TURNOVER], one.loans / copies)
    if one.copies and shelf is None and children:  # a shelf that stands in another system
        yield _Cell(BOOKS, versions[BOOKS], one.copies / children)


def _of_children(
    one: YearSums, children: int | None, versions: Mapping[str, int], breakdown: str = ""
) -> Iterator[_Cell]:
    if not children:
        return
    yield _Cell(LOANS, versions[LOANS], one.loans, children, 0, children, breakdown)
    if not one.months:
        return
    yield _Cell(
        LAST_MONTH,
        versions[LAST_MONTH],
        one.last_borrowers,
        one.last_could,
        one.last_borrowers,
        one.last_could,
        breakdown,
    )
    yield _Cell(
        IN_MONTH, versions[IN_MONTH], one.borrowers, one.could, one.borrowers, round(one.could), breakdown
    )


def _tell_facts(
    year: SchoolYear,
    sums: Mapping[tuple[int, int | None], YearSums],
    places: Mapping[int, Location],
    by: Actor,
) -> None:
    """What the lists of the Monitor ask as well; each fact with where it comes from."""
    running = SchoolYear.running()
    if year not in (running, running.previous):
        return
    origins, facts = origins_of_year(year), []
    shown = {
        one.unit_id: one.result
        for one in figures(SYSTEM, [LAST_MONTH], list(places), [year])
        if isinstance(one.result, Shown)
    }
    for pk, place in places.items():
        origin = _words(origins[pk][0])
        url = f"{place.get_absolute_url()}uitleen/"
        if year == running.previous:
            loans = Decimal(sums[pk, None].loans)
            facts.append(FactRow(pk, "loans-last-year", loans, origin, url))
            continue
        facts.append(FactRow(pk, "lending-system", Decimal(HAS_SYSTEM), origin, url))
        if pk in shown:
            share = Decimal(round(shown[pk].value * 100))
            facts.append(FactRow(pk, "borrowed-last-month", share, origin, url))
    store_facts(year=running, rows=facts, by=by)


def _words(origin: str) -> str:
    if origin == MonthOrigin.FILE:
        return _now("from a file of another lending system")
    return _now("counted from the loans in Leesbouw")
