"""Wiping what is over its term: every day by itself, and whenever somebody asks."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from leesbouw.core.jobs import RunningJob, Scheduled, job, schedule
from leesbouw.core.time import now

from . import actions
from .enums import Occasion
from .models import DestructionRun

LEFT_BEHIND = timedelta(hours=1)  # a run that is not finished by then fell, and is taken up again


@job(actions.JOB, label=_("Wiping what is over its term"), idempotent=True)
def retention(job: RunningJob, *, run_id: int = 0) -> dict[str, int]:
    """The run that was asked for; else first what an earlier run left, then a run of today."""
    by = job.actor
    if run_id:
        runs = [DestructionRun.objects.get(pk=run_id)]
    else:
        left = DestructionRun.objects.filter(finished_at=None, started_at__lt=now() - LEFT_BEHIND)
        runs = [*left, actions.begin(occasion=Occasion.DAILY, by=by)]
    for run in runs:
        actions.carry_out(run=run, by=by, tell=job.progress)
    return {"erased": sum(count.erased or 0 for run in runs for count in run.counts.all())}


schedule.add("retention", Scheduled(actions.JOB, every=timedelta(hours=24), grace=timedelta(hours=12)))
