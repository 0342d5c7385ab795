"""What the Monitor leaves to the worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from leesbouw.core import files
from leesbouw.core.db import write_transaction
from leesbouw.core.jobs import RunningJob, Scheduled, job, schedule
from leesbouw.core.time import today
from leesbouw.rendering import report as paper
from leesbouw.rendering.sheets import file_name
from leesbouw.ui.export import TYPES

from . import actions, queries
from .models import Participation
from .permissions import REPORT
from .queries.reports import as_paper, school_report


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
    cells = actions.work_out(participation_id=participation_id, by=job.actor)
    row = Participation.objects.visible_to(job.actor).select_related("round").get(pk=participation_id)
    actions.queue_levels(participation=row, by=job.actor)
    return {"cells": cells}


@job(actions.REPORT_JOB, label=_("Making a report of the Monitor"), idempotent=True)
def make_report(job: RunningJob, *, participation_id: int, format: str) -> dict[str, int]:
    """Made with the rights of who ordered it; the file waits under her tasks."""
    row = queries.participation_by_id(job.actor, participation_id)
    content, extension = MAKERS[format](as_paper(school_report(job.actor, row)))
    with write_transaction():
        job.row.result_file = files.store(
            content,
            name=file_name(row.location.name, str(_("Monitor")), today(), extension),
            content_type=TYPES[extension],
            by=job.actor,
            permission=REPORT,
        )
    return {"bytes": len(content)}


MAKERS: dict[str, Callable[[paper.Report], tuple[bytes, str]]] = {
    "pdf": lambda report: (paper.as_pdf(report), "pdf"),
    "pptx": lambda report: (paper.as_slides(report), "pptx"),
    "xlsx": lambda report: (paper.as_workbook(report), "xlsx"),
    "png": lambda report: (paper.as_pictures(report), "zip"),
}

schedule.add(
    "monitor.close_over",
    Scheduled("monitor.close_over", every=timedelta(hours=6), grace=timedelta(hours=12)),
)
schedule.add(
    "monitor.mail_followers",
    Scheduled("monitor.mail_followers", every=timedelta(days=1), grace=timedelta(hours=12)),
)
