"""Writing down a step of the parent route where it is under way; what is done or stopped is left alone."""

from __future__ import annotations

from leesbouw.core.access import Actor
from leesbouw.plans.actions import StepResult, record_step, reopen_step
from leesbouw.plans.domain import StepState
from leesbouw.plans.queries import open_run, standing_of_run

from ..queries import ROUTE


def finish_step(
    *,
    library_id: int,
    unit_id: int,
    step: str,
    result: StepResult,
    by: Actor,
    answer_changed: bool = False,
) -> None:
    """The step is done with this result, in the run of this library with this unit.

    A gate that was answered otherwise in the meantime is answered anew: the route is the one home of the decision.
    """
    run = open_run(by, library_id, unit_id, ROUTE)
    if run is None:
        return
    stands = standing_of_run(by, run).of(step)
    if (
        stands.state is StepState.DONE
        and answer_changed
        and stands.last
        and stands.last.kind != result.answer
    ):
        reopen_step(run=run, step=step, by=by)
    elif stands.state is StepState.DONE:
        return
    record_step(run=run, step=step, result=result, by=by)
