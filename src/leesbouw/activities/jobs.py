"""What visits leave to the worker: proposing a year of them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leesbouw.core.jobs import RunningJob, job
from leesbouw.people.models import StaffMember

from . import actions


@job(actions.PROPOSE_JOB, label=_("Proposing visits from the year plans"), idempotent=True)
def propose(job: RunningJob, *, staff_id: int) -> dict[str, int]:
    """With the rights of who asked for it."""
    staff = StaffMember.objects.visible_to(job.actor).get(pk=staff_id)
    return {"proposed": len(actions.make_proposal(staff=staff, by=job.actor, progress=job.progress))}
