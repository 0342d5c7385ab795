"""Books in a file: titles that the library describes, and the copies of which it gives barcodes or a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.collection.actions import (
    CopyRow,
    save_copies,
    save_titles,
    take_back_copies,
    take_back_titles,
)
from leesbouw.collection.enums import Owner, Part, TitleSource
from leesbouw.collection.models import Copy, Title
from leesbouw.collection.queries import (
    barcodes_in_use,
    image_of,
    known_titles,
    numbers_at,
    places_of_library,
)
from leesbouw.core.access import Actor
from leesbouw.core.db import in_chunks
from leesbouw.organisations.models import Location

from ..domain import marc, titles
from ..domain.columns import Cleaned
from ..domain.reading import Table, read_table
from ..enums import RowKind
from ..models import ImportRow, ImportRun
from .base import Preview, faulty_row
from .of_library import OfLibrary


class TitleImporter(OfLibrary):
    """MARC21, MARCXML, a table, or a list of ISBNs."""

    code = "titles"
    slug = "boeken"
    icon = "library"
    label = _("Books")
    what = _("Titles and copies, from another lending system, a supplier or a list of one's own.")
    guide = (
        _("From a lending system: export MARC21 or MARCXML, or a list with title, writer, ISBN and barcode."),
        _("A list of a school: one line for each book. With a column “aantal” we make so many copies."),
        _("A list of ISBNs shows which of these books you have."),
    )
    accepts = ".mrc,.marc,.xml,.csv,.txt,.xlsx"
    hint = _("MARC21, MARCXML, CSV, Excel (xlsx) or a list of ISBNs, 64 MB at most.")
    columns = titles.COLUMNS
    one_of = (("title", "isbn"),)
    settled = ("library", "source")
    which_library = _("Say for which library these books are.")

    def default_options(self, file_name: str, by: Actor) -> dict[str, Any]:
        return super().default_options(file_name, by) | {"source": TitleSource.FILE.value}

    def read(
        self, content: bytes, options: Mapping[str, Any], mapping: Mapping[str, Sequence[str]] | None = None
    ) -> Table:
        if marc.is_marc(content) or marc.is_marcxml(content):
            return marc.marc_table(content)
        return titles.isbn_list(content) or read_table(content, self.known)

    def options_of(self, table: Table, options: Mapping[str, Any]) -> dict[str, Any]:
        source = TitleSource.MARC if table.headers == marc.HEADERS else TitleSource.FILE
        return {"source": source.value}

    def clean(self, number: int, raw: Mapping[str, Sequence[str]], options: Mapping[str, Any]) -> Cleaned:
        return titles.clean_row(number, raw)

    # Match

    def match(self, run: ImportRun, records: list[Cleaned]) -> Preview:
        preview = Preview()
        places = places_of_library(int(run.options["library"]))
        first: dict[tuple[str, ...], int] = {}  # which line of the file is the first about a title
        preview.counts["isbn_shared"] = titles.part_shared_numbers(records)
        for chunk in in_chunks(records):
            self._match_chunk(run, chunk, places, first, preview)
        return preview

    def _match_chunk(
        self,
        run: ImportRun,
        records: Sequence[Cleaned],
        places: Mapping[str, Location],
        first: dict[tuple[str, ...], int],
        preview: Preview,
    ) -> None:
        library = int(run.options["library"])
        good = [record for record in records if not record.is_faulty]
        known = known_titles(library, [titles.facts_of(record.values) for record in good])
        there = Title.objects.filter(library=library).in_bulk([pk for pk in known if pk])
        taken = barcodes_in_use(library, [record.values.get("barcode", "") for record in good])
        numbers = numbers_at(library, [pk for pk in known if pk])
        found = dict(zip((id(record) for record in good), known, strict=True))
        for record in records:
            title = there.get(found.get(id(record)) or 0)
            twin = None if record.is_faulty else first.setdefault(_key(record.values), record.number)
            self._look(record, title, twin, places, taken)
            if record.is_faulty:
                preview.rows.append(faulty_row(run, record))
                continue
            preview.rows.append(_row(run, record, title, twin, places, taken, numbers))
            preview.count("copies", preview.rows[-1].cleaned.get("to_make", 0))

    def _look(
        self,
        record: Cleaned,
        title: Title | None,
        twin: int | None,
        places: Mapping[str, Location],
        taken: Mapping[str, Copy],
    ) -> None:
        """What only the database can say is wrong."""
        values = record.values
        if record.is_faulty:
            return
        school, barcode = values.get("school", ""), values.get("barcode", "")
        if school and school.upper() not in places:
            record.errors.append(("school", "unknown_location"))
        elif barcode in taken and (title is None or taken[barcode].title_id != title.pk):
            record.errors.append(("barcode", "barcode_taken"))
        elif not title and not values.get("title") and twin == record.number:
            record.errors.append(("isbn", "unknown_isbn"))
        if record.is_faulty:
            record.raw = {code: _text(value) for code, value in values.items()}

    # Apply

    def apply(self, rows: Sequence[ImportRow], *, run: ImportRun, by: Actor) -> None:
        library, source = int(run.options["library"]), run.options.get("source", TitleSource.FILE)
        known = known_titles(library, [titles.facts_of(row.cleaned) for row in rows])
        before = {pk: image_of(row) for pk, row in Title.objects.in_bulk([pk for pk in known if pk]).items()}
        keys = [(str(pk),) if pk else _key(row.cleaned) for row, pk in zip(rows, known, strict=True)]
        wanted: dict[tuple[str, ...], tuple[int | None, Any]] = {}
        for key, row, pk in zip(keys, rows, known, strict=True):
            facts = titles.facts_of(before[pk] | row.cleaned if pk else row.cleaned)
            wanted.setdefault(key, (pk, facts))
        saved = save_titles(list(wanted.values()), library_id=library, source=source, by=by, run=str(run.pk))
        ids = dict(zip(wanted, saved, strict=True))
        copies = self._make_copies(rows, [ids[key] for key in keys], run, by)
        now = {pk: image_of(row) for pk, row in Title.objects.in_bulk(saved).items()}
        told: set[int] = set()
        for key, row, pk in zip(keys, rows, known, strict=True):
            title = ids[key]
            row.applied, row.object_id = True, title
            row.before = {"title": title, "copies": copies.get(row.pk, [])}
            if title not in told:  # the first line of a title tells what became of it
                told.add(title)
                row.before |= {"made": pk is None, "was": before.get(pk or 0), "now": now[title]}

    def _make_copies(
        self, rows: Sequence[ImportRow], title_ids: Sequence[int], run: ImportRun, by: Actor
    ) -> dict[int, list[int]]:
        """Row → the copies that were made of it."""
        library = int(run.options["library"])
        places = places_of_library(library)
        taken = barcodes_in_use(library, [row.cleaned.get("barcode", "") for row in rows])  # since the check
        wanted: list[CopyRow] = []
        of_row: list[int] = []
        for row, title in zip(rows, title_ids, strict=True):
            values = row.cleaned
            place = places.get(str(values.get("school", "")).upper())
            if values.get("barcode") in taken:
                continue
            for _each in range(int(values.get("to_make", 0))):
                of_row.append(row.pk)
                wanted.append(
                    CopyRow(
                        title,
                        values.get("barcode", ""),
                        place.pk if place else None,
                        values.get("owner", Owner.LIBRARY),
                        values.get("part", Part.STANDARD),
                        values.get("place", ""),
                    )
                )
        made = save_copies(wanted, library_id=library, by=by, run=str(run.pk)) if wanted else []
        found: dict[int, list[int]] = {}
        for row_id, copy in zip(of_row, made, strict=True):
            found.setdefault(row_id, []).append(copy.pk)
        return found

    # Undo

    def undo(self, rows: Sequence[ImportRow], *, run: ImportRun, by: Actor) -> None:
        library = int(run.options["library"])
        made = [pk for row in rows for pk in row.before.get("copies", [])]
        stay = set(take_back_copies(made=made, library_id=library, by=by, run=str(run.pk))) if made else set()
        current = Title.objects.in_bulk([row.before["title"] for row in rows])
        free = []
        for row in rows:
            title = current.get(row.before["title"])
            if stay.intersection(row.before.get("copies", [])):
                row.errors = [["", "in_use"]]
            elif "now" in row.before and title and image_of(title) != row.before["now"]:
                row.errors = [["", "changed_since"]]
            else:
                row.applied = False
                free.append(row)
        told = [row.before for row in free if "now" in row.before and row.before["title"] in current]
        used = take_back_titles(
            made=[one["title"] for one in told if one["made"]],
            before={one["title"]: one["was"] for one in told if not one["made"]},
            library_id=library,
            by=by,
            run=str(run.pk),
        )
        for row in free:
            if row.before["title"] in used and row.before.get("made"):
                row.applied, row.errors = True, [["", "in_use"]]


def _key(values: Mapping[str, Any]) -> tuple[str, ...]:
    """By what lines of one file are about the same title."""
    if values.get("isbn"):
        return ("isbn", str(values["isbn"]))
    if values.get("record_id"):
        return ("record", str(values["record_id"]))
    return (
        "name",
        str(values.get("title", "")).casefold(),
        *(str(one).casefold() for one in values.get("authors", [])[:1]),
    )


def _row(
    run: ImportRun,
    record: Cleaned,
    title: Title | None,
    twin: int | None,
    places: Mapping[str, Location],
    taken: Mapping[str, Copy],
    numbers: Mapping[tuple[int, int | None], int],
) -> ImportRow:
    values = dict(record.values)
    place = places.get(str(values.get("school", "")).upper())
    barcode = values.get("barcode", "")
    there = numbers.get((title.pk, place.pk if place else None), 0) if title else 0
    to_make = (
        int(bool(barcode and barcode not in taken)) if barcode else max(values.get("copies", 0) - there, 0)
    )
    if to_make:
        values["to_make"] = to_make
    row = ImportRow(
        run=run,
        number=record.number,
        code=str(values.get("isbn") or barcode)[:20],
        label=str(values.get("title") or (title.title if title else ""))[:160],
        cleaned=values,
        object_id=title.pk if title else None,
    )
    if title is None:
        row.kind = RowKind.NEW if twin == record.number or to_make else RowKind.SAME
        return row
    old = image_of(title)
    old["book_kind"] = old.pop("kind")
    if twin == record.number:  # the first line about a title tells what it is
        row.changes = {
            code: [_text(old[code]), _text(value)]
            for code, value in values.items()
            if code in old and old[code] != value
        }
    row.kind = RowKind.CHANGED if row.changes else RowKind.NEW if to_make else RowKind.SAME
    return row


def _text(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value if value is not None else "")
