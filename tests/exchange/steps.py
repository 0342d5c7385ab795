"""The steps of an import as tests take them, without the queue."""

from __future__ import annotations

from typing import Any

from leesbouw.core.access import Actor
from leesbouw.exchange import actions
from leesbouw.exchange.enums import RowKind
from leesbouw.exchange.models import ImportRow, ImportRun

ALL = {"reach": "all", "province": "", "sector": "po", "year": 2021}


def check(
    content: bytes, by: Actor, importer: str = "schools", name: str = "proef.csv", **options: Any
) -> ImportRun:
    """Brings a file and has it checked."""
    run = actions.begin_run(
        content=content, file_name=name, importer_code=importer, by=by, options={**ALL, **options}
    )
    return actions.preview_run(run=run, by=by)


def store(run: ImportRun, by: Actor, **kwargs: Any) -> ImportRun:
    """Stores what is good; rows with a mistake are skipped."""
    actions.skip_faulty(run=run, by=by)
    return actions.apply_run(run=actions.start_run(run=run, by=by, queue=False, **kwargs), by=by)


def bring(content: bytes, by: Actor, importer: str = "schools", **options: Any) -> ImportRun:
    """Checks and stores."""
    return store(check(content, by, importer, **options), by)


def take_back(run: ImportRun, by: Actor) -> ImportRun:
    return actions.undo_run(run=actions.start_undo(run=run, by=by, queue=False), by=by)


def counts(run: ImportRun) -> dict[str, int]:
    """Rows by kind, without the kinds that have none."""
    return {kind: run.counts[kind] for kind in RowKind.values if run.counts.get(kind)}


def row(run: ImportRun, code: str) -> ImportRow:
    return ImportRow.objects.get(run=run, code=code)


def errors(run: ImportRun) -> list[tuple[int, str, str]]:
    """(row in the file, column, reason) of every mistake."""
    faulty = ImportRow.objects.filter(run=run, kind=RowKind.FAULTY)
    return [(one.number, column, reason) for one in faulty for column, reason in one.errors]
