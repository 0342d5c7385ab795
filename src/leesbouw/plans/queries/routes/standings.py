"""How one run stands: its steps with what was written, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from leesbouw.core.access import Actor
from leesbouw.core.time import today

from ...domain import RunState, StepState, step_state
from ...enums import RecordKind
from ...models import Action, RouteRun, StepRecord, StepTask
from ..route_texts import RouteBody, RouteStep, by_phase, steps_for
from ..todo import actions_for
from .runs import state_of_run


@dataclass(frozen=True, slots=True)
class StepStanding:
    """A step of a run: how it stands, everything that was written about it, and who will do it."""

    number: int
    step: RouteStep
    state: StepState
    records: Sequence[StepRecord]
    tasks: Sequence[Action]
    is_next: bool
    url: str

    @property
    def last(self) -> StepRecord | None:
        return self.records[-1] if self.records else None


@dataclass(frozen=True, slots=True)
class RunStanding:
    """A run with its steps by phase."""

    run: RouteRun
    body: RouteBody
    state: RunState
    steps: Sequence[StepStanding]

    @property
    def next(self) -> StepStanding | None:
        return next((one for one in self.steps if one.is_next), None)

    @property
    def phases(self) -> list[tuple[str, list[StepStanding]]]:
        by_code = {one.step.code: one for one in self.steps}
        return [
            (phase, [by_code[step.code] for step in steps])
            for phase, steps in by_phase([one.step for one in self.steps])
        ]

    def of(self, code: str) -> StepStanding:
        """Raises LookupError."""
        for one in self.steps:
            if one.step.code == code:
                return one
        raise LookupError(f"no step {code}")


def steps_of_run(run: RouteRun) -> list[RouteStep]:
    return steps_for(run.content.body, run.unit.kind)


def last_records(records: Sequence[StepRecord]) -> dict[str, StepRecord]:
    return {record.step: record for record in records}


def next_step(steps: Sequence[RouteStep], states: Mapping[str, StepState]) -> RouteStep | None:
    """The first that is not done: a gate that said no holds the way until it says yes."""
    return next((step for step in steps if states[step.code] is not StepState.DONE), None)


def states_of(steps: Sequence[RouteStep], records: Sequence[StepRecord], day: date) -> dict[str, StepState]:
    last = last_records(records)
    return {
        step.code: step_state(
            RecordKind(last[step.code].kind) if step.code in last else None,
            last[step.code].review_on if step.code in last else None,
            day,
        )
        for step in steps
    }


def standing_of_run(actor: Actor, run: RouteRun) -> RunStanding:
    """Every step of a run; two queries beside the run itself."""
    steps = steps_of_run(run)
    records = list(StepRecord.objects.visible_to(actor).filter(run=run.pk))
    states = states_of(steps, records, today())
    upcoming = next_step(steps, states)
    numbers = {step.code: number for number, step in enumerate(run.content.body.steps, start=1)}
    tasks = _tasks_of(actor, run)
    return RunStanding(
        run,
        run.content.body,
        state_of_run(run),
        [
            StepStanding(
                number=numbers[step.code],
                step=step,
                state=states[step.code],
                records=[record for record in records if record.step == step.code],
                tasks=tasks.get(step.code, []),
                is_next=step is upcoming and run.stopped_on is None,
                url=reverse("plans:route-step", args=[run.pk, step.code]),
            )
            for step in steps
        ],
    )


def _tasks_of(actor: Actor, run: RouteRun) -> dict[str, list[Action]]:
    """Actions of the steps that the actor may see, without what nobody does any more."""
    rows = StepTask.objects.visible_to(actor).filter(run=run.pk)
    steps = dict(rows.values_list("action", "step"))
    found: dict[str, list[Action]] = {}
    for action in actions_for(actor).filter(pk__in=list(steps)):
        found.setdefault(steps[action.pk], []).append(action)
    return found


def open_task_ids(run: RouteRun, step: str) -> list[int]:
    """Actions of a step that nobody did yet: they are done when its result is there."""
    rows = StepTask.objects.filter(run=run.pk, step=step, action__completion=None, action__dropped_at=None)
    return list(rows.values_list("action", flat=True))
