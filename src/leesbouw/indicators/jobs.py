"""What indicators leave to the worker: the figures of every level."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leesbouw.core.jobs import RunningJob, job
from leesbouw.core.time import SchoolYear

from . import actions


@job(actions.PUBLISH_JOB, label=_("Computing the figures of every level"), idempotent=True)
def publish(job: RunningJob, *, year: int) -> dict[str, int]:
    return {"rows": actions.publish(year=SchoolYear(year), by=job.actor, progress=job.progress)}
