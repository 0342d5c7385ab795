"""Writing down a step of the parent route where it is under way; what is done or stopped is left alone."""

from __future__ import annotations

from leesbouw.core.access import Actor
from leesbouw.plans.actions import StepResult, record_step
from leesbouw.plans.domain import StepState
from leesbouw.plans.queries import open_run, standing_of_run

from ..queries import ROUTE


def finish_step(*, library_id: int, unit_id: int, step: str, result: StepResult, by: Actor) -> None:
    """The step is done with this result, in the run of this library with this unit."""
    run = open_run(by, library_id, unit_id, ROUTE)
    if run is None:
        return
    if standing_of_run(by, run).of(step).state is not StepState.DONE:
        record_step(run=run, step=step, result=result, by=by)
