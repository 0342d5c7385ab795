"""Every write of routes: started, a step with its result, opened again, a to-do of a step, stopped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from leesbouw.core import search
from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import hold_row, lock_row, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.core.time import today
from leesbouw.organisations.actions import decide_gate
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Library, Unit

from ..domain import StepState
from ..enums import RecordKind
from ..models import Action, RouteRun, StepRecord, StepTask
from ..permissions import EDIT_ROUTES
from ..queries import (
    ROUTE_KIND,
    Route,
    RouteStep,
    is_meant_for,
    last_records,
    may_write_run,
    next_step,
    open_task_ids,
    route_entry,
    states_of,
    steps_of_run,
)
from .todo import ActionRow, add_action, complete_actions

ROUTE = "route"  # source of an action that belongs to a step


def start_routes(
    *, route: Route, library_id: int, units: Iterable[Unit], by: Actor, started_on: date | None = None
) -> list[RouteRun]:
    """Starts a route with each of these units, with one event. Raises Sentence for a unit that walks it already or for
    which it is not meant, NotAllowed for one out of reach."""
    require(by, EDIT_ROUTES)
    chosen, day = list(units), started_on or today()
    if not chosen:
        raise Sentence(_("Choose with whom you start."))
    for unit in chosen:
        _check_start(by, route, library_id, unit)
    with write_transaction():
        hold_row(Library, library_id)  # two who start at once wait for each other
        walking = RouteRun.objects.filter(library=library_id, code=route.code, stopped_on=None, left__gt=0)
        if walking.filter(unit__in=[unit.pk for unit in chosen]).exists():
            raise Sentence(_("This route is already under way there."))
        runs = [_new_run(route, library_id, unit, day) for unit in chosen]
        RouteRun.objects.bulk_create(runs)
        search.put(route_entry(run) for run in runs)
        record(
            by=by,
            verb="plans.start_routes",
            subject=runs[0] if len(runs) == 1 else None,
            unit_id=runs[0].unit_id if len(runs) == 1 else library_id,
            count=len(runs),
            data={"route": route.code},
        )
        return runs


def _check_start(by: Actor, route: Route, library_id: int, unit: Unit) -> None:
    if by.kind != "system":
        own = library_id in by.libraries and by.unit_kind in {UnitKind.LIBRARY, UnitKind.BRANCH}
        if not own or (unit.pk != library_id and unit.pk not in by.locations):
            raise NotAllowed(EDIT_ROUTES)
    if not is_meant_for(route.body, unit) or (unit.kind == UnitKind.LIBRARY and unit.pk != library_id):
        raise Sentence(_("This route is not meant for %(unit)s."), unit=unit.name)


def _new_run(route: Route, library_id: int, unit: Unit, day: date) -> RouteRun:
    run = RouteRun(library_id=library_id, code=route.code, content=route.item, started_on=day, moved_on=day)
    run.unit = unit
    steps = steps_of_run(run)
    run.left, run.at_step = len(steps), steps[0].code
    return run


@dataclass(frozen=True, slots=True)
class StepResult:
    """What came of a step. At a gate `answer` is yes or no, and a no has a day to look again."""

    text: str = ""
    url: str = ""
    answer: RecordKind = RecordKind.DONE
    on: date | None = None
    review_on: date | None = None


def record_step(
    *, run: RouteRun, step: str, result: StepResult, by: Actor, version: int | None = None
) -> StepRecord:
    """Writes down what came of a step; its open actions are done with it.

    Raises Sentence without a result or for a step that is done, Stale when somebody else wrote in the meantime,
    LookupError for a step that the route does not have.
    """
    with write_transaction():
        row = _locked(run, by)
        check_version(row, version)
        steps = {one.code: one for one in steps_of_run(row)}
        found = steps.get(step)
        if found is None:
            raise LookupError(f"no step {step}")
        _check_result(row, found, result)
        kept = _write(row, found, result, by)
        if kept.kind == RecordKind.NO:
            _lead_back(row, found, kept, by)
        else:
            complete_actions(open_task_ids(row, step), by=by)
        _settle(row, kept.on)
        _tell(by, "plans.record_step", row, step, kept.kind)
        return kept


def _locked(run: RouteRun, by: Actor) -> RouteRun:
    row: RouteRun = lock_row(RouteRun.objects.visible_to(by).select_related("unit", "content"), pk=run.pk)
    require(by, EDIT_ROUTES)
    if by.kind != "system" and not may_write_run(by, row):
        raise Sentence(_("This route was stopped."))
    return row


def _check_result(run: RouteRun, step: RouteStep, result: StepResult) -> None:
    state = states_of([step], list(run.records.filter(step=step.code)), today())[step.code]
    if state is StepState.DONE:
        raise Sentence(_("This step is done already. Open it again to write something else."))
    if result.on and result.on > today():
        raise Sentence(_("Something that is done lies in the past."))
    if step.gate is None and not (result.text or result.url):
        raise Sentence(_("A step is done when its result is there. Say what it is, or where it stands."))
    if step.gate is None:
        return
    if result.answer not in (RecordKind.YES, RecordKind.NO):
        raise Sentence(_("Choose yes or no."))
    if result.answer == RecordKind.NO and (result.review_on is None or result.review_on <= today()):
        raise Sentence(_("Choose a day in the future on which you look at this again."))


def _write(run: RouteRun, step: RouteStep, result: StepResult, by: Actor) -> StepRecord:
    kind = result.answer if step.gate else RecordKind.DONE
    day = result.on or today()
    review_on = result.review_on if kind == RecordKind.NO else None
    if step.gate and step.gate.decides and run.unit_id == run.library_id:
        decide_gate(
            library=Library.objects.get(pk=run.library_id),
            gate=step.gate.decides,
            outcome=str(kind),
            decided_on=day,
            reason=result.text,
            review_on=review_on,
            by=by,
        )
    return StepRecord.objects.create(
        run=run,
        step=step.code,
        kind=kind,
        text=result.text,
        url=result.url,
        on=day,
        review_on=review_on,
        by_user_id=by.user_id,
    )


def _lead_back(run: RouteRun, step: RouteStep, kept: StepRecord, by: Actor) -> None:
    """A “no” opens the step again to which the gate leads back, also when that one lies at the library."""
    back_to = step.gate.back_to if step.gate else ""
    if not back_to:
        return
    if back_to in {one.code for one in steps_of_run(run)}:
        _open(run, back_to, kept.on, by)
        return
    rows = RouteRun.objects.filter(
        library=run.library_id, unit=run.library_id, code=run.code, stopped_on=None
    ).select_related("unit", "content")
    if found := rows.order_by("-pk").first():
        above = lock_row(rows, pk=found.pk)
        _open(above, back_to, kept.on, by)
        _settle(above, kept.on)


def _open(run: RouteRun, step: str, day: date, by: Actor) -> StepRecord | None:
    """A row that says it is open again; nothing where it was not done."""
    last = last_records(list(run.records.filter(step=step))).get(step)
    if last is None or last.kind == RecordKind.OPENED:
        return None
    return StepRecord.objects.create(
        run=run, step=step, kind=RecordKind.OPENED, on=day, by_user_id=by.user_id
    )


def _settle(run: RouteRun, day: date) -> None:
    """What the lists show of a run, made anew of its records."""
    steps, records = steps_of_run(run), list(run.records.all())
    states = states_of(steps, records, today())
    upcoming = next_step(steps, states)
    waits = last_records(records).get(upcoming.code) if upcoming else None
    run.done = sum(state is StepState.DONE for state in states.values())
    run.left = len(steps) - run.done
    run.at_step = upcoming.code if upcoming else ""
    run.review_on = waits.review_on if waits else None
    run.moved_on = max(run.moved_on, day)
    run.version += 1
    run.save()


def reopen_step(*, run: RouteRun, step: str, by: Actor) -> StepRecord:
    """A step is not done after all; what was written about it stays. Raises Sentence when it is open."""
    with write_transaction():
        row = _locked(run, by)
        opened = _open(row, step, today(), by)
        if opened is None:
            raise Sentence(_("This step is open already."))
        _settle(row, today())
        _tell(by, "plans.reopen_step", row, step)
        return opened


def plan_step(*, run: RouteRun, step: str, row: ActionRow, by: Actor) -> Action:
    """Somebody will do this step before a day: it stands on her list. Raises LookupError for an unknown step."""
    with write_transaction():
        found = _locked(run, by)
        if step not in {one.code for one in steps_of_run(found)}:
            raise LookupError(f"no step {step}")
        action = add_action(row, by=by)
        StepTask.objects.create(run=found, step=step, action=action)
        _tell(by, "plans.plan_step", found, step)
        return action


def stop_route(*, run: RouteRun, reason: str, by: Actor, version: int | None = None) -> RouteRun:
    """Ends a run before its end, with why; it stays readable and can be started anew."""
    if not reason.strip():
        raise Sentence(_("Say why the route stops."))
    with write_transaction():
        row = _locked(run, by)
        check_version(row, version)
        if by.unit_kind in {UnitKind.LOCATION, UnitKind.BOARD}:
            raise NotAllowed(EDIT_ROUTES)
        row.stopped_on, row.reason = today(), reason
        row.version += 1
        row.save()
        search.remove(ROUTE_KIND, [row.pk])
        _tell(by, "plans.stop_route", row)
        return row


def _tell(by: Actor, verb: str, run: RouteRun, step: str = "", kind: str = "") -> None:
    data = {"route": run.code} | ({"step": step} if step else {}) | ({"answer": kind} if kind else {})
    record(by=by, verb=verb, subject=run, unit_id=run.unit_id, data=data)
