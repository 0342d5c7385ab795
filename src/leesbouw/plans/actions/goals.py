"""Every write about goals: set, changed, dropped, carried on and evaluated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import hold_row, lock_row, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.core.registry import undo
from leesbouw.core.time import SchoolYear, now, today
from leesbouw.organisations.models import Unit

from ..domain import goals_left
from ..enums import Audience, Decision, GoalKind, GoalOrigin, Side
from ..models import Goal, GoalEvaluation
from ..permissions import EDIT_PLANS
from ..queries import (
    baseline_of,
    goal_rules,
    goals_of,
    goals_to_continue,
    latest_result,
    may_write_plans,
    target_in_unit,
)


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal as somebody words it. `target` is in the unit people see: a share in percent, a mean as it is."""

    what: str
    owner: Side
    kind: GoalKind
    last_year: SchoolYear
    why: str = ""
    audience: Audience = Audience.CHILDREN
    groups: Sequence[int] = ()
    measure: str = ""
    breakdown: str = ""
    target: float | None = None
    evidence: str = ""
    origin: GoalOrigin = GoalOrigin.OWN
    finding_id: int | None = None
    one_more: str = ""


def add_goal(
    *, unit: Unit, year: SchoolYear, goal: GoalRow, by: Actor, begins_at: SchoolYear | None = None
) -> Goal:
    """Sets a goal for a unit from this year on; a measured one gets the newest figure of its measure as baseline.

    `begins_at`: the year of which the figure at the latest is, for a goal that was set before this year was measured.

    Raises Sentence when there is no room for one more and nobody said why, or when a goal has nothing to see it by;
    NotAllowed for a unit out of reach or a year that is over.
    """
    check_plan_reach(by, unit, year)
    with write_transaction():
        hold_row(Unit, unit.pk)
        if not goals_left(goals_of(by, unit, year).count(), goal_rules().goals_a_year) and not goal.one_more:
            raise Sentence(
                _(
                    "This year has as many goals as it has room for. Choose deliberately: say why this one too."
                )
            )
        values = _values(by, unit, year, goal, begins_at)
        row = Goal(unit_id=unit.pk, first_year=year, **values)
        row.save()
        _tell(by, "plans.add_goal", row, undo=Undo("plans.drop_goal", {"id": row.pk}))
        return row


def change_goal(*, goal: Goal, change: GoalRow, by: Actor, version: int | None = None) -> Goal:
    """Words a goal anew. The baseline stays as long as the measure stays. Raises Stale, Sentence or NotAllowed."""
    with write_transaction():
        row = _held(by, goal)
        check_version(row, version)
        values = _values(by, row.unit, row.first_year, change)
        if (row.measure, row.breakdown) == (change.measure, change.breakdown) and row.baseline is not None:
            kept = ("measure_version", "baseline", "baseline_year", "baseline_base")
            values = {name: value for name, value in values.items() if name not in kept}
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        row.save()
        _tell(by, "plans.change_goal", row)
        return row


def _values(
    by: Actor, unit: Unit, year: SchoolYear, goal: GoalRow, begins_at: SchoolYear | None = None
) -> dict[str, Any]:
    if goal.last_year < year:
        raise Sentence(_("A goal ends in the year in which it begins, or later."))
    values = asdict(goal) | {"last_year": goal.last_year, "groups": list(goal.groups)}
    if goal.kind == GoalKind.CHANGE:
        if not goal.evidence:
            raise Sentence(_("Fill in what will show that the goal is reached."))
        return values | {"measure": "", "breakdown": "", "target": None}
    if not goal.measure or goal.target is None:
        raise Sentence(_("Choose a figure, and fill in where you want to go."))
    return values | {"evidence": ""} | _measured(by, unit, begins_at or year, goal)


def _measured(by: Actor, unit: Unit, year: SchoolYear, goal: GoalRow) -> dict[str, Any]:
    """The target as the measure counts, with the figure that it starts from."""
    found = baseline_of(by, unit, goal.measure, goal.breakdown, until=year)
    if found is None:
        raise Sentence(_("There is no figure of this yet. Describe the change instead."))
    target = target_in_unit(goal.measure, goal.target)
    if target == found.value:
        raise Sentence(_("The target is where you stand now. Choose another one."))
    return {
        "target": target,
        "measure_version": found.version,
        "baseline": found.value,
        "baseline_year": found.year,
        "baseline_base": found.base,
    }


