"""What visits leave to the worker: proposing a year of them, and counting what came of a year."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from leesbouw.core import files
from leesbouw.core.db import write_transaction
from leesbouw.core.jobs import RunningJob, Scheduled, job, schedule
from leesbouw.core.time import SchoolYear, today
from leesbouw.people.models import StaffMember
from leesbouw.ui.export import TYPES

from . import actions, queries
from .permissions import VIEW_LOOK_BACK

LATE = timedelta(
    days=92
)  # after a year somebody may still write up what was done in it; then it stays as it was


@job(actions.PROPOSE_JOB, label=_("Proposing visits from the year plans"), idempotent=True)
def propose(job: RunningJob, *, staff_id: int) -> dict[str, int]:
    """With the rights of who asked for it."""
    staff = StaffMember.objects.visible_to(job.actor).get(pk=staff_id)
    return {"proposed": len(actions.make_proposal(staff=staff, by=job.actor, progress=job.progress))}


@job(actions.COUNT_JOB, label=_("Counting what came of the school year"), idempotent=True)
def count_year(job: RunningJob) -> dict[str, int]:
    """The running year, and the one before for as long as people still write about it."""
    running = SchoolYear.running()
    years = [running] if today() - running.starts_on > LATE else [running.previous, running]
    return {"locations": sum(actions.count_year(year=year, by=job.actor) for year in years)}


@job(actions.PAPER_JOB, label=_("Putting on paper what was agreed and reached"), idempotent=True)
def make_look_back(job: RunningJob, *, year: int, format: str) -> dict[str, int]:
    """With the rights of who ordered it; the file waits under her tasks."""
    content, name = queries.library_paper(job.actor, SchoolYear(year), format, progress=job.progress)
    with write_transaction():
        job.row.result_file = files.store(
            content, name=name, content_type=TYPES[format], by=job.actor, permission=VIEW_LOOK_BACK
        )
    return {"bytes": len(content)}


schedule.add(
    actions.COUNT_JOB, Scheduled(actions.COUNT_JOB, every=timedelta(days=1), grace=timedelta(hours=12))
)
