"""The shelves of children are filled every night, before anybody forgets who had which book."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import SYSTEM
from leesbouw.core.jobs import RunningJob, Scheduled, job, schedule

from . import actions


@job("shelf.fill", label=_("Filling the shelves of children"), idempotent=True)
def fill(job: RunningJob) -> dict[str, int]:
    return {"books": actions.fill_shelves(by=SYSTEM)}


schedule.add("shelf.fill", Scheduled("shelf.fill", every=timedelta(hours=12), grace=timedelta(hours=24)))
