"""Work that takes longer than a page may: a row that people can follow, claimed by one worker at a time.

A job's arguments are ids, never texts or names. A job whose worker fell away is taken up again when it says that it
may be (`idempotent`), else it is marked as broken off: at once where this machine knows that the worker is gone, else
once it has been silent for long. See ADR 0004.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, close_old_connections, models
from django.utils.translation import gettext_lazy as _

from .access import SYSTEM, Actor
from .audit import record
from .db import write_transaction
from .disk import FULL, is_full
from .errors import Sentence
from .files import StoredFile
from .registry import Registry
from .time import now
from .workers import has_ended, name_of

log = logging.getLogger(__name__)

SILENT_FOR = timedelta(minutes=2)
ATTEMPTS = 3
BEAT = 15  # seconds between signs of life
STEP = 0.5  # seconds between two writes of the progress


@dataclass(frozen=True, slots=True)
class JobKind:
    """How a kind of job runs. `label` is what people read; `run` takes the RunningJob and its ids."""

    run: Callable[..., Any]
    label: Any
    idempotent: bool


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A kind of job that comes back by itself, with the time after which its absence is a worry."""

    kind: str
    every: timedelta
    grace: timedelta


job_kinds: Registry[JobKind] = Registry("job kind")
schedule: Registry[Scheduled] = Registry("schedule")
actor_builders: Registry[Callable[[int], Actor]] = Registry("actor builder")


