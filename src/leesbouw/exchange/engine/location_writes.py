"""Applying and undoing rows that are locations: municipalities and boards first, then the locations and their year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.core.db import in_chunks
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.actions import (
    BoardRow,
    LocationRow,
    MunicipalityRow,
    YearRow,
    close_locations,
    put_boards,
    put_locations,
    put_municipalities,
    reindex,
    remove_locations,
    remove_unused_units,
    restore_locations,
    take_back_years,
    write_location_years,
)
from leesbouw.organisations.enums import BoardKind
from leesbouw.organisations.models import Board, Location, LocationYear, Municipality, Province
from leesbouw.organisations.queries import units_in_use
from leesbouw.ui.domain import format_date

from ..domain.schools import as_location
from ..enums import Decision, Gone, RowKind
from ..models import ImportRow, ImportRun
from .base import Importer

FIELDS = ("sector", "name", "street", "postcode", "town", "phone", "website", "denomination", "places")
INDEX_CHUNK = 5000  # locations read at once for the search index, which itself writes fewer at a time
IMAGE = (*FIELDS, "municipality_id", "board_id", "closed_on")


def images_of(locations: QuerySet[Location]) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Id, code and everything an import may change of each location, as JSON can hold it."""
    for pk, code, *values in locations.order_by().values_list("pk", "code", *IMAGE):
        image = dict(zip(IMAGE, values, strict=True))
        image["closed_on"] = image["closed_on"].isoformat() if image["closed_on"] else None
        yield pk, code, image


def from_image(image: Mapping[str, Any]) -> dict[str, Any]:
    """The field values of an image."""
    closed_on = image["closed_on"]
    return dict(image, closed_on=date.fromisoformat(closed_on) if closed_on else None)


class LocationWrites(Importer):
    """The half of a location importer that writes."""

    board_kind: str = BoardKind.EDUCATION
    makes_municipalities = True
    leads_to_area = True
    leads_to_locations = True

    def wants(self, row: ImportRow, run: ImportRun) -> bool:
        match row.kind:
            case RowKind.SAME:
                return bool(row.changes)
            case RowKind.GONE:
                return run.options.get("gone") == Gone.CLOSE
            case RowKind.DOUBTFUL:
                return row.decision == Decision.TAKE
        return super().wants(row, run)

    def gone_words(self, run: ImportRun) -> Any:
        if run.options.get("gone") != Gone.CLOSE:
            return _("These locations are not in the file. They stay as they are.")
        day = format_date(date.fromisoformat(run.options["closed_on"]))
        return _("These locations are not in the file. They will be closed from %(day)s.") % {"day": day}

    def apply(self, rows: Sequence[ImportRow], *, run: ImportRun, by: Actor) -> None:
        gone = [row for row in rows if row.kind == RowKind.GONE]
        puts = [row for row in rows if row.kind != RowKind.GONE]
        was = _images([row.code for row in rows])
        made = self._put_parents(puts, run, by)
        put_locations([_location_row(row) for row in puts], by=by, run=str(run.pk), index=False)
        back = [row.object_id for row in puts if row.kind == RowKind.DOUBTFUL and row.object_id]
        if back:
            close_locations(back, closed_on=None, by=by, run=str(run.pk))
        if gone:
            closed_on = date.fromisoformat(run.options["closed_on"])
            close_locations([row.object_id for row in gone], closed_on=closed_on, by=by, run=str(run.pk))
        now = _images([row.code for row in rows])
        years = self._write_years([now[row.code][0] for row in puts], run, by)
        for row in rows:
            pk, image = now[row.code]
            row.object_id, row.applied = pk, True
            row.before = {
                "was": was[row.code][1] if row.code in was else None,
                "now": image,
                "year": years.get(pk),
                **made.get(row.code, {}),
            }

    def _put_parents(self, rows: Sequence[ImportRow], run: ImportRun, by: Actor) -> dict[str, dict[str, Any]]:
        """Municipalities and boards that the rows need. Returns, by the first row that needed them, the ids of new
        units as "made" and the old and new name of boards as "renamed"."""
        before = known_parents(rows)
        towns = {row.cleaned["municipality"]: _municipality_row(row) for row in reversed(rows)}
        boards = {
            row.cleaned["board"]: self._board_row(row, before) for row in rows if row.cleaned.get("board")
        }
        if self.makes_municipalities:
            put_municipalities(towns.values(), by=by, run=str(run.pk))
        put_boards(boards.values(), by=by, run=str(run.pk))
        after = known_parents(rows)
        fresh = {key: pk for key, (pk, _) in after.items() if key not in before}
        renamed = {key: [after[key][1], name] for key, (_, name) in before.items() if after[key][1] != name}
        told: dict[str, dict[str, Any]] = {}
        for row in rows:
            keys = (("board", row.cleaned.get("board", "")), ("municipality", row.cleaned["municipality"]))
            told[row.code] = {
                "made": [fresh.pop(key) for key in keys if key in fresh],
                "renamed": {key[1]: renamed.pop(key) for key in keys if key in renamed},
            }
        if rows:  # provinces
            told[rows[0].code]["made"] += fresh.values()
        return told

    def _board_row(self, row: ImportRow, known: Mapping[tuple[str, str], Any]) -> BoardRow:
        """A file that gives a board by number alone leaves the name it has; a new one needs some name."""
        code = row.cleaned["board"]
        nameless = code if ("board", code) in known else str(_("School board %(number)s")) % {"number": code}
        return BoardRow(code=code, name=row.cleaned.get("board_name") or nameless, board_kind=self.board_kind)

    def _write_years(self, ids: Sequence[int], run: ImportRun, by: Actor) -> dict[int, int]:
        year = year_of(run)
        if year is None:
            return {}
        written = LocationYear.objects.filter(year=year, location__in=ids).values_list(
            "location_id", flat=True
        )
        fresh = set(ids) - set(written)
        rows = [YearRow(pk) for pk in ids if pk in fresh]
        return (
            write_location_years(rows, year=year, by=by, source=str(self.code), run=str(run.pk))
            if rows
            else {}
        )

    # Undo

    def undo(self, rows: Sequence[ImportRow], *, run: ImportRun, by: Actor) -> None:
        now = _images_by_id([row.object_id for row in rows])
        years = _untouched_years(rows)
        there = [(row, row.object_id) for row in rows if row.object_id in now]
        changed = {pk for row, pk in there if pk and now[pk] != row.before["now"]}
        created = [pk for row, pk in there if pk and row.before["was"] is None and pk not in changed]
        used = units_in_use(created, apart_from_years=years) if created else set()
        free: list[ImportRow] = []
        for row in rows:
            if row.object_id in changed or row.object_id in used:
                row.errors = [["", "changed_since" if row.object_id in changed else "in_use"]]
            else:
                row.applied = False
                free.append(row)
        made = {row.before.get("year") for row in free} & years
        take_back_years(made=made, by=by, run=str(run.pk))
        was = {row.object_id: row.before["was"] for row in free if row.object_id and row.object_id in now}
        gone = [pk for pk, image in was.items() if image is None]
        if gone:
            remove_locations(gone, by=by, run=str(run.pk))
        kept = {pk: from_image(image) for pk, image in was.items() if image is not None}
        if kept:
            restore_locations(kept, by=by, run=str(run.pk))
        _take_back_parents(free, self.board_kind, by=by, run=str(run.pk))

    def settle(self, run: ImportRun, by: Actor) -> None:
        """Brings the search index up to date with every location the run touched, and with their boards."""
        rows = ImportRow.objects.filter(run=run).exclude(before={})
        touched = [pk for pk in rows.values_list("object_id", flat=True) if pk]
        for ids in in_chunks(touched, INDEX_CHUNK):
            reindex(location_ids=ids, units=False)
        reindex(location_ids=[], units=True)


