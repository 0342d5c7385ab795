"""DUO's numbers of pupils, written into the year of each location."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.actions import (
    BoardRow,
    YearRow,
    put_boards,
    remove_unused_units,
    take_back_years,
    write_location_years,
)
from leesbouw.organisations.enums import Sector
from leesbouw.organisations.models import Board, Location, LocationYear

from ..domain import sizes
from ..domain import values as v
from ..domain.columns import Cleaned
from ..enums import RowKind
from ..models import ImportRow, ImportRun
from .base import Importer, Preview, faulty_row
from .reach import Places, within
from .schools import default_reach

IMAGE = ("pupils", "pupils_by_year_group", "pupils_by_age", "weight", "counted_on", "source")


def image_of(row: LocationYear) -> dict[str, Any]:
    """The numbers of a year, as JSON can hold them."""
    values = {name: getattr(row, name) for name in IMAGE}
    values["weight"] = str(row.weight) if row.weight is not None else None
    values["counted_on"] = row.counted_on.isoformat() if row.counted_on else None
    return values


class SizeImporter(Importer):
    code = "school-sizes"
    slug = "leerlingaantallen"
    leads_to_locations = True
    icon = "group"
    label = _("Numbers of pupils of DUO")
    what = _("How many pupils a school had on 1 October, by age or year group.")
    guide = (
        _("DUO publishes the numbers of pupils of every school as open data (Open Onderwijsdata)."),
        _("Choose the kind of school, then “Leerlingen”, and a file with age, weight or year group."),
        _("Download the CSV file and drop it here. Rows of the same location are added up."),
    )
    notes = (_("We keep totals per location, nothing about a child."),)
    columns = sizes.COLUMNS
    dropped = sizes.DROPPED
    only_read = frozenset({"name", "municipality", "province"})
    one_of = (("total", *(column.code for column in sizes.COLUMNS if column.summed)),)
    asks = frozenset({"year", "reach"})

    def default_options(self, file_name: str, by: Actor) -> dict[str, Any]:
        year = v.year_in_name(file_name)
        return {"year": year or SchoolYear.running().previous.first} | default_reach(by)

    def options_from(self, raw: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """The school year of the first row's counting date."""
        try:
            return {"year": SchoolYear.of(v.day(raw["counted_on"][0])).first}
        except (KeyError, IndexError, ValueError):
            return {}

    def clean(self, number: int, raw: Mapping[str, Sequence[str]], options: Mapping[str, Any]) -> Cleaned:
        return sizes.clean_row(number, raw)

    def combine(self, rows: Iterable[Cleaned]) -> list[Cleaned]:
        return sizes.combine(rows)

    # Match

    def match(self, run: ImportRun, records: list[Cleaned]) -> Preview:
        preview = Preview()
        year = SchoolYear(int(run.options["year"]))
        places, reach = Places.load(v.flat), within(run.options)
        schools = Location.objects.exclude(sector=Sector.CHILDCARE)
        known = {code: (pk, name) for code, pk, name in schools.values_list("code", "pk", "name")}
        years = {row.location_id: row for row in LocationYear.objects.filter(year=year)}
        for record in records:
            values = record.values
            province = values.get("province") or places.province_of.get(values.get("municipality", ""), "")
            if not reach.holds(municipality=values.get("municipality", ""), province=province):
                preview.count("outside")
                continue
            pk, name = known.get(values.get("code", ""), (None, ""))
            self._look(record, pk, years.get(pk or 0), year)
            if record.is_faulty:
                preview.rows.append(faulty_row(run, record))
            else:
                preview.rows.append(self._row(run, record, pk, name, years.get(pk or 0)))
        return preview

    def _look(self, record: Cleaned, pk: int | None, known: LocationYear | None, year: SchoolYear) -> None:
        """What only the database can say is wrong."""
        if record.is_faulty:
            return
        counted_on = record.values.get("counted_on")
        if pk is None:
            record.errors.append(("brin", "unknown_location"))
        elif counted_on and date.fromisoformat(counted_on) not in year:
            record.errors.append(("counted_on", "other_year"))
        elif known and known.closed_on:
            record.errors.append(("counted_on", "year_closed"))
        if record.is_faulty:
            record.raw = _as_texts(record.values)

    def _row(
        self, run: ImportRun, record: Cleaned, pk: int | None, name: str, known: LocationYear | None
    ) -> ImportRow:
        cleaned = _cleaned(record.values)
        row = ImportRow(
            run=run,
            number=record.number,
            code=record.values["code"],
            label=name[:160],
            cleaned=cleaned,
            object_id=pk,
        )
        if known is None or known.pupils is None:
            row.kind = RowKind.NEW
            return row
        old = image_of(known)
        for field, key in (
            ("pupils", "pupils"),
            ("by_group", "pupils_by_year_group"),
            ("by_age", "pupils_by_age"),
        ):
            if cleaned.get(field) and cleaned[field] != old[key]:
                row.changes[field] = [old[key], cleaned[field]]
        if cleaned.get("weight") and Decimal(cleaned["weight"]) != known.weight:
            row.changes["weight"] = [old["weight"], cleaned["weight"]]
        row.kind = RowKind.CHANGED if row.changes else RowKind.SAME
        return row

    # Apply

    def apply(self, rows: Sequence[ImportRow], *, run: ImportRun, by: Actor) -> None:
        year = SchoolYear(int(run.options["year"]))
        ids = [row.object_id for row in rows if row.object_id]
        before = {row.location_id: row for row in LocationYear.objects.filter(year=year, location__in=ids)}
        was = {pk: image_of(row) for pk, row in before.items()}
        boards, made = self._put_boards([row for row in rows if row.object_id not in before], run, by)
        places = Places.load(v.flat)
        year_rows = [
            YearRow(
                location_id=row.object_id,
                pupils=row.cleaned["pupils"],
                by_year_group=row.cleaned.get("by_group") or {},
                by_age=row.cleaned.get("by_age") or {},
                weight=Decimal(row.cleaned["weight"]) if row.cleaned.get("weight") else None,
                counted_on=date.fromisoformat(row.cleaned["counted_on"])
                if row.cleaned.get("counted_on")
                else date(year.first, 10, 1),
                board_id=boards.get(row.cleaned.get("board", "")),
                municipality_id=places.id_of.get(row.cleaned.get("municipality", "")),
            )
            for row in rows
            if row.object_id
        ]
        written = write_location_years(year_rows, year=year, by=by, source=self.code, run=str(run.pk))
        after = LocationYear.objects.in_bulk(list(written.values()))
        for row in rows:
            pk = written.get(row.object_id or 0)
            row.applied = True
            row.before = {
                "was": was.get(row.object_id or 0),
                "now": image_of(after[pk]) if pk else None,
                "year": pk,
                "made": made.pop(row.cleaned.get("board", ""), []),
            }

    def _put_boards(
        self, rows: Sequence[ImportRow], run: ImportRun, by: Actor
    ) -> tuple[dict[str, int], dict[str, list[int]]]:
        """Ids of the boards of that time by number; those that are gone since are made, so that history is right."""
        codes = {row.cleaned["board"] for row in rows if row.cleaned.get("board")}
        known = dict(Board.objects.filter(code__in=codes).values_list("code", "pk"))
        fresh = [
            BoardRow(code, str(_("School board %(number)s")) % {"number": code})
            for code in sorted(codes - set(known))
        ]
        made = put_boards(fresh, by=by, run=str(run.pk)) if fresh else {}
        ids = {code: board.pk for code, board in made.items()}
        return known | ids, {code: [pk] for code, pk in ids.items()}

    # Undo

    def undo(self, rows: Sequence[ImportRow], *, run: ImportRun, by: Actor) -> None:
        ids = [row.before["year"] for row in rows if row.before.get("year")]
        now = {pk: image_of(row) for pk, row in LocationYear.objects.in_bulk(ids).items()}
        free = []
        for row in rows:
            pk = row.before.get("year")
            if pk in now and now[pk] != row.before["now"]:
                row.errors = [["", "changed_since"]]
                continue
            row.applied = False
            free.append(row)
        there = [row for row in free if row.before.get("year") in now]
        take_back_years(
            made=[row.before["year"] for row in there if row.before["was"] is None],
            before={row.before["year"]: row.before["was"] for row in there if row.before["was"] is not None},
            by=by,
            run=str(run.pk),
        )
        made = [pk for row in free for pk in row.before.get("made", [])]
        if made:
            remove_unused_units(made, by=by, run=str(run.pk))


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored of a record until it is applied."""
    names = ("pupils", "by_age", "by_group", "weight", "counted_on", "board", "municipality")
    return {name: values[name] for name in names if values.get(name) not in (None, "", {})}


def _as_texts(values: Mapping[str, Any]) -> dict[str, str]:
    """The kept values of a record that turned out to be faulty, by the column they came from."""
    texts = {
        "brin": values.get("code", ""),
        "name": values.get("name", ""),
        "total": str(values.get("pupils", "")),
    }
    return texts | {"counted_on": values.get("counted_on", "")}