class State(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Busy")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    BROKEN_OFF = "broken_off", _("Broken off")
    CANCELLED = "cancelled", _("Stopped")


OVER = (State.DONE, State.FAILED, State.BROKEN_OFF, State.CANCELLED)


class Cancelled(Exception):
    """Somebody asked this job to stop."""


class Job(models.Model):
    """One piece of work, who asked for it and how far it is."""

    kind = models.CharField(max_length=60, db_index=True)
    args = models.JSONField(default=dict)
    by_user_id = models.PositiveBigIntegerField(null=True, db_index=True)
    by_assignment_id = models.PositiveBigIntegerField(null=True)
    unit_id = models.PositiveBigIntegerField(null=True, db_index=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.PositiveBigIntegerField(null=True)
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED, db_index=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=120, blank=True, editable=False)  # the process that took it last
    created_at = models.DateTimeField(default=now)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    result = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    result_file = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-id"]

    class Privacy:
        none = (
            "id kind args by_assignment_id unit_id subject_type subject_id state done total attempt worker"
            " created_at started_at heartbeat_at finished_at cancel_asked_at error result url result_file"
        )
        personal = "by_user_id"
        kept = "job"

    @property
    def label(self) -> Any:
        kind = job_kinds.get(self.kind)
        return kind.label if kind else self.kind

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def share(self) -> float | None:
        """How far the job is, 0-1; None while nobody knows."""
        return min(self.done / self.total, 1.0) if self.total else None


class ScheduleRun(models.Model):
    """When a scheduled kind was last put in the queue."""

    code = models.CharField(max_length=60, primary_key=True)
    queued_at = models.DateTimeField()

    class Privacy:
        none = "code queued_at"


def job(
    code: str, *, label: Any, idempotent: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Registers a function as a kind of job. It is called with a RunningJob and the ids it was queued with."""

    def register(run: Callable[..., Any]) -> Callable[..., Any]:
        job_kinds.add(code, JobKind(run, label, idempotent))
        return run

    return register


def enqueue(
    kind: str,
    *,
    by: Actor,
    args: Mapping[str, int | str | bool | list[int]] | None = None,
    subject: models.Model | None = None,
    unit_id: int | None = None,
    url: str = "",
) -> Job:
    """Queues a job; a worker takes it once the write that asked for it is there to be seen."""
    job_kinds[kind]
    with write_transaction():
        row = Job.objects.create(
            kind=kind,
            args=dict(args or {}),
            by_user_id=by.user_id,
            by_assignment_id=by.assignment_id,
            unit_id=unit_id if unit_id is not None else by.unit_id,
            subject_type=subject._meta.label if subject is not None else "",
            subject_id=subject.pk if subject is not None else None,
            url=url,
        )
        record(by=by, verb="core.enqueue_job", subject=row, unit_id=row.unit_id, data={"kind": kind})
        return row


def cancel(*, job: Job, by: Actor) -> None:
    """Asks a job to stop; it does so between two chunks. One that waits stops at once."""
    with write_transaction():
        row = Job.objects.select_for_update().get(pk=job.pk)
        if row.is_over:
            raise Sentence(_("This task is already over."))
        row.cancel_asked_at = now()
        if row.state == State.QUEUED:
            row.state, row.finished_at = State.CANCELLED, now()
        row.save(update_fields=["cancel_asked_at", "state", "finished_at"])
        record(by=by, verb="core.cancel_job", subject=row, unit_id=row.unit_id)


class RunningJob:
    """What a job's function holds: whom it works for, and how it tells its progress."""

    def __init__(self, row: Job) -> None:
        self.row = row
        self._told = 0.0

    @property
    def actor(self) -> Actor:
        """Built anew, so that a right taken away since counts."""
        if self.row.by_assignment_id is None:
            return SYSTEM
        return actor_builders["user"](self.row.by_assignment_id)

    def progress(self, done: int, total: int | None = None) -> None:
        """Tells how far it is, at most twice a second. Raises Cancelled when somebody asked to stop."""
        self.row.done = done
        if total is not None:
            self.row.total = total
        if time.monotonic() - self._told < STEP:
            return
        self._told = time.monotonic()
        with write_transaction():
            Job.objects.filter(pk=self.row.pk).update(done=done, total=self.row.total, heartbeat_at=now())
        if Job.objects.filter(pk=self.row.pk, cancel_asked_at__isnull=False).exists():
            raise Cancelled


def claim() -> Job | None:
    """Takes the oldest job that waits, for this worker alone."""
    if not Job.objects.filter(state=State.QUEUED).exists():
        return None
    with write_transaction():
        row = (
            Job.objects.select_for_update(skip_locked=True).filter(state=State.QUEUED).order_by("pk").first()
        )
        if row is None:
            return None
        row.state, row.started_at, row.heartbeat_at = State.RUNNING, now(), now()
        row.attempt += 1
        row.worker = name_of(os.getpid())
        row.save(update_fields=["state", "started_at", "heartbeat_at", "attempt", "worker"])
        return row


def run(row: Job) -> Job:
    """Runs a claimed job to its end, whatever the end is."""
    beat = _Heartbeat(row.pk)
    beat.start()
    try:
        result = job_kinds[row.kind].run(RunningJob(row), **row.args)
        row.state, row.error = State.DONE, ""
        row.done = row.total
        if isinstance(result, dict):
            row.result = result
    except Cancelled:
        row.state = State.CANCELLED
    except Sentence as error:
        row.state, row.error = State.FAILED, str(error)[:300]
    except Exception as error:  # the worker must outlive any job
        row.state, row.error = (
            State.FAILED,
            str(FULL if is_full(error) else _("Something went wrong on our side. Nothing is half done.")),
        )
        log.exception("job %s (%s) failed", row.pk, row.kind)
    finally:
        beat.stop()
    row.finished_at = now()
    with write_transaction():
        row.save(
            update_fields=["state", "error", "done", "total", "result", "finished_at", "result_file", "url"]
        )
    return row


class _Heartbeat:
    """Signs of life from a second thread, for steps in which the job itself tells nothing."""

    def __init__(self, job_id: int) -> None:
        self.job_id = job_id
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join(timeout=5)

    def _beat(self) -> None:
        while not self._over.wait(BEAT):
            try:
                with write_transaction():
                    Job.objects.filter(pk=self.job_id).update(heartbeat_at=now())
            except DatabaseError:
                log.warning("job %s: no sign of life could be written", self.job_id)
            finally:
                close_old_connections()


def recover() -> int:
    """Deals with jobs whose worker ended or fell silent: again when that is safe, else broken off. How many."""
    running = Job.objects.filter(state=State.RUNNING)
    ended = [worker for worker in set(running.values_list("worker", flat=True)) if has_ended(worker)]
    left = running.filter(
        models.Q(heartbeat_at__lt=now() - SILENT_FOR) | models.Q(worker__in=ended)
    ).order_by("pk")
    if not left.exists():
        return 0
    with write_transaction():
        rows = list(left.select_for_update(skip_locked=True))
        for row in rows:
            kind = job_kinds.get(row.kind)
            if kind and kind.idempotent and row.attempt < ATTEMPTS and not row.cancel_asked_at:
                row.state = State.QUEUED
            else:
                row.state, row.finished_at = State.BROKEN_OFF, now()
                row.error = str(_("This task was broken off half-way. Start it again."))
            row.save(update_fields=["state", "finished_at", "error"])
        return len(rows)


def queue_scheduled() -> int:
    """Queues what is due by the schedule; returns how many."""
    last = dict(ScheduleRun.objects.values_list("code", "queued_at"))
    due = [
        (code, item)
        for code, item in schedule.items()
        if code not in last or last[code] + item.every <= now()
    ]
    for code, item in due:
        with write_transaction():
            ScheduleRun.objects.update_or_create(pk=code, defaults={"queued_at": now()})
            if not Job.objects.filter(kind=item.kind, state__in=[State.QUEUED, State.RUNNING]).exists():
                enqueue(item.kind, by=SYSTEM)
    return len(due)


def work_off() -> int:
    """Runs everything that waits, here and now; for tests, the demo and the shell. Returns how many ran."""
    ran = 0
    while row := claim():
        run(row)
        ran += 1
    return ran
