"""What the Monitor leaves to the worker."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from leesbouw.core import files
from leesbouw.core.db import write_transaction
from leesbouw.core.jobs import RunningJob, Scheduled, job, schedule
from leesbouw.core.time import SchoolYear
from leesbouw.ui.export import TYPES

from . import actions, queries
from .enums import MonitorKind
from .models import Participation
from .permissions import REPORT, RESEARCH


@job("monitor.mail_followers", label=_("Mailing who follows a round of the Monitor"), idempotent=True)
def mail_followers(job: RunningJob) -> dict[str, int]:
    """Looks every day whose week is over."""
    return {"letters": actions.mail_followers(by=job.actor)}


@job("monitor.close_over", label=_("Closing schools whose time is over"), idempotent=True)
def close_over(job: RunningJob) -> dict[str, int]:
    return {"closed": actions.close_over(by=job.actor)}


@job(actions.WORK_OUT_JOB, label=_("Working out the figures of a school"), idempotent=True)
def work_out(job: RunningJob, *, participation_id: int) -> dict[str, int]:
    """The school's own figures first, because its team waits for them; those of the levels in a job of their own."""
    if not Participation.objects.filter(pk=participation_id).exists():
        return {"cells": 0}  # results from a file that were taken away meanwhile
    cells = actions.work_out(participation_id=participation_id, by=job.actor)
    row = (
        Participation.objects.visible_to(job.actor)
        .select_related("round")
        .filter(pk=participation_id)
        .first()
    )
    if row is not None:
        actions.queue_levels(participation=row, by=job.actor)
    return {"cells": cells}


@job(actions.REPORT_JOB, label=_("Making a report of the Monitor"), idempotent=True)
def make_report(job: RunningJob, *, participation_id: int, format: str) -> dict[str, int]:
    """Made with the rights of who ordered it; the file waits under her tasks."""
    row = queries.participation_by_id(job.actor, participation_id)
    content, name = queries.report_file(job.actor, row, format)
    return _kept(job, content, name)


@job(actions.LEVEL_JOB, label=_("Making a report of the Monitor"), idempotent=True)
def make_level_report(job: RunningJob, *, unit_id: int, kind: str, year: int, format: str) -> dict[str, int]:
    """The same of a level."""
    level = queries.level_by_id(job.actor, unit_id)
    content, name = queries.level_file(job.actor, level, MonitorKind(kind), SchoolYear(year), format)
    return _kept(job, content, name)


@job(actions.CHOSEN_JOB, label=_("Making figures of your own choice"), idempotent=True)
def make_chosen_report(
    job: RunningJob, *, of: str, kind: str, year: int, units: list[int], format: str = "xlsx"
) -> dict[str, int]:
    """What may be chosen is looked up anew."""
    choice = queries.choice_of(job.actor, of, MonitorKind(kind), SchoolYear(year))
    content, name = queries.chosen_file(job.actor, choice, units, format)
    return _kept(job, content, name)


def _kept(job: RunningJob, content: bytes, name: str, permission: str = REPORT) -> dict[str, int]:
    """Lays a file under the tasks of who asked for it."""
    with write_transaction():
        job.row.result_file = files.store(
            content,
            name=name,
            content_type=TYPES[name.rpartition(".")[2]],
            by=job.actor,
            permission=permission,
        )
    return {"bytes": len(content)}


@job(actions.DATASET_JOB, label=_("Making a dataset of the Monitor"), idempotent=True)
def make_dataset(job: RunningJob, *, code: str, year: int, format: str) -> dict[str, int]:
    content, name = actions.dataset(code=code, year=SchoolYear(year), format=format, by=job.actor)
    return _kept(job, content, name, RESEARCH)


schedule.add(
    "monitor.close_over",
    Scheduled("monitor.close_over", every=timedelta(hours=6), grace=timedelta(hours=12)),
)
schedule.add(
    "monitor.mail_followers",
    Scheduled("monitor.mail_followers", every=timedelta(days=1), grace=timedelta(hours=12)),
)
