"""What the Monitor leaves to the worker."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from leesbouw.core.jobs import RunningJob, Scheduled, job, schedule

from . import actions


@job("monitor.mail_followers", label=_("Mailing who follows a round of the Monitor"), idempotent=True)
def mail_followers(job: RunningJob) -> dict[str, int]:
    """Looks every day whose week is over."""
    return {"letters": actions.mail_followers(by=job.actor)}


schedule.add(
    "monitor.mail_followers",
    Scheduled("monitor.mail_followers", every=timedelta(days=1), grace=timedelta(hours=12)),
)
