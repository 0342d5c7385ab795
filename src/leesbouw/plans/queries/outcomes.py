"""What came of the plans of a year, of many locations at once: goals, decisions, bouwstenen, activities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.utils.formats import date_format

from leesbouw.core.access import Actor, mostly
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.queries import Shown, figures, measure

from ..domain import OF_STAGE, Counted, Stage, Sums, progress_of
from ..enums import Decision, GoalKind, PlanKind, VersionReason
from ..models import BlockYear, Goal, GoalEvaluation, Plan, PlannedActivity, PlanVersion

OF_DECISION = {
    Decision.CONTINUE: Counted.CONTINUE,
    Decision.ADJUST: Counted.ADJUST,
    Decision.ANCHOR: Counted.ANCHOR,
    Decision.STOP: Counted.STOP,
}
ONE = Decimal(1)
ByUnit = dict[int, Sums]


@dataclass(frozen=True, slots=True)
class _Goal:
    """What of a goal says how far it is."""

    pk: int
    unit_id: int
    kind: str
    measure: str
    measure_version: int | None
    breakdown: str
    baseline: float | None
    baseline_year: SchoolYear | None
    target: float | None


Measured = tuple[float, tuple[float, float] | None]  # a result, and where it almost surely is
FIELDS = ("pk", "unit_id", "kind", "measure", "measure_version", "breakdown", "baseline", "baseline_year")


def plan_outcomes(actor: Actor, units: Collection[int], year: SchoolYear) -> ByUnit:
    """By unit what there is to count of `domain.Counted` in the plans of a year. Seven queries, whatever the number.

    A goal that was looked back on counts with the figure of that day, any other with the newest one.
    """
    found: ByUnit = defaultdict(lambda: defaultdict(Decimal))
    _count_goals(actor, units, year, found)
    _count_blocks(actor, units, year, found)
    rows = PlannedActivity.objects.visible_to(actor).filter(mostly(actor, units), year=year, dropped_at=None)
    summed = rows.order_by().values_list("unit").annotate(Count("pk"), Count("done_on"), Sum("hours"))
    for unit, number, done, hours in summed:
        found[unit][Counted.ACTIVITIES] += number
        found[unit][Counted.DONE] += done
        found[unit][Counted.HOURS_PLANNED] += hours
    return found


def _count_goals(actor: Actor, units: Collection[int], year: SchoolYear, found: ByUnit) -> None:
    rows = Goal.objects.visible_to(actor).filter(
        mostly(actor, units), dropped_at=None, first_year__lte=year, last_year__gte=year
    )
    goals = [_Goal(*row) for row in rows.order_by("pk").values_list(*FIELDS, "target")]
    told = GoalEvaluation.objects.visible_to(actor).filter(mostly(actor, units), year=year)
    evaluated = {
        goal: (decision, result, low, high)
        for goal, decision, result, low, high in told.values_list("goal", "decision", "result", "low", "high")
    }
    newest = _newest(actor, [one for one in goals if one.pk not in evaluated], year)
    for goal in goals:
        sums = found[goal.unit_id]
        sums[Counted.GOALS] += 1
        if goal.pk in evaluated:
            decision, result, low, high = evaluated[goal.pk]
            sums[OF_DECISION[Decision(decision)]] += 1
            interval = None if low is None or high is None else (low, high)
            measured = None if result is None else (result, interval)
        else:
            sums[Counted.UNDECIDED] += 1
            measured = newest.get(goal.pk)
        sums[_stands(goal, measured)] += 1


def _stands(goal: _Goal, measured: Measured | None) -> Counted:
    if goal.kind != GoalKind.MEASURED or goal.target is None:
        return Counted.DESCRIBED
    value, interval = measured or (None, None)
    return OF_STAGE[Stage(progress_of(goal.baseline, goal.target, value, interval).stage)]


def _newest(actor: Actor, goals: Iterable[_Goal], year: SchoolYear) -> dict[int, Measured]:
    """The newest shown figure of each goal since its baseline, in a version that stands in one line with it."""
    by_breakdown: dict[str, list[_Goal]] = defaultdict(list)
    for goal in goals:
        if goal.measure and goal.baseline_year and goal.baseline_year < year:
            by_breakdown[goal.breakdown].append(goal)
    found: dict[int, Measured] = {}
    for breakdown, some in by_breakdown.items():
        since = min(goal.baseline_year.first for goal in some if goal.baseline_year)
        years = [SchoolYear(one) for one in range(since + 1, year.first + 1)]
        shown: dict[tuple[int, str], list[tuple[SchoolYear, int, Shown]]] = defaultdict(list)
        codes, places = sorted({goal.measure for goal in some}), sorted({goal.unit_id for goal in some})
        for one in figures(actor, codes, places, years, breakdown):
            if isinstance(one.result, Shown):
                shown[one.unit_id, one.code].append((one.year, one.version, one.result))
        for goal in some:
            for measured_in, version, result in shown[goal.unit_id, goal.measure]:
                if goal.baseline_year and measured_in > goal.baseline_year and _in_line(goal, version):
                    lies = result.interval
                    found[goal.pk] = (result.value, (lies.low, lies.high) if lies else None)
    return found


def _in_line(goal: _Goal, version: int) -> bool:
    return goal.measure_version in measure(goal.measure, version).chain


def _count_blocks(actor: Actor, units: Collection[int], year: SchoolYear, found: ByUnit) -> None:
    """How many bouwstenen stand further than a year ago, and how many less far; of both years written down."""
    before = BlockYear.objects.filter(
        unit=OuterRef("unit"), block=OuterRef("block"), year=year.previous
    ).order_by()
    moved = BlockYear.objects.visible_to(actor).filter(mostly(actor, units), year=year)
    moved = moved.annotate(was=Subquery(before.values("status")[:1]))
    counted = (
        moved.order_by()
        .values_list("unit")
        .annotate(
            up=Count("pk", filter=Q(status__gt=F("was"))), down=Count("pk", filter=Q(status__lt=F("was")))
        )
    )
    for unit, up, down in counted:
        found[unit][Counted.BLOCKS_UP] += up
        found[unit][Counted.BLOCKS_DOWN] += down


def goals_without_activity(
    actor: Actor, units: Collection[int], year: SchoolYear
) -> dict[int, list[tuple[int, str]]]:
    """By unit the goals of a year that nothing in its year plan is for: their ids and what they say."""
    serves = PlannedActivity.objects.visible_to(actor).filter(goal=OuterRef("pk"), year=year, dropped_at=None)
    rows = Goal.objects.visible_to(actor).filter(
        mostly(actor, units), ~Exists(serves), dropped_at=None, first_year__lte=year, last_year__gte=year
    )
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for unit, pk, what in rows.order_by("pk").values_list("unit", "pk", "what"):
        found[unit].append((pk, what))
    return found


def plans_sent(
    actor: Actor, units: Collection[int], year: SchoolYear
) -> dict[int, list[tuple[PlanKind, str]]]:
    """By unit the plans that hold in a year, went to the team and were not agreed with since: kind and day."""
    kept = PlanVersion.objects.filter(plan=OuterRef("pk")).order_by("-number")
    rows = (
        Plan.objects.visible_to(actor)
        .filter(mostly(actor, units), first_year__lte=year, last_year__gte=year)
        .annotate(
            sent_at=Subquery(kept.filter(reason=VersionReason.SENT).values("made_at")[:1]),
            agreed_at=Subquery(kept.filter(reason=VersionReason.APPROVED).values("made_at")[:1]),
        )
        .exclude(sent_at=None)
    )
    found: dict[int, list[tuple[PlanKind, str]]] = defaultdict(list)
    for unit, kind, sent_at, agreed_at in rows.values_list("unit", "kind", "sent_at", "agreed_at"):
        if agreed_at is None or agreed_at < sent_at:
            found[unit].append((PlanKind(kind), date_format(sent_at, "j F")))
    return found
