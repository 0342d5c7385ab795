"""Figures of lending as pages show them: of one school beside what its children say, and of every level. All of it comes
from `indicators`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.queries import (
    Figure,
    Hidden,
    Measure,
    Shown,
    figures,
    levels,
    measure,
    units_of_kind,
)
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import ClassGroup, Location, LocationYear
from leesbouw.rendering.charts.words import number, percent

from ..domain.measures import AGE, BOOKS, HOME, IN_MONTH, LAST_MONTH, LOANS, TURNOVER
from ..enums import MonthOrigin
from .months import origins_of_year

COUNTED = (LOANS, LAST_MONTH, IN_MONTH, HOME, TURNOVER)
SHELF = (BOOKS, AGE)
ASKED = ("borrows-at-school", "takes-books-home", "vo-borrows-at-school")  # by the Monitor, of the children
OF_LEVEL = (LOANS, LAST_MONTH, HOME, TURNOVER, BOOKS)
OF_GROUP = (LOANS, LAST_MONTH)
MOST_LEVELS = 200


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure in words, with last year and the library beside it; `""` where there is none. `why` it is not shown."""

    measure: Measure
    now: str = ""
    why: str = ""
    year: SchoolYear | None = None
    before: str = ""
    library: str = ""

    @property
    def name(self) -> str:
        return self.measure.body.name

    @property
    def code(self) -> str:
        return self.measure.code


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """What a school lends. `groups`: name, and for each measure of `OF_GROUP` its name and a text."""

    counted: list[FigureLine] = field(default_factory=list)
    shelf: list[FigureLine] = field(default_factory=list)
    asked: list[FigureLine] = field(default_factory=list)
    groups: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)
    group_heads: list[str] = field(default_factory=list)
    origin: str = ""
    told_on: date | None = None

    @property
    def is_empty(self) -> bool:
        return not any(line.now or line.why for line in self.counted)


def place_figures(actor: Actor, location: Location, year: SchoolYear) -> PlaceFigures:
    """The figures of a location and of its library, which `indicators` lets this actor see."""
    facts = LocationYear.objects.visible_to(actor).filter(location=location, year=year).first()
    library = facts.library_id if facts else None
    units: list[Any] = [location, *([library] if library else [])]
    years = (year, year.previous, year.previous.previous)
    found = _by_key(figures(actor, [*COUNTED, *SHELF, *ASKED], units, years))
    asked = [
        _newest(code, location.pk, library, years, found)
        for code in ASKED
        if any((code, location.pk, at) in found for at in years)
    ]
    origin, told_on = _origin(actor, location, year)
    return PlaceFigures(
        counted=[_line(code, location.pk, library, year, found) for code in COUNTED],
        shelf=[_line(code, location.pk, library, year, found) for code in SHELF],
        asked=asked,
        groups=_groups(actor, location, year),
        group_heads=[measure(code).body.name for code in OF_GROUP],
        origin=origin,
        told_on=told_on,
    )


def _origin(actor: Actor, location: Location, year: SchoolYear) -> tuple[str, date | None]:
    if location.pk not in actor.locations:
        return "", None
    origin, told_on = origins_of_year(year).get(location.pk, ("", None))
    return str(MonthOrigin(origin).label) if origin else "", told_on


Found = Mapping[tuple[str, int, SchoolYear], Figure]


def _by_key(rows: Iterable[Figure]) -> dict[tuple[str, int, SchoolYear], Figure]:
    return {(one.code, one.unit_id, one.year): one for one in rows}


def _line(code: str, place: int, library: int | None, year: SchoolYear, found: Found) -> FigureLine:
    now = found.get((code, place, year))
    return FigureLine(
        measure(code),
        _words(now),
        str(now.result.reason.label) if now and isinstance(now.result, Hidden) else "",
        year,
        _words(found.get((code, place, year.previous))),
        _words(found.get((code, library or 0, year))),
    )


def _newest(
    code: str, place: int, library: int | None, years: Sequence[SchoolYear], found: Found
) -> FigureLine:
    """The Monitor does not measure every year: the newest of these."""
    return _line(code, place, library, next(at for at in years if (code, place, at) in found), found)


def _words(one: Figure | None) -> str:
    if one is None or not isinstance(one.result, Shown):
        return ""
    body = measure(one.code, one.version).body
    if body.kind == "share":
        return f"{percent(one.result.value)}%"
    return number(one.result.value, 1)


def _groups(actor: Actor, location: Location, year: SchoolYear) -> list[tuple[str, list[tuple[str, str]]]]:
    """Of the groups of which something may be shown; the others say why."""
    heads = {code: measure(code).body.name for code in OF_GROUP}
    names = dict(
        ClassGroup.objects.visible_to(actor).filter(location=location, year=year).values_list("pk", "name")
    )
    found: dict[int, dict[str, str]] = {}
    for one in figures(actor, list(OF_GROUP), [location], [year], "group"):
        pk = int(one.breakdown.partition(":")[2])
        text = str(one.result.reason.label) if isinstance(one.result, Hidden) else _words(one)
        if pk in names:
            found.setdefault(pk, {})[one.code] = text
    return [
        (names[pk], [(heads[code], texts.get(code, "")) for code in OF_GROUP])
        for pk, texts in sorted(found.items(), key=lambda pair: names[pair[0]])
    ]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A school or level with a text for each measure."""

    name: str
    kind: str
    url: str
    texts: list[str]


def unit_figures(actor: Actor, year: SchoolYear) -> tuple[list[str], list[UnitLine], list[UnitLine]]:
    """Names of the measures, the levels of the actor, and the schools that she may see one by one."""
    heads = [measure(code).body.name for code in OF_LEVEL]
    own = list(units_of_kind(actor, UnitKind.LOCATION).order_by("name"))
    above = list(levels(actor).order_by("kind", "name")[:MOST_LEVELS])
    found = _by_key(figures(actor, list(OF_LEVEL), [*above, *own], [year]))
    places = Location.objects.visible_to(actor).in_bulk([one.pk for one in own])
    schools, other = [], []
    for unit in (*above, *own):
        of_unit = [found.get((code, unit.pk, year)) for code in OF_LEVEL]
        if not any(one and isinstance(one.result, Shown) for one in of_unit):
            continue
        texts = [_words(one) for one in of_unit]
        if unit.kind == UnitKind.LOCATION:
            place = places.get(unit.pk)
            url = f"{place.get_absolute_url()}uitleen/" if place else ""
            schools.append(UnitLine(unit.name, "", url, texts))
        else:
            other.append(UnitLine(unit.name, str(UnitKind(unit.kind).label), "", texts))
    return heads, other, schools
