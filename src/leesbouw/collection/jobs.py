"""What the collection leaves to the worker: counting the shelves."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from leesbouw.core.jobs import RunningJob, Scheduled, job, schedule
from leesbouw.core.time import SchoolYear

from . import actions


@job(actions.COUNT_JOB, label=_("Counting what stands on the shelves"), idempotent=True)
def count_shelves(job: RunningJob) -> dict[str, int]:
    """The running year as it is today; of a year that is over the last count stays."""
    number = actions.count_shelves(year=SchoolYear.running(), by=job.actor, progress=job.progress)
    return {"locations": number}


schedule.add(
    actions.COUNT_JOB, Scheduled(actions.COUNT_JOB, every=timedelta(days=1), grace=timedelta(hours=12))
)
