"""What organisations leave to the worker: the search index of many locations at once."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from leesbouw.core.jobs import RunningJob, Scheduled, job, schedule

from . import actions


@job("organisations.index_area", label=_("Making an area findable"), idempotent=True)
def index_area(job: RunningJob, *, municipality_ids: list[int]) -> dict[str, int]:
    done = actions.index_municipalities(municipality_ids, job.progress)
    return {"locations": done}


@job("organisations.index_moved", label=_("Making findable what moved"), idempotent=True)
def index_moved(job: RunningJob) -> dict[str, int]:
    return {"locations": actions.index_moved()}


schedule.add(
    "moved", Scheduled("organisations.index_moved", every=timedelta(hours=24), grace=timedelta(hours=6))
)
