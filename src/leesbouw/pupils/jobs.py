"""What pupils leave to the worker: moving up a school that is too large for a page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leesbouw.core.jobs import RunningJob, job
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import YearTransition

from . import actions
from .domain.moving import from_args
from .queries import moving


@job(actions.MOVE_UP_JOB, label=_("Moving a school up to its new year"), idempotent=True)
def move_up(
    job: RunningJob, *, transition_id: int, stays: list[int], children: list[int], groups: list[int]
) -> dict[str, int]:
    transition = YearTransition.objects.visible_to(job.actor).select_related("location").get(pk=transition_id)
    location, by = transition.location, job.actor
    year: SchoolYear = transition.year  # type: ignore[assignment]
    if not moving(by, location, year).children:  # a worker that fell had done it
        return {}
    plan = actions.move_up_pupils(
        location=location, year=year, by=by, choices=from_args(stays, children, groups)
    )
    return {"moved": len(plan.moves), "left": len(plan.leaves)}
