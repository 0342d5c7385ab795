"""Municipalities, boards and locations as the national registers give them: in bulk, new or changed.

The form for one location calls the same functions. Rows are matched by code; a field that is None is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leesbouw.core import search
from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import add_rows, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.pointers import delete_rows
from leesbouw.core.time import today

from ..enums import BoardKind, UnitKind
from ..models import Board, Location, LocationYear, Municipality, Unit
from ..permissions import EDIT_UNITS
from ..queries.usage import units_in_use
from .units import put_provinces, reindex
from .years import years_to_come

T = TypeVar("T", bound=Unit)


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    code: str  # CBS, four digits
    name: str
    province: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    code: str  # DUO's bevoegd gezag number, or the KvK number of a child-care organisation
    name: str
    board_kind: str = BoardKind.EDUCATION
    website: str | None = None


@dataclass(frozen=True, slots=True)
class LocationRow:
    code: str  # BRIN with branch, or LRK number
    sector: str
    name: str
    municipality: str  # code
    board: str | None = None  # code
    street: str | None = None
    postcode: str | None = None
    town: str | None = None
    phone: str | None = None
    website: str | None = None
    denomination: str | None = None
    places: int | None = None
    closed_on: date | None = None


@dataclass(slots=True)
class PutResult:
    """Ids by code: of rows that were made, and of rows that changed."""

    created: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)

    @property
    def ids(self) -> list[int]:
        return [*self.created.values(), *self.changed.values()]


def put_municipalities(
    rows: Iterable[MunicipalityRow], *, by: Actor, run: str = ""
) -> dict[str, Municipality]:
    """Municipalities by code; a known one keeps its name, so that two registers' spellings do not fight."""
    rows = list({row.code: row for row in rows}.values())
    with write_transaction():
        known = {m.code: m for m in Municipality.objects.filter(code__in=[row.code for row in rows])}
        fresh = [row for row in rows if row.code not in known]
        provinces = put_provinces((row.province for row in fresh), by=by)
        made = _insert(
            Municipality,
            [Municipality(code=row.code, name=row.name, province=provinces[row.province]) for row in fresh],
        )
        if made:
            record(by=by, verb="organisations.put_municipalities", count=len(made), run=run)
        return known | {row.code: row for row in made}


def put_boards(rows: Iterable[BoardRow], *, by: Actor, run: str = "") -> dict[str, Board]:
    """Boards by code. A board that a file names by number alone keeps the name it has."""
    rows = list({row.code: row for row in rows}.values())
    with write_transaction():
        known = {b.code: b for b in Board.objects.filter(code__in=[row.code for row in rows])}
        made = _insert(
            Board,
            [
                Board(code=row.code, name=row.name, board_kind=row.board_kind, website=row.website or "")
                for row in rows
                if row.code not in known
            ],
        )
        changed = []
        for row in rows:
            board = known.get(row.code)
            if board and row.name and row.name != board.name and row.name != row.code:
                board.name = row.name
                changed.append(board)
        Unit.objects.bulk_update(changed, ["name"])
        if made or changed:
            record(by=by, verb="organisations.put_boards", count=len(made) + len(changed), run=run)
        return known | {row.code: row for row in made}


def put_locations(rows: Sequence[LocationRow], *, by: Actor, run: str = "", index: bool = True) -> PutResult:
    """Makes or changes locations; municipalities and boards they name must be there. One event for all.

    Raises Sentence when a municipality is unknown. With `index=False` the caller reindexes once at the end.
    """
    with write_transaction():
        codes = [row.code for row in rows]
        known = {row.code: row for row in Location.objects.filter(code__in=codes)}
        municipalities = dict(
            Municipality.objects.filter(code__in={row.municipality for row in rows}).values_list("code", "pk")
        )
        boards = dict(
            Board.objects.filter(code__in={row.board for row in rows if row.board}).values_list("code", "pk")
        )
        result, fresh, changed = PutResult(), [], []
        for row in rows:
            values = _values(row, municipalities, boards)
            location = known.get(row.code)
            if location is None:
                fresh.append(Location(code=row.code, **values))
            elif _apply(location, values):
                changed.append(location)
        for location in _insert(Location, fresh):
            result.created[location.code] = location.pk
        _save_changed(changed)
        years_to_come(changed)
        result.changed = {location.code: location.pk for location in changed}
        if result.ids:
            data = {"new": len(result.created), "changed": len(result.changed)}
            record(by=by, verb="organisations.put_locations", count=len(result.ids), run=run, data=data)
            if index:
                reindex(location_ids=result.ids)
        return result


