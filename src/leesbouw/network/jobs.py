"""What the network does by itself: wiping what was deleted."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from leesbouw.core.jobs import RunningJob, Scheduled, job, schedule

from .actions import purge_deleted


@job("network.purge_talks", label=_("Wiping deleted talks"), idempotent=True)
def purge_talks(job: RunningJob) -> dict[str, int]:
    """Wipes talks that were deleted more than a day ago."""
    return {"talks": purge_deleted(by=job.actor)}


schedule.add(
    "purge_talks", Scheduled("network.purge_talks", every=timedelta(hours=24), grace=timedelta(hours=6))
)