def year_of(run: ImportRun) -> SchoolYear | None:
    """The school year that somebody chose for this file."""
    first = run.options.get("year")
    return SchoolYear(int(first)) if first else None


def _untouched_years(rows: Iterable[ImportRow]) -> set[int]:
    """Years that these rows made and into which nobody wrote numbers since."""
    made = [row.before["year"] for row in rows if row.before.get("year")]
    return set(LocationYear.objects.filter(pk__in=made, pupils=None).values_list("pk", flat=True))


def _location_row(row: ImportRow) -> LocationRow:
    closed_on = row.cleaned.get("closed_on")
    return LocationRow(
        code=row.code,
        municipality=row.cleaned["municipality"],
        board=row.cleaned.get("board"),
        closed_on=date.fromisoformat(closed_on) if closed_on else None,
        **as_location(row.cleaned),
    )


def _images(codes: Sequence[str]) -> dict[str, tuple[int, dict[str, Any]]]:
    """Id and image of each location by code."""
    return {code: (pk, image) for pk, code, image in images_of(Location.objects.filter(code__in=codes))}


def _images_by_id(ids: Sequence[int | None]) -> dict[int, dict[str, Any]]:
    there = Location.objects.filter(pk__in=[pk for pk in ids if pk])
    return {pk: image for pk, _code, image in images_of(there)}


def known_parents(rows: Sequence[ImportRow]) -> dict[tuple[str, str], tuple[int, str]]:
    """Id and name, by kind and code, of the boards and municipalities that these rows name, and of every province."""
    boards = Board.objects.filter(code__in={row.cleaned.get("board", "") for row in rows})
    towns = Municipality.objects.filter(code__in={row.cleaned["municipality"] for row in rows})
    found: dict[tuple[str, str], tuple[int, str]] = {}
    for kind, units in (("board", boards), ("municipality", towns), ("province", Province.objects.all())):
        found.update({(kind, code): (pk, name) for code, pk, name in units.values_list("code", "pk", "name")})
    return found


def _municipality_row(row: ImportRow) -> MunicipalityRow:
    code = row.cleaned["municipality"]
    name = row.cleaned.get("municipality_name") or code
    return MunicipalityRow(code=code, name=name, province=row.cleaned.get("province", ""))


def _take_back_parents(rows: Iterable[ImportRow], board_kind: str, *, by: Actor, run: str) -> None:
    """Names that boards had, where nobody changed them since, and units that nobody needs any more."""
    renamed = {code: pair for row in rows for code, pair in row.before.get("renamed", {}).items()}
    current = dict(Board.objects.filter(code__in=list(renamed)).values_list("code", "name"))
    back = [
        BoardRow(code, old, board_kind) for code, (new, old) in renamed.items() if current.get(code) == new
    ]
    put_boards(back, by=by, run=run)
    made = [pk for row in rows for pk in row.before.get("made", [])]
    if made:
        remove_unused_units(made, by=by, run=run)
