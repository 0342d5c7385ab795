"""What lending leaves to the worker: counting what was lent."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from leesbouw.core.jobs import RunningJob, Scheduled, job, schedule
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Library

from . import actions


@job(actions.COUNT_JOB, label=_("Counting what was lent"), idempotent=True)
def count_months(job: RunningJob) -> dict[str, int]:
    """The months that run, and those that ended since; a month that is over stays as it was counted."""
    return {"rows": actions.count_months(by=job.actor, progress=job.progress)}


schedule.add(
    actions.COUNT_JOB, Scheduled(actions.COUNT_JOB, every=timedelta(days=1), grace=timedelta(hours=12))
)


@job(actions.DIGEST_JOB, label=_("Mailing teachers about the books of their groups"), idempotent=True)
def mail_digests(job: RunningJob) -> dict[str, int]:
    """Once a week each, to who wants it."""
    return {"letters": actions.mail_digests(by=job.actor)}


schedule.add(
    actions.DIGEST_JOB, Scheduled(actions.DIGEST_JOB, every=timedelta(days=1), grace=timedelta(hours=12))
)


@job(actions.RIGHT_JOB, label=_("Making the list for the lending right"), idempotent=True)
def make_right(job: RunningJob, *, library_id: int, year: int, ext: str) -> dict[str, int]:
    """Made with the rights of who ordered it; the file waits under her tasks."""
    library = Library.objects.get(pk=library_id)
    stored, number = actions.make_right(library=library, year=SchoolYear(year), ext=ext, by=job.actor)
    job.row.result_file = stored
    return {"rows": number}