def change_location(*, location: Location, by: Actor, **values: Any) -> Location:
    """Changes one location by hand: name, address, phone, website, board, closed_on."""
    require(by, EDIT_UNITS)
    with write_transaction():
        if _apply(location, values):
            location.version += 1
            location.save()
            years_to_come([location])
            record(
                by=by,
                verb="organisations.change_location",
                subject=location,
                unit_id=location.pk,
                data={"fields": sorted(values)},
            )
            reindex(location_ids=[location.pk], units=False)
        return location


def close_locations(ids: Iterable[int], *, closed_on: date | None, by: Actor, run: str = "") -> int:
    """Marks locations as closed from a day, or open again with None; nothing is deleted."""
    with write_transaction():
        ids = list(ids)
        told_on = today() if closed_on else None
        count = Location.objects.filter(pk__in=ids).update(closed_on=closed_on, closing_told_on=told_on)
        record(
            by=by,
            verb="organisations.close_locations",
            count=count,
            run=run,
            data={"closed": bool(closed_on)},
        )
        return count


def remove_locations(ids: Iterable[int], *, by: Actor, run: str = "") -> int:
    """Takes back locations that an import made, with the years that it wrote. Raises Sentence when somebody already
    works with one."""
    with write_transaction():
        ids = list(Location.objects.filter(pk__in=list(ids)).values_list("pk", flat=True))
        LocationYear.objects.filter(location__in=ids, closed_on=None, pupils=None).delete()
        if units_in_use(ids):
            raise Sentence(_("Somebody already works with one of these locations."))
        search.remove("location", ids)
        delete_rows(Location, ids)
        delete_rows(Unit, ids)
        record(by=by, verb="organisations.remove_locations", count=len(ids), run=run)
        return len(ids)


def _values(row: LocationRow, municipalities: dict[str, int], boards: dict[str, int]) -> dict[str, Any]:
    if row.municipality not in municipalities:
        raise Sentence(_("The municipality %(code)s is unknown."), code=row.municipality)
    values: dict[str, Any] = {"municipality_id": municipalities[row.municipality]}
    if row.board:
        values["board_id"] = boards[row.board]
    for item in fields(row):
        if item.name in {"code", "municipality", "board"}:
            continue
        value = getattr(row, item.name)
        if value is not None:
            values[item.name] = value
    return values


def _apply(row: models.Model, values: dict[str, Any]) -> bool:
    """Sets what differs; returns whether anything did."""
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


def _save_changed(rows: list[Location]) -> None:
    if not rows:
        return
    for row in rows:
        row.version += 1
    Unit.objects.bulk_update(rows, ["name", "version"], batch_size=500)
    own = [f.name for f in Location._meta.local_concrete_fields if not f.primary_key]
    Location.objects.bulk_update(rows, own, batch_size=100)


def _insert(model: type[T], rows: list[T]) -> list[T]:
    """Inserts rows of a kind of unit: first their Units, then their own columns.

    Django's bulk_create leaves multi-table children out.
    """
    if not rows:
        return []
    units = [Unit(kind=UnitKind(model.KIND), code=row.code, name=row.name) for row in rows]
    Unit.objects.bulk_create(units, batch_size=500)
    for row, unit in zip(rows, units, strict=True):
        row.kind, row.pk, row.id = unit.kind, unit.pk, unit.pk
        row.base_id = unit.pk  # type: ignore[attr-defined]
    add_rows(rows)
    for row in rows:
        row._state.adding = False
    return rows
