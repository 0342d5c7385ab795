"""Who took part at a level: lists that came in by who fills them in, and how many locations of those there are."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.indicators import queries as indicators
from leesbouw.indicators.queries import Hidden, Shown
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import LocationYear, Unit

from ...domain.calendar import SECTORS
from ...domain.response import RESPONSE
from ...enums import MonitorKind
from ...models import Participation

FIELDS = {
    UnitKind.LIBRARY: "library",
    UnitKind.BOARD: "board",
    UnitKind.MUNICIPALITY: "municipality",
    UnitKind.PROVINCE: "municipality__province",
}


@dataclass(frozen=True, slots=True)
class Response:
    """Lists of one kind: `done` of `expected` at `locations`; why there is no number when it is hidden."""

    name: str
    done: int = 0
    expected: int = 0
    locations: int = 0
    left_out: int = 0
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class TakesPart:
    """Locations of a level in one year: there are so many, were invited, closed, and said no."""

    there: int
    invited: int
    closed: int
    declined: int


def response_of(actor: Actor, unit: Unit, kind: MonitorKind, year: SchoolYear) -> list[Response]:
    """By who fills in, in the order of the lists; nothing of lists that nobody was asked for."""
    codes = list(RESPONSE[kind].values())
    found = {one.code: one.result for one in indicators.figures(actor, codes, [unit], [year])}
    known = indicators.measures()
    return [_response(known[code].body.name, found[code]) for code in codes if code in found]


def _response(name: str, result: Shown | Hidden) -> Response:
    if isinstance(result, Hidden):
        return Response(name, hidden=str(result.reason.label))
    done = round(result.value * result.base)
    return Response(name, done, round(result.base), result.locations, result.left_out)


def takes_part(actor: Actor, unit: Unit, kind: MonitorKind, year: SchoolYear) -> TakesPart | None:
    """None for who does not see every location of the level: a count of some of them would say nothing."""
    places = LocationYear.objects.filter(_within(unit), year=year, location__sector__in=SECTORS[kind])
    seen = places.filter(pk__in=LocationYear.objects.visible_to(actor).values("pk"))
    there = places.count()
    if not there or seen.count() < there:
        return None
    rows = Participation.objects.visible_to(actor).filter(
        round__kind=kind, round__year=year, location__in=seen.values("location")
    )
    return TakesPart(
        there=there,
        invited=rows.count(),
        closed=rows.filter(closed_on__isnull=False).count(),
        declined=rows.filter(declined_on__isnull=False).count(),
    )


def _within(unit: Unit) -> Q:
    field = FIELDS.get(UnitKind(unit.kind))
    return Q(**{field: unit.pk}) if field else Q()
