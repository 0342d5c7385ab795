"""What the kernel itself gives to its registries: housekeeping and its own health."""

from __future__ import annotations

import shutil
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from . import backup, files, mail, once
from .health import Condition, Health
from .jobs import Job, RunningJob, Scheduled, State, job, schedule
from .mail import Outgoing
from .registry import health_checks
from .time import now

JOBS_KEPT = timedelta(days=90)


@job("core.housekeeping", label=_("Clearing up"), idempotent=True)
def housekeeping(job: RunningJob) -> dict[str, int]:
    """Forgets what need not be kept: request ids after a day, mail after thirty days, jobs after ninety."""
    return {
        "requests": once.forget_old(),
        "mail": mail.forget_old(),
        "jobs": Job.objects.filter(finished_at__lt=now() - JOBS_KEPT).delete()[0],
    }


schedule.add(
    "housekeeping", Scheduled("core.housekeeping", every=timedelta(hours=24), grace=timedelta(hours=6))
)


@job("core.backup", label=_("Making a backup"), idempotent=True)
def make_backup(job: RunningJob) -> dict[str, str | int]:
    """The nightly backup, and the end of those that are too old."""
    path = backup.make(tell=job.progress)
    return {"name": path.name, "deleted": backup.forget_old()}


schedule.add("backup", Scheduled("core.backup", every=timedelta(hours=24), grace=timedelta(hours=12)))


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
    if free < 500_000_000:
        return Health(label, Condition.FAILED, _("Less than half a gigabyte is left."), now())
    return Health(label, Condition.GOOD, _("There is room enough."), now())
