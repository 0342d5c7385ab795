"""What lending leaves to the worker: counting what was lent."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from leesbouw.core.jobs import RunningJob, Scheduled, job, schedule

from . import actions


@job(actions.COUNT_JOB, label=_("Counting what was lent"), idempotent=True)
def count_months(job: RunningJob) -> dict[str, int]:
    """The months that run, and those that ended since; a month that is over stays as it was counted."""
    return {"rows": actions.count_months(by=job.actor, progress=job.progress)}


schedule.add(
    actions.COUNT_JOB, Scheduled(actions.COUNT_JOB, every=timedelta(days=1), grace=timedelta(hours=12))
)
