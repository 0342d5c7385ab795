"""What the pages of a library, board, municipality, province, POI and the nation show besides their locations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear, on_day, today
from leesbouw.network.queries import UnitTalks, unit_talks
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import (
    Branch,
    GateDecision,
    Library,
    LibraryArea,
    Location,
    Municipality,
    Partner,
    Partnership,
    Poi,
    Province,
    Unit,
)
from leesbouw.organisations.queries import branches_of, partners_of, poi_by_code
from leesbouw.people.models import StaffMember
from leesbouw.people.queries import UnitPeople, people_of, staff_today

from ..permissions import VIEW_CONTACTS, VIEW_PARTNERSHIP, VIEW_STAFF, VIEW_TALKS
from .location_page import GateLine
from .locations import location_rows, works_at_library
from .numbers import Numbers, numbers_by, numbers_by_sector


@dataclass(slots=True)
class UnitPage:
    """Everything of a unit but the list of its locations."""

    unit: Any
    year: SchoolYear
    numbers: list[tuple[str, Numbers]] = field(default_factory=list)  # kind of line → counts
    municipalities: list[Municipality] = field(default_factory=list)
    libraries: list[Library] = field(default_factory=list)
    branches: list[Branch] = field(default_factory=list)
    partners: list[Partner] = field(default_factory=list)
    gates: list[GateLine] = field(default_factory=list)
    staff: list[StaffMember] = field(default_factory=list)
    people: UnitPeople | None = None
    talks: UnitTalks | None = None


def locations_of(actor: Actor, unit: Unit, year: SchoolYear) -> QuerySet[Location]:
    """The locations under a unit, of those within the actor's reach, as the list shows them."""
    rows = location_rows(actor, year)
    match unit.kind:
        case UnitKind.LIBRARY:
            area = LibraryArea.objects.filter(on_day(today()), library=unit.pk).values("municipality")
            partners = (
                Partnership.objects.visible_to(actor).on(today()).filter(library=unit.pk).values("location")
            )
            return rows.filter(Q(municipality__in=area) | Q(pk__in=partners))
        case UnitKind.BOARD:
            return rows.filter(board=unit.pk)
        case UnitKind.MUNICIPALITY:
            return rows.filter(municipality=unit.pk)
        case UnitKind.PROVINCE:
            return rows.filter(municipality__province=unit.pk)
        case UnitKind.POI:
            return rows.filter(municipality__province__poi=unit.pk)
    return rows


def poi_within_reach(actor: Actor, code: str) -> Poi:
    """A POI that supports a province the actor sees something of. Raises Poi.DoesNotExist."""
    row = poi_by_code(actor, code)
    if row.pk != actor.unit_id and not Province.objects.visible_to(actor).filter(poi=row.pk).exists():
        raise Poi.DoesNotExist
    return row


def unit_page(actor: Actor, unit: Unit, year: SchoolYear) -> UnitPage:
    """Gathers what fits the kind of unit; a fixed number of queries for each kind."""
    page = UnitPage(unit, year)
    rows = locations_of(actor, unit, year)
    page.numbers.append(("sector", numbers_by_sector(actor, year, rows)))
    fill = {
        UnitKind.LIBRARY: _library,
        UnitKind.BOARD: _board,
        UnitKind.MUNICIPALITY: _municipality,
        UnitKind.PROVINCE: _libraries_below,
        UnitKind.POI: _libraries_below,
        UnitKind.NATION: _nation,
    }[UnitKind(unit.kind)]
    fill(actor, page, rows)
    return page


def _library(actor: Actor, page: UnitPage, rows: QuerySet[Location]) -> None:
    page.municipalities = list(
        Municipality.objects.visible_to(actor)
        .filter(
            pk__in=LibraryArea.objects.filter(on_day(today()), library=page.unit.pk).values("municipality")
        )
        .order_by("name")
        .distinct()
    )
    page.branches = list(branches_of(actor, page.unit))
    page.partners = list(partners_of(actor, page.unit))
    if actor.may(VIEW_PARTNERSHIP):
        gates = GateDecision.objects.visible_to(actor).filter(library=page.unit.pk, location=None)
        newest: dict[str, GateDecision] = {}
        for row in gates:
            newest.setdefault(row.gate, row)
        page.gates = [GateLine(row) for row in newest.values()]
    if works_at_library(actor) and actor.may(VIEW_STAFF):
        page.staff = list(staff_today(actor))


def _board(actor: Actor, page: UnitPage, rows: QuerySet[Location]) -> None:
    page.libraries = _serving(actor, rows)
    _people(actor, page)


def _municipality(actor: Actor, page: UnitPage, rows: QuerySet[Location]) -> None:
    page.libraries = [
        library for library in _libraries(actor) if library.pk in set(_area().get(page.unit.pk, ()))
    ]
    _people(actor, page)


def _libraries_below(actor: Actor, page: UnitPage, rows: QuerySet[Location]) -> None:
    """Of a province or POI: its libraries."""
    path = "province" if page.unit.kind == UnitKind.PROVINCE else "province__poi"
    libraries = list(_libraries(actor).filter(**{path: page.unit.pk}))
    page.libraries = libraries
    page.numbers.append(("library", _by_library(actor, rows, libraries)))


def _nation(actor: Actor, page: UnitPage, rows: QuerySet[Location]) -> None:
    provinces = Province.objects.visible_to(actor).order_by("name").distinct()
    labels = {row.pk: (row.name, row.get_absolute_url()) for row in provinces}
    page.numbers.append(("province", numbers_by(actor, rows, "municipality__province_id", labels)))
    page.numbers.append(("library", _by_library(actor, rows, list(_libraries(actor)))))


def _by_library(actor: Actor, rows: QuerySet[Location], libraries: list[Library]) -> Numbers:
    labels = {row.pk: (row.name, row.get_absolute_url()) for row in libraries}
    through = {municipality: serving[0] for municipality, serving in _area().items()}
    return numbers_by(actor, rows, "municipality_id", labels, through)


def _people(actor: Actor, page: UnitPage) -> None:
    """Who talks to whom, and what about: for the library alone."""
    if not works_at_library(actor):
        return
    if actor.may(VIEW_CONTACTS):
        page.people = people_of(actor, page.unit)
    if actor.may(VIEW_TALKS):
        page.talks = unit_talks(actor, page.unit)


def _libraries(actor: Actor) -> QuerySet[Library]:
    return Library.objects.visible_to(actor).order_by("name").distinct()


def _area() -> dict[int, list[int]]:
    """Municipality → the libraries that serve it today."""
    found: dict[int, list[int]] = {}
    pairs = LibraryArea.objects.filter(on_day(today())).values_list("municipality_id", "library_id")
    for municipality, library in pairs:
        found.setdefault(municipality, []).append(library)
    return found


def _serving(actor: Actor, rows: QuerySet[Location]) -> list[Library]:
    """The libraries in whose area these locations lie."""
    area = _area()
    ids = {
        library
        for place in rows.order_by().values_list("municipality_id", flat=True)
        for library in area.get(place, ())
    }
    return [library for library in _libraries(actor) if library.pk in ids]
