"""Faulty rows: mended on the page and checked once more, or skipped because somebody says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence

from ..domain.columns import doors, kept_places, raw_values
from ..domain.limits import MOST_CELL
from ..engine import importer
from ..enums import Decision, RowKind, RunState
from ..models import ImportRow, ImportRun
from ..queries import parts_holding
from .columns import ask_preview
from .storing import storing

Cells = Mapping[int, Mapping[int, str]]  # row number → position in the header line → text


def repair_rows(*, run: ImportRun, cells: Cells, by: Actor, url: str = "") -> ImportRun:
    """Writes other texts into kept cells of a file and has it checked again, by the steps that checked it before.

    Only cells that the chosen columns read can be mended. Raises Sentence when nothing changes, for a text that may
    not be typed there, or when the run is no longer at its check.
    """
    require(by, importer(run.importer).permission)
    with storing(), write_transaction():
        row = lock_row(ImportRun.objects.all(), pk=run.pk)
        if row.state != RunState.PREVIEWED:
            raise Sentence(_("This file is no longer being checked, so its rows cannot be mended."))
        mended = sum(_mend(row, cells))
        if not mended:
            raise Sentence(_("You have not changed anything yet. Mend a cell, or skip the rows."))
        row.save(update_fields=["counts"])
        record(by=by, verb="exchange.repair_rows", subject=row, unit_id=row.unit_id, count=mended)
        return ask_preview(run=row, by=by, url=url)


def skip_faulty(*, run: ImportRun, by: Actor) -> int:
    """Says of every faulty row that it is left out; returns how many. They can still be mended."""
    require(by, importer(run.importer).permission)
    with write_transaction():
        row = lock_row(ImportRun.objects.all(), pk=run.pk)
        if not row.can_be_started:
            raise Sentence(_("This import has already begun."))
        faulty = ImportRow.objects.filter(run=row, kind=RowKind.FAULTY, decision=Decision.NONE)
        skipped = faulty.update(decision=Decision.SKIP)
        if skipped:
            record(by=by, verb="exchange.skip_rows", subject=row, unit_id=row.unit_id, count=skipped)
        return skipped


def _mend(run: ImportRun, cells: Cells) -> Iterator[int]:
    """Per piece of the file the number of rows that hold other texts now."""
    kind = importer(run.importer)
    places = {at: place for place, at in enumerate(run.kept)}
    read = {at for positions in run.mapping.values() for at in positions if at in places}
    door = doors(run.headers, run.mapping, kind.columns)
    for part in parts_holding(run, cells):
        mended = 0
        for at, (number, *texts) in enumerate(part.rows):
            new = list(texts)
            for position, text in cells.get(abs(number), {}).items():
                if position in read:
                    cut, place = door.get(position, str), places[position]
                    new[place] = cut(text.strip()[:MOST_CELL])
                    if new[place] != texts[place]:
                        for code in (one for one, positions in run.mapping.items() if position in positions):
                            kind.check_typed(code, new[place])
            if new != texts:
                part.rows[at], mended = [abs(number), *new], mended + 1
        _drop_forbidden(run, part.rows)
        part.save(update_fields=["rows"])
        yield mended


def _drop_forbidden(run: ImportRun, rows: list[list[Any]]) -> None:
    """A row that says now what may not be kept at all goes at once, as it would have when the file came."""
    kind = importer(run.importer)
    judged = {code: run.mapping.get(code, ()) for code in kind.judged_by}
    if not judged:
        return
    mapping = kept_places(judged, run.kept)
    allowed: Sequence[list[Any]] = [row for row in rows if kind.may_be_kept(raw_values(row[1:], mapping))]
    run.counts["kept"] = int(run.counts.get("kept") or 0) - (len(rows) - len(allowed))
    rows[:] = allowed


def note_mistakes_taken(*, run: ImportRun, count: int, form: str, by: Actor) -> None:
    """Notes that somebody took rows with a mistake along as a file, and how many."""
    require(by, importer(run.importer).permission)
    with write_transaction():
        record(
            by=by,
            verb="exchange.download_mistakes",
            subject=run,
            unit_id=run.unit_id,
            count=count,
            data={"format": form},
        )
