"""Undoing a run: last rows first, leaving alone what somebody changed or uses since."""

from __future__ import annotations

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import in_chunks, lock_row, retrying, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import enqueue
from leesbouw.core.time import now

from ..engine import Importer, Tell, importer, tell_nobody
from ..enums import RunState
from ..models import ImportRow, ImportRun
from .running import CHUNK, ONE_AT_ONCE, forget_errors, free_stuck_runs, save_rows
from .storing import storing


def start_undo(*, run: ImportRun, by: Actor, url: str = "", queue: bool = True) -> ImportRun:
    """Begins to take a run back, or what could not go back before. Raises Sentence after fourteen days, or while
    another run is busy."""
    require(by, importer(run.importer).permission)
    free_stuck_runs(unit_id=run.unit_id, by=by)
    try:
        with write_transaction():
            row = lock_row(ImportRun.objects.all(), pk=run.pk)
            if row.state == RunState.UNDOING:
                raise Sentence(_("This import is already being undone."))
            if not row.can_be_undone:
                raise Sentence(_("This import can no longer be undone."))
            importer(row.importer).refuse_undo(row)
            row.state = RunState.UNDOING
            if queue:
                row.job = enqueue("exchange.undo", by=by, args={"run_id": row.pk}, subject=row, url=url)
            row.save(update_fields=["state", "job"])
            record(by=by, verb="exchange.start_undo", subject=row, unit_id=row.unit_id, run=str(row.pk))
            return row
    except IntegrityError:
        raise Sentence(ONE_AT_ONCE) from None


def undo_run(*, run: ImportRun, by: Actor, tell: Tell = tell_nobody) -> ImportRun:
    """Takes back every applied row that can go back; the others stay and say why. Safe to run again after a fall."""
    require(by, importer(run.importer).permission)
    kind = importer(run.importer)
    blocked = take_back(run=run, kind=kind, by=by, tell=tell)
    with write_transaction():
        if kind.about_children:
            ImportRow.objects.filter(run=run, applied=False).delete()
        run.state, run.undone_at = RunState.UNDONE, now()
        run.counts["blocked"] = blocked
        run.save(update_fields=["state", "undone_at", "counts"])
        record(
            by=by,
            verb="exchange.undo_import",
            subject=run,
            unit_id=run.unit_id,
            count=int(run.counts.get("applied") or 0) - blocked,
            run=str(run.pk),
            data={"blocked": blocked, "importer": run.importer},
        )
    return run


def stop_and_take_back(*, run: ImportRun, by: Actor) -> ImportRun:
    """After somebody stopped a run half-way: nothing of it remains, and it may start again."""
    blocked = take_back(run=run, kind=importer(run.importer), by=by)
    with write_transaction():
        run.state = RunState.FAILED if blocked else RunState.PREVIEWED
        run.save(update_fields=["state"])
        record(by=by, verb="exchange.stop_import", subject=run, unit_id=run.unit_id, run=str(run.pk))
    return run


def take_back(*, run: ImportRun, kind: Importer, by: Actor, tell: Tell = tell_nobody) -> int:
    """Undoes the applied rows of a run, last first; returns how many could not go back."""
    applied = ImportRow.objects.filter(run=run, applied=True).order_by("-number", "-id")
    ids = list(applied.values_list("pk", flat=True))
    done = 0
    for (chunk,) in in_chunks(list(kind.pieces(ids, CHUNK, back=True)), 1):
        with storing():
            _undo_chunk(list(chunk), run, kind, by)
        done += len(chunk)
        tell(done, len(ids))
    with storing():
        kind.settle(run, by)
    return ImportRow.objects.filter(run=run, applied=True).count()


def _undo_chunk(ids: list[int], run: ImportRun, kind: Importer, by: Actor) -> None:
    def work() -> None:
        with write_transaction():
            rows = list(ImportRow.objects.filter(pk__in=ids, applied=True).order_by("-number", "-id"))
            if rows:
                forget_errors(rows)
                kind.undo(rows, run=run, by=by)
                save_rows(rows)

    retrying(work)
