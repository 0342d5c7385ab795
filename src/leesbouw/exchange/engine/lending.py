"""Months of a school that lends with another system: the same figures as of a school that lends with Leesbouw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.collection.queries import places_of_library
from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear, today
from leesbouw.lending.actions import MonthRow, store_months, take_back_months, tell_year
from leesbouw.lending.permissions import TELL_MONTHS
from leesbouw.lending.queries import counted_here, month_images
from leesbouw.organisations.models import Location

from ..domain import lending as files
from ..domain.columns import Cleaned
from ..enums import RowKind
from ..models import ImportRow, ImportRun
from .base import Preview, faulty_row
from .of_library import OfLibrary

Key = tuple[int, date]


class LendingFiguresImporter(OfLibrary):
    code = "lending-figures"
    slug = "uitleencijfers"
    icon = "swap"
    label = _("Figures of another lending system")
    what = _("How much a school lent in a month, for schools that lend with another system.")
    guide = (
        _("Export a list of totals from the other system: a line for each school and month."),
        _("Needed are the school (BRIN), the month and the loans. Borrowers, members and books are welcome."),
        _(
            "Then the school has the same figures as a school that lends with Leesbouw, with where they come from."
        ),
    )
    notes = (_("We keep totals per month, nothing about a child."),)
    columns = files.COLUMNS
    dropped = files.DROPPED
    which_library = _("Say for which library these schools are.")
    permission = TELL_MONTHS

    def clean(self, number: int, raw: Mapping[str, Sequence[str]], options: Mapping[str, Any]) -> Cleaned:
        return files.clean_row(number, raw)

    # Match

    def match(self, run: ImportRun, records: list[Cleaned]) -> Preview:
        preview = Preview()
        places = _places(run)
        keys = {_key(record, places) for record in records}
        known = month_images({key for key in keys if key})
        ours = counted_here({key for key in keys if key})
        seen: set[Key] = set()
        for record in records:
            key = _key(record, places)
            self._look(record, key, key in ours, seen)
            if record.is_faulty:
                preview.rows.append(faulty_row(run, record))
                continue
            assert key is not None
            seen.add(key)
            preview.rows.append(_row(run, record, places[record.values["school"]], known.get(key)))
        preview.counts["of_years"] = sorted({SchoolYear.of(day).first for _place, day in seen})
        return preview

    def _look(self, record: Cleaned, key: Key | None, is_ours: bool, seen: set[Key]) -> None:
        """What only the database can say is wrong."""
        if record.is_faulty:
            return
        day = date.fromisoformat(record.values["month"])
        if key is None:
            record.errors.append(("school", "unknown_location"))
        elif (day.year, day.month) >= (today().year, today().month):
            record.errors.append(("month", "month_runs"))
        elif is_ours:
            record.errors.append(("month", "lends_here"))
        elif key in seen:
            record.errors.append(("month", "double_month"))
        if record.is_faulty:
            record.raw = {code: str(value) for code, value in record.values.items()}

    # Apply

    def apply(self, rows: Sequence[ImportRow], *, run: ImportRun, by: Actor) -> None:
        keys = {(row.object_id or 0, date.fromisoformat(row.cleaned["month"])): row for row in rows}
        was = month_images(keys)
        wanted: dict[int, list[MonthRow]] = {}
        for (place, day), row in keys.items():
            wanted.setdefault(place, []).append(_month(day, row.cleaned))
        store_months(wanted, by=by, run=str(run.pk))
        now = month_images(keys)
        for key, row in keys.items():
            row.applied = True
            row.before = {"was": was.get(key), "now": now[key]}

    # Undo

    def undo(self, rows: Sequence[ImportRow], *, run: ImportRun, by: Actor) -> None:
        keys = {(row.object_id or 0, date.fromisoformat(row.cleaned["month"])): row for row in rows}
        now = month_images(keys)
        free: dict[Key, dict[str, Any] | None] = {}
        for key, row in keys.items():
            if key in now and now[key] != row.before["now"]:
                row.errors = [["", "changed_since"]]
            else:
                row.applied = False
                free[key] = row.before["was"]
        take_back_months(free, by=by, run=str(run.pk))

    def settle(self, run: ImportRun, by: Actor) -> None:
        rows = ImportRow.objects.filter(run=run).exclude(object_id=None)
        places = {pk for pk in rows.values_list("object_id", flat=True) if pk is not None}
        for first in run.counts.get("of_years", ()):
            tell_year(year=SchoolYear(int(first)), by=by, also=places)


def _places(run: ImportRun) -> dict[str, Location]:
    """Of which schools this file may speak: those of the library, or the own one of who works at a school."""
    places = places_of_library(int(run.options["library"]))
    if not Location.objects.filter(pk=run.unit_id).exists():
        return places
    return {code: place for code, place in places.items() if place.pk == run.unit_id}


def _key(record: Cleaned, places: Mapping[str, Location]) -> Key | None:
    place = places.get(record.values.get("school", ""))
    if place is None or "month" not in record.values:
        return None
    return place.pk, date.fromisoformat(record.values["month"])


def _month(day: date, values: Mapping[str, Any]) -> MonthRow:
    return MonthRow(
        day,
        values["loans"],
        values.get("at_home"),
        values.get("borrowers"),
        values.get("members"),
        values.get("holdings"),
    )


def _row(run: ImportRun, record: Cleaned, place: Location, old: Mapping[str, Any] | None) -> ImportRow:
    values = dict(record.values)
    row = ImportRow(
        run=run,
        number=record.number,
        code=f"{place.code} {values['month'][:7]}"[:20],
        label=place.name[:160],
        cleaned=values,
        object_id=place.pk,
        kind=RowKind.NEW,
    )
    if old is not None:
        fresh = {code: values.get(code) for code in files.NUMBERS}
        row.changes = {code: [old[code], fresh[code]] for code in files.NUMBERS if old[code] != fresh[code]}
        row.kind = RowKind.CHANGED if row.changes else RowKind.SAME
    return row
