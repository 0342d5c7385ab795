"""What the search index holds of organisations, and whose people may find it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from leesbouw.core.search import Entry
from leesbouw.core.time import on_day, today

from ..enums import Sector, UnitKind
from ..models import (
    Board,
    Library,
    LibraryArea,
    Location,
    Municipality,
    Nation,
    Partnership,
    Unit,
    address_of,
)
from ..permissions import VIEW


def scopes_of_locations(locations: Iterable[Any]) -> dict[int, frozenset[int]]:
    """For each location, or row with its `pk`, `board_id` and `municipality_id`, the ids of the units whose people may
    see it; five queries whatever the number."""
    rows = list(locations)
    nation = set(Nation.objects.values_list("pk", flat=True))
    province = dict(Municipality.objects.values_list("pk", "province_id"))
    poi = dict(Municipality.objects.values_list("pk", "province__poi_id"))
    area: dict[int, set[int]] = {}
    for municipality, library in LibraryArea.objects.filter(on_day(today())).values_list(
        "municipality_id", "library_id"
    ):
        area.setdefault(municipality, set()).add(library)
    partners: dict[int, set[int]] = {}
    for location, library in Partnership.objects.filter(on_day(today())).values_list(
        "location_id", "library_id"
    ):
        partners.setdefault(location, set()).add(library)
    return {
        row.pk: frozenset(
            unit
            for unit in {
                row.pk,
                row.board_id,
                row.municipality_id,
                province.get(row.municipality_id),
                poi.get(row.municipality_id),
                *nation,
                *area.get(row.municipality_id, ()),
                *partners.get(row.pk, ()),
            }
            if unit
        )
        for row in rows
    }


def location_entries(ids: Iterable[int] | None = None) -> Iterator[Entry]:
    """Index entries of these locations, or of all."""
    rows = Location.objects.all()
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    names = (
        "pk",
        "code",
        "name",
        "sector",
        "town",
        "municipality_id",
        "municipality__name",
        "board_id",
        "board__name",
    )
    locations = list(rows.values_list(*names, named=True))
    scopes = scopes_of_locations(locations)
    for row in locations:
        yield Entry(
            kind="location",
            object_id=row.pk,
            title=row.name,
            subtitle=f"{Sector(row.sector).label} · {row.town or row.municipality__name}",
            url=address_of(UnitKind.LOCATION, row.code),
            scope=scopes[row.pk],
            body=f"{row.code} {row.town} {row.municipality__name} {row.board__name or ''}",
            permission=VIEW,
        )


def unit_entries() -> Iterator[Entry]:
    """Index entries of boards, municipalities and libraries: found by whoever may see one of their locations."""
    locations: list[Any] = list(
        Location.objects.order_by().values_list("pk", "board_id", "municipality_id", named=True)
    )
    scopes = scopes_of_locations(locations)
    by_unit: dict[int, set[int]] = {}
    for location in locations:
        for above in (location.board_id, location.municipality_id):
            if above:
                by_unit.setdefault(above, {above}).update(scopes[location.pk])
    for library, municipality in LibraryArea.objects.filter(on_day(today())).values_list(
        "library_id", "municipality_id"
    ):
        by_unit.setdefault(library, {library}).update(by_unit.get(municipality, ()))
    for model, label in ((Board, "board"), (Municipality, "municipality"), (Library, "library")):
        for unit in model.objects.all():
            yield _unit_entry(unit, label, frozenset(by_unit.get(unit.pk, {unit.pk})))


def _unit_entry(unit: Unit, kind: str, scope: frozenset[int]) -> Entry:
    return Entry(
        kind=kind,
        object_id=unit.pk,
        title=unit.name,
        subtitle=str(unit.get_kind_display()),
        url=unit.get_absolute_url(),
        scope=scope,
        body=unit.code,
        permission=VIEW,
    )
