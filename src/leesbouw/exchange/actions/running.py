"""Storing what was checked: one run of a unit at a time, in chunks, each row whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from django.db import DatabaseError, IntegrityError
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import in_chunks, lock_row, retrying, update_rows, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import Job, State, cancel, enqueue
from leesbouw.core.time import now

from ..engine import Importer, Tell, importer, require_any, tell_nobody
from ..enums import BUSY, Decision, RowKind, RunState
from ..models import UNDO_FOR, ImportPart, ImportRow, ImportRun
from ..queries import open_mistakes
from .storing import storing

CHUNK = 200  # rows in one write; a row brings its board, its year and its before-image along
OUTDATED = _("Something changed at this school since the check. Have the file checked again.")
ONE_AT_ONCE = _("Another import of your organisation is busy. Wait until it is done.")


def decide_rows(*, run: ImportRun, ids: Iterable[int], decision: str, by: Actor) -> int:
    """Says of doubtful rows whether they are taken along; without a decision they are left out."""
    require(by, importer(run.importer).permission)
    with write_transaction():
        row = lock_row(ImportRun.objects.all(), pk=run.pk)
        if row.state != RunState.PREVIEWED or decision not in ("", *importer(row.importer).decisions):
            raise Sentence(_("This import has already begun."))
        doubtful = ImportRow.objects.filter(run=row, kind=RowKind.DOUBTFUL, pk__in=list(ids))
        decided = doubtful.update(decision=Decision(decision))
        record(by=by, verb="exchange.decide_rows", subject=row, unit_id=row.unit_id, count=decided)
        return decided


def would_close_many(run: ImportRun) -> bool:
    """Whether so much is gone by this run that somebody must say first that it is the right file."""
    return importer(run.importer).many_gone(run)


def start_run(
    *, run: ImportRun, by: Actor, url: str = "", queue: bool = True, sure: bool = False
) -> ImportRun:
    """Begins or resumes storing. Raises Sentence while another run of the unit is busy, when it has begun already, when
    nobody chose what to do with faulty rows, or when it would close a great many locations and nobody said that this is
    meant (`sure`).

    The database itself holds that one run of a unit is busy at most.
    """
    require(by, importer(run.importer).permission)
    if would_close_many(run) and not sure:
        raise Sentence(
            _("Much more is gone in this file than is usual. Say first that this is the right file.")
        )
    free_stuck_runs(unit_id=run.unit_id, by=by)
    try:
        with write_transaction():
            row = lock_row(ImportRun.objects.all(), pk=run.pk)
            if row.is_lapsed:
                raise Sentence(_("This import has lapsed. Bring the file again."))
            if not row.can_be_started:
                raise Sentence(_("This import has already begun."))
            if row.state == RunState.PREVIEWED and importer(row.importer).is_outdated(row):
                raise Sentence(OUTDATED)
            if open_mistakes(row):
                raise Sentence(_("Some rows have a mistake. Mend them, or choose to skip them."))
            row.state, row.started_at = RunState.RUNNING, row.started_at or now()
            if queue:
                row.job = enqueue("exchange.apply", by=by, args={"run_id": row.pk}, subject=row, url=url)
            row.save(update_fields=["state", "started_at", "job"])
            record(by=by, verb="exchange.start_import", subject=row, unit_id=row.unit_id, run=str(row.pk))
            return row
    except IntegrityError:
        raise Sentence(ONE_AT_ONCE) from None


def apply_run(*, run: ImportRun, by: Actor, tell: Tell = tell_nobody) -> ImportRun:
    """Applies every row that is not applied yet; after a fall it goes on where it was."""
    require(by, importer(run.importer).permission)
    kind = importer(run.importer)
    wanted = wanted_ids(run, kind)
    applied = ImportRow.objects.filter(run=run, applied=True).count()
    total = len(wanted) + applied
    done = applied
    for (ids,) in in_chunks(list(kind.pieces(wanted, CHUNK)), 1):
        with storing():
            _apply_chunk(list(ids), run, kind, by)
        done += len(ids)
        tell(done, total)
    with storing():
        kind.settle(run, by)
    with write_transaction():
        run.state, run.finished_at, run.expires_at = RunState.FINISHED, now(), now() + UNDO_FOR
        run.counts["applied"] = done
        run.save(update_fields=["state", "finished_at", "expires_at", "counts"])
        ImportPart.objects.filter(run=run).delete()
        data = {code: run.counts.get(code, 0) for code in RowKind.values}
        record(
            by=by,
            verb="exchange.finish_import",
            subject=run,
            unit_id=run.unit_id,
            count=done,
            run=str(run.pk),
            data=data | {"importer": run.importer},
        )
    return run


def wanted_ids(run: ImportRun, kind: Importer) -> list[int]:
    """Rows that are to be applied and are not yet, in the order of the file."""
    rows = ImportRow.objects.filter(run=run, applied=False).exclude(kind=RowKind.FAULTY)
    rows = rows.only("pk", "kind", "decision", "changes", "run_id").order_by("number", "id")
    return [row.pk for row in rows if kind.wants(row, run)]


def _apply_chunk(ids: list[int], run: ImportRun, kind: Importer, by: Actor) -> None:
    """One chunk in one transaction. Who made the same location a moment earlier is met by trying once more."""

    def work() -> None:
        with write_transaction():
            rows = list(ImportRow.objects.filter(pk__in=ids, applied=False).order_by("number", "id"))
            if rows:
                kind.apply(rows, run=run, by=by)
                forget_errors(rows)
                save_rows(rows)

    try:
        retrying(work)
    except IntegrityError:
        retrying(work)


def forget_errors(rows: list[ImportRow]) -> None:
    """What we doubted about is settled once a row is stored; errors then tell why it cannot go back."""
    for row in rows:
        row.errors = []


def save_rows(rows: list[ImportRow]) -> None:
    """Writes what applying or undoing changed of rows that are there."""
    update_rows(rows, ["object_id", "before", "applied", "errors"])


def fail_run(run: ImportRun) -> None:
    """Marks a run whose job met an error; it can be resumed or undone."""
    with suppress(DatabaseError), write_transaction():
        busy = ImportRun.objects.filter(pk=run.pk, state__in=BUSY)
        busy.update(state=RunState.FAILED)
        ImportRun.objects.filter(pk=run.pk, state=RunState.CHECKING).update(state=RunState.DRAFT)


def free_stuck_runs(*, unit_id: int, by: Actor, without_job: bool = False) -> int:
    """Runs whose job is over no longer hold the others up; `without_job` also those that the shell began and lost.

    Returns how many there were.
    """
    require_any(by)
    stuck = [
        run
        for run in ImportRun.objects.filter(unit_id=unit_id, state__in=BUSY).select_related("job")
        if (run.job.is_over if run.job else without_job)
    ]
    for run in stuck:
        fail_run(run)
    return len(stuck)


def stop_run(*, run: ImportRun, by: Actor) -> None:
    """Asks the job of a run to stop; what it stored is taken back by the job itself."""
    require(by, importer(run.importer).permission)
    with write_transaction():
        row = lock_row(ImportRun.objects.all(), pk=run.pk)
        if not row.is_working or row.job_id is None:
            raise Sentence(_("This import is not busy."))
        job = Job.objects.get(pk=row.job_id)
        cancel(job=job, by=by)
        if Job.objects.get(pk=job.pk).state == State.CANCELLED:  # it waited still, so nothing is stored
            row.state = _before_job(row)
            row.save(update_fields=["state"])


def _before_job(run: ImportRun) -> str:
    if run.state == RunState.CHECKING:
        return RunState.DRAFT
    if run.state == RunState.UNDOING:
        return RunState.FINISHED if run.finished_at else RunState.FAILED
    return RunState.FAILED if ImportRow.objects.filter(run=run, applied=True).exists() else RunState.PREVIEWED
