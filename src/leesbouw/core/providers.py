"""What the kernel itself gives to its registries: backups, what it holds of people, and its own health."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from . import backup, erasures, files
from .access import Actor
from .audit import AuditEvent
from .health import Condition, Health
from .jobs import Job, RunningJob, Scheduled, State, job, schedule
from .mail import Outgoing, stays_here
from .once import RequestKey
from .registry import Holder, health_checks, holders
from .retention import begin_of, rows
from .time import now

LITTLE_ROOM = 500_000_000  # bytes
NO_ROOM = 50_000_000  # bytes; from here on /healthz says that people cannot work
# Events that tell who changed the house itself; they are kept longer than those of daily work.
ADMINISTRATION = ("accounts.", "core.", "exchange.", "privacy.")


@job("core.backup", label=_("Making a backup"), idempotent=True)
def make_backup(job: RunningJob) -> dict[str, str | int]:
    """The nightly backup."""
    erasures.complete()
    return {"name": backup.make(tell=job.progress).name}


schedule.add("backup", Scheduled("core.backup", every=timedelta(hours=24), grace=timedelta(hours=12)))


def _administration() -> Q:
    about = Q()
    for begin in ADMINISTRATION:
        about |= Q(verb__startswith=begin)
    return about


def _events(limit: date) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(~_administration(), at__lt=begin_of(limit))


def _events_of_administration(limit: date) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(_administration(), at__lt=begin_of(limit))


def _jobs(limit: date) -> QuerySet[Job]:
    return Job.objects.filter(finished_at__lt=begin_of(limit))


def _mail(limit: date) -> QuerySet[Outgoing]:
    return Outgoing.objects.filter(created_at__lt=begin_of(limit))


def _requests(limit: date) -> QuerySet[RequestKey]:
    return RequestKey.objects.filter(at__lt=begin_of(limit))


def _files(limit: date) -> QuerySet[files.StoredFile]:
    return files.orphans().filter(created_at__lt=begin_of(limit))


def _wipe_files(*, ids: Sequence[int], by: Actor) -> None:
    for row in files.StoredFile.objects.filter(pk__in=ids):
        files.remove(row)


def _backups_due(limit: date) -> int:
    return len(backup.old(begin_of(limit)))


def _backup_names(limit: date) -> Iterator[str]:
    return (path.name for path in backup.old(begin_of(limit)))


def _erase_backups(*, limit: date, by: Actor, run: str = "") -> int:
    old = backup.old(begin_of(limit))
    for path in old:
        backup.forget(path)
    return len(old)


holders.add("event", rows(_("Lines of the logbook"), "audit", _events))
holders.add(
    "administration",
    rows(_("Lines of the logbook about the house itself"), "audit-administration", _events_of_administration),
)
holders.add("job", rows(_("Tasks in the background"), "job", _jobs))
holders.add("mail", rows(_("Outgoing mail"), "mail", _mail))
holders.add("request", rows(_("Double-submit keys"), "request", _requests))
holders.add("file", rows(_("Files that nothing belongs to any more"), "file", _files, wipe=_wipe_files))
holders.add(
    "backup",
    Holder(
        _("Backups, and what was put aside when one was put back"),
        "backup",
        _backups_due,
        _erase_backups,
        _backup_names,
    ),
)


@health_checks.register("backup")
def backup_health() -> Health:
    """Whether there is a backup of the past day and a half."""
    label = _("Backups")
    last = next((at for _path, at in backup.made()), None)
    failed = Job.objects.filter(kind="core.backup").order_by("-pk").first()
    if failed and failed.state in {State.FAILED, State.BROKEN_OFF}:
        return Health(label, Condition.FAILED, _("The last backup failed."), last, "/taken/")
    if last is None:
        return Health(label, Condition.NEW, _("No backup has been made yet."))
    if last < now() - timedelta(hours=36):
        return Health(label, Condition.LATE, _("The last backup is older than a day and a half."), last)
    return Health(label, Condition.GOOD, _("There is a backup of the past day."), last)


@health_checks.register("jobs")
def jobs_health() -> Health:
    """Whether a worker takes jobs from the queue."""
    label = _("Tasks in the background")
    stuck = Job.objects.filter(state=State.QUEUED, created_at__lt=now() - timedelta(minutes=5)).count()
    recent = Job.objects.filter(finished_at__gte=now() - timedelta(days=7))
    failed = recent.filter(state__in=[State.FAILED, State.BROKEN_OFF]).count()
    last = (
        Job.objects.filter(state=State.DONE)
        .order_by("-finished_at")
        .values_list("finished_at", flat=True)
        .first()
    )
    if stuck:
        return Health(label, Condition.LATE, _("Tasks are waiting longer than five minutes."), last)
    if failed:
        return Health(label, Condition.FAILED, _("A task failed in the past week."), last, "/taken/")
    if last is None:
        return Health(label, Condition.NEW, _("No task has run yet."))
    return Health(label, Condition.GOOD, _("Every task of the past week ran well."), last)


@health_checks.register("mail")
def mail_health() -> Health:
    """Whether messages leave."""
    label = _("Mail")
    last = (
        Outgoing.objects.filter(sent_at__isnull=False)
        .order_by("-sent_at")
        .values_list("sent_at", flat=True)
        .first()
    )
    if stays_here():
        text = _("No mail server is set: letters go to the log of the program and to nobody.")
        return Health(label, Condition.LATE if last else Condition.NEW, text, last)
    if Outgoing.objects.filter(failed_at__isnull=False).exists():
        return Health(label, Condition.FAILED, _("A message could not be delivered."), last)
    waiting = Outgoing.objects.filter(
        sent_at=None, taken_back_at=None, failed_at=None, send_after__lt=now() - timedelta(minutes=10)
    )
    if waiting.exists():
        return Health(label, Condition.LATE, _("Messages are waiting longer than ten minutes."), last)
    if last is None:
        return Health(label, Condition.NEW, _("No message has been sent yet."))
    return Health(label, Condition.GOOD, _("Messages leave as they should."), last)


@health_checks.register("files")
def files_health() -> Health:
    """Whether the data folder can be written to and has room left."""
    label = _("Space on the disk")
    files.folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    free = shutil.disk_usage(files.folder()).free
    if free < NO_ROOM:
        return Health(label, Condition.FAILED, _("The disk is nearly full: less than 50 MB is left."), now())
    if free < LITTLE_ROOM:
        return Health(label, Condition.LATE, _("Less than half a gigabyte is left."), now())
    return Health(label, Condition.GOOD, _("There is room enough."), now())
