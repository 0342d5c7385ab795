"""What the files of schools and of child care have in common: a row is a location with a board in a municipality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from leesbouw.organisations.models import Board, Location, LocationYear

from ..domain.columns import Cleaned
from ..domain.schools import as_location
from ..domain.values import flat
from ..enums import RowKind
from ..models import ImportRow, ImportRun
from .base import Preview, faulty_row, refuse_doubles
from .location_writes import LocationWrites, year_of
from .reach import Places, Within, within


class LocationImporter(LocationWrites):
    """Base of the two. `board_kind` and `sectors` say which part of the register a file speaks of."""

    sectors: frozenset[str] = frozenset()

    def match(self, run: ImportRun, records: list[Cleaned]) -> Preview:
        preview = Preview()
        refuse_doubles(records)
        _one_name_per_board(records)
        places, reach = Places.load(flat), within(run.options)
        ours = Location.objects.filter(sector__in=self.sectors).select_related(
            "board", "municipality__province"
        )
        known = {location.code: location for location in ours}
        seen = {record.values.get("code") for record in records}
        twins = _twins(known.values(), seen)
        sectors: set[str] = set()
        for record in records:
            if record.left_out:
                preview.count(record.left_out)
                continue
            _fill_in_municipality(record.values, places)
            if not _inside(record, places, reach):
                preview.count("outside")
                continue
            self._refuse_unknown_municipality(record, places)
            sectors.add(record.values.get("sector", ""))
            preview.rows.append(self._row(run, record, known, twins))
        self._mark_renamed_boards(preview)
        spared = seen | _perhaps_there(preview.rows, known.values())
        preview.rows += self._gone(run, known.values(), spared, sectors, reach)
        self._count_units(preview, places)
        self._mark_years(preview, run)
        return preview

    def _refuse_unknown_municipality(self, record: Cleaned, places: Places) -> None:
        """One that nobody knows is a mistake, unless the file makes it."""
        code = record.values.get("municipality", "")
        if not self.makes_municipalities and not record.is_faulty and code not in places.province_of:
            record.raw = {key: str(value) for key, value in record.values.items()}
            record.errors.append(("municipality", "unknown_municipality"))

    def _mark_renamed_boards(self, preview: Preview) -> None:
        """A board that the file gives another name is told once, at its first location."""
        names = dict(Board.objects.filter(board_kind=self.board_kind).values_list("code", "name"))
        for row in preview.rows:
            new, old = row.cleaned.get("board_name"), names.pop(row.cleaned.get("board", ""), None)
            if row.kind in {RowKind.SAME, RowKind.CHANGED} and new and old and new != old:
                row.kind, row.changes["board_name"] = RowKind.CHANGED, [old, new]

    def _row(
        self,
        run: ImportRun,
        record: Cleaned,
        known: Mapping[str, Location],
        twins: Mapping[tuple[str, str], str],
    ) -> ImportRow:
        if record.is_faulty:
            return faulty_row(run, record)
        values = record.values
        if values.pop("is_closed", False):
            values["closed_on"] = values["closed_on"] or run.created_at.date().isoformat()
        row = ImportRow(
            run=run,
            number=record.number,
            kind=RowKind.NEW,
            code=values["code"],
            label=values["name"][:160],
            cleaned={key: value for key, value in values.items() if key != "code"},
        )
        location = known.get(values["code"])
        if location is None:
            twin = twins.get((flat(values["name"]), values.get("postcode", "")))
            if twin and values.get("postcode"):
                row.kind, row.errors, row.changes = (
                    RowKind.DOUBTFUL,
                    [["code", "looks_like"]],
                    {"code": [twin, row.code]},
                )
            return row
        row.object_id = location.pk
        row.changes = self._changes(location, values)
        if location.closed_on and not values.get("closed_on"):
            row.kind, row.errors = RowKind.DOUBTFUL, [["closed_on", "closed_here"]]
            row.changes["closed_on"] = [location.closed_on.isoformat(), None]
        else:
            row.kind = RowKind.CHANGED if row.changes else RowKind.SAME
        return row

    def _changes(self, location: Location, values: Mapping[str, Any]) -> dict[str, list[Any]]:
        """Field → [what it is, what it would become], in words that people read."""
        changes: dict[str, list[Any]] = {}
        for name, value in as_location(values).items():
            if getattr(location, name) != value:
                changes[name] = [getattr(location, name), value]
        if location.municipality.code != values["municipality"]:
            changes["municipality"] = [
                location.municipality.name,
                values.get("municipality_name") or values["municipality"],
            ]
        board = values.get("board")
        if board and (location.board is None or location.board.code != board):
            changes["board"] = [
                location.board.name if location.board else None,
                values.get("board_name") or board,
            ]
        if values.get("closed_on") and not location.closed_on:
            changes["closed_on"] = [None, values["closed_on"]]
        return changes

    def _gone(
        self, run: ImportRun, known: Iterable[Location], seen: set[Any], sectors: set[str], reach: Within
    ) -> list[ImportRow]:
        """Open locations of the same kind and area that the file does not name. Listed, never deleted."""
        return [
            ImportRow(
                run=run,
                number=0,
                kind=RowKind.GONE,
                code=location.code,
                label=location.name,
                object_id=location.pk,
                cleaned={"town": location.town, "municipality_name": location.municipality.name},
            )
            for location in known
            if location.code not in seen
            and location.closed_on is None
            and location.sector in sectors
            and reach.holds(
                municipality=location.municipality.code, province=location.municipality.province.name
            )
        ]

    def _count_units(self, preview: Preview, places: Places) -> None:
        """How many boards and municipalities would be new."""
        rows = [row.cleaned for row in preview.rows if row.kind in {RowKind.NEW, RowKind.CHANGED}]
        boards = {values["board"] for values in rows if values.get("board")}
        known = set(Board.objects.filter(board_kind=self.board_kind).values_list("code", flat=True))
        preview.counts["boards"] = len(boards - known)
        towns = {values.get("municipality") for values in rows}
        preview.counts["municipalities"] = len(towns - set(places.province_of))

    def _mark_years(self, preview: Preview, run: ImportRun) -> None:
        """Rows that say nothing new, but whose location has no year of this file yet, still write that year."""
        year = year_of(run)
        if year is None:
            return
        written = set(LocationYear.objects.filter(year=year).values_list("location_id", flat=True))
        count = 0
        for row in preview.rows:
            if row.kind in {RowKind.NEW, RowKind.CHANGED, RowKind.SAME} and row.object_id not in written:
                if row.kind == RowKind.SAME:
                    row.changes = {"school_year": [None, str(year)]}
                count += 1
        preview.counts["years"] = count


def _one_name_per_board(records: Iterable[Cleaned]) -> None:
    """A register may spell an organisation in two ways; the first counts, so that they do not fight."""
    names: dict[str, str] = {}
    for record in records:
        board, name = record.values.get("board"), record.values.get("board_name")
        if board and name:
            record.values["board_name"] = names.setdefault(board, name)


def _fill_in_municipality(values: dict[str, Any], places: Places) -> None:
    if not values.get("municipality") and values.get("municipality_name"):
        values["municipality"] = places.code_of.get(flat(values["municipality_name"]), "")


def _inside(record: Cleaned, places: Places, reach: Within) -> bool:
    """Whether the row is about the chosen area; a faulty row that does not say where it is, may be."""
    code = record.values.get("municipality", "")
    province = record.values.get("province") or places.province_of.get(code, "")
    if record.is_faulty and not code and not province:
        return True
    return reach.holds(municipality=code, province=province)


def _perhaps_there(rows: Iterable[ImportRow], locations: Iterable[Location]) -> set[str]:
    """Codes of locations that the file may mean after all: by the name in a row without a readable code, or in doubt."""
    names = {flat(row.label) for row in rows if row.kind == RowKind.FAULTY and not row.code}
    alike = {row.changes["code"][0] for row in rows if row.kind == RowKind.DOUBTFUL and "code" in row.changes}
    return alike | {location.code for location in locations if flat(location.name) in names}


def _twins(locations: Iterable[Location], seen: set[Any]) -> dict[tuple[str, str], str]:
    """Open locations that the file does not name, by name and postcode: perhaps the same under another code."""
    return {
        (flat(location.name), location.postcode): location.code
        for location in locations
        if location.closed_on is None and location.code not in seen
    }