@undo.register("plans.drop_goal")
def drop_goal(*, id: int, by: Actor) -> Goal:
    """Nobody works on this goal any more; its activities stay in the plan without it."""
    return _dropped(id, by, "plans.drop_goal", Undo("plans.take_back_goal", {"id": id}))


@undo.register("plans.take_back_goal")
def take_back_goal(*, id: int, by: Actor) -> Goal:
    """A goal that was dropped counts again."""
    return _dropped(id, by, "plans.take_back_goal", None)


def _dropped(id: int, by: Actor, verb: str, undo: Undo | None) -> Goal:
    with write_transaction():
        row = _held(by, Goal(pk=id))
        row.dropped_at = now() if undo else None
        row.version += 1
        row.save(update_fields=["dropped_at", "version"])
        _tell(by, verb, row, undo=undo)
        return row


@dataclass(frozen=True, slots=True)
class EvaluationRow:
    """What a school says about a goal at the end of a year, and what it decides."""

    words: str
    decision: Decision


def evaluate_goal(
    *, goal: Goal, year: SchoolYear, evaluation: EvaluationRow, by: Actor, version: int | None = None
) -> GoalEvaluation:
    """Writes down how a goal went, with the newest figure as it is now: a later measurement does not change it.

    Raises Stale when somebody else wrote in the meantime, LookupError for a year in which the goal does not run.
    """
    with write_transaction():
        row = _held(by, goal)
        if year < row.first_year or row.last_year < year:
            raise LookupError(f"no goal in {year}")
        check_plan_reach(by, row.unit, year)
        found = GoalEvaluation.objects.visible_to(by).filter(goal=row.pk, year=year).first()
        told = found or GoalEvaluation(unit_id=row.unit_id, goal=row, year=year, version=0)
        check_version(told, version)
        told.words, told.decision, told.decided_on = evaluation.words, evaluation.decision, today()
        if result := latest_result(by, row, until=year):
            told.result, told.result_year, told.result_base = result.value, result.year, result.base
            told.low, told.high = result.interval or (None, None)
        told.version += 1
        told.save()
        data = {"year": str(year), "decision": str(evaluation.decision)}
        record(by=by, verb="plans.evaluate_goal", subject=row, unit_id=row.unit_id, data=data)
        return told


def continue_goals(*, unit: Unit, year: SchoolYear, by: Actor) -> list[Goal]:
    """Copies into `year` the goals that ended the year before and are not finished; each says which one it follows.

    The baseline of a copy is the newest figure. A goal that runs on by itself, that was decided to stop or to keep as a
    habit, or that was carried on already is left alone.
    """
    check_plan_reach(by, unit, year)
    with write_transaction():
        hold_row(Unit, unit.pk)
        made = [_carried_on(by, row, year) for row in goals_to_continue(by, unit, year)]
        if made:
            data = {"year": str(year)}
            record(
                by=by, verb="plans.continue_goals", subject=unit, unit_id=unit.pk, count=len(made), data=data
            )
        return made


def _carried_on(by: Actor, row: Goal, year: SchoolYear) -> Goal:
    years = row.last_year.first - row.first_year.first
    fields = (
        "unit_id what why owner audience groups kind measure measure_version breakdown baseline baseline_year"
        " baseline_base target evidence origin"
    )
    copy = Goal(**{name: getattr(row, name) for name in fields.split()})
    copy.first_year, copy.last_year, copy.follows = year, SchoolYear(year.first + years), row
    if row.measure and (found := baseline_of(by, row.unit, row.measure, row.breakdown, until=year)):
        copy.measure_version, copy.baseline = found.version, found.value
        copy.baseline_year, copy.baseline_base = found.year, found.base
    copy.save()
    return copy


def check_plan_reach(by: Actor, unit: Unit, year: SchoolYear) -> None:
    """Raises NotAllowed unless the actor may write about the plans of this unit in this year."""
    require(by, EDIT_PLANS)
    if by.kind != "system" and not may_write_plans(by, unit, year):
        raise NotAllowed(EDIT_PLANS)


def _held(by: Actor, goal: Goal) -> Goal:
    row = lock_row(Goal.objects.visible_to(by).select_related("unit"), pk=goal.pk)
    check_plan_reach(by, row.unit, max(row.last_year, min(row.first_year, SchoolYear.running())))
    return row


def _tell(by: Actor, verb: str, row: Goal, undo: Undo | None = None) -> None:
    record(by=by, verb=verb, subject=row, unit_id=row.unit_id, undo=undo)
