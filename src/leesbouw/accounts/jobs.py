"""Work that comes back by itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leesbouw.core.jobs import RunningJob, job

from .actions import forget_old


@job("accounts.housekeeping", label=_("Clearing up old links"), idempotent=True)
def housekeeping(job: RunningJob) -> dict[str, int]:
    """Forgets invitations, sign-in links and task links that ended long ago."""
    return forget_old()
