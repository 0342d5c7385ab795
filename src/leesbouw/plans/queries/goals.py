"""Goals of a unit, where they start and how they stand; every figure comes out of `indicators`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from pydantic import Field

from leesbouw.core.access import Actor
from leesbouw.core.content import Body, content_kinds, current
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.domain.measures import MeasureBody
from leesbouw.indicators.models import Finding
from leesbouw.indicators.queries import Measure, Shown, difference_rule, figures, measure, measures
from leesbouw.organisations.models import Location, Unit

from ..domain import Progress, progress_of
from ..enums import Audience, Decision, GoalKind, PlanKind
from ..models import Goal, GoalEvaluation
from ..permissions import EDIT_PLANS

PARAMETERS, PLAN = "parameters", "plan"
BLOCKS_TOPIC = "blocks"  # of measures about the bouwstenen


class PlanRules(Body):
    """How many goals fit in a year, which plans wait for the head, and how far back a baseline may lie."""

    goals_a_year: Annotated[int, Field(ge=1, le=20)]
    approval: tuple[PlanKind, ...]
    looks_back: Annotated[int, Field(ge=0, le=5)]


content_kinds.add(f"{PARAMETERS}/{PLAN}", PlanRules)


def goal_rules() -> PlanRules:
    """The parameters of a plan."""
    return current(PARAMETERS, PLAN).body  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Result:
    """A shown figure of a measure: 0-1 for a share. `base` answers are behind it, `interval` where it almost surely is."""

    value: float
    year: SchoolYear
    base: float
    version: int
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class GoalStanding:
    """A goal with what was measured since its baseline, the newest last."""

    goal: Goal
    measure: Measure | None
    results: Sequence[Result]
    progress: Progress | None
    evaluation: GoalEvaluation | None

    @property
    def latest(self) -> Result | None:
        return self.results[-1] if self.results else None

    def words(self, value: float | None) -> str:
        """A value as people say it: "62%" or "3,4 boeken"."""
        return value_words(self.measure, value) if self.measure and value is not None else ""

    @property
    def baseline_words(self) -> str:
        return self.words(self.goal.baseline)

    @property
    def target_words(self) -> str:
        return self.words(self.goal.target)

    @property
    def latest_words(self) -> str:
        return self.words(self.latest.value if self.latest else None)

    @property
    def measured(self) -> list[tuple[SchoolYear, str, float, str]]:
        """Each measurement since the baseline: the year, the value, the answers, and where it almost surely lies."""
        return [
            (one.year, self.words(one.value), one.base, " – ".join(map(self.words, one.interval or ())))
            for one in self.results
        ]

    @property
    def url(self) -> str:
        return goal_url(self.goal)


def value_words(of: Measure, value: float) -> str:
    """A figure as people say it, in the unit of its measure."""
    if of.body.kind == "share":
        return f"{round(value * 100)}%"
    return f"{number_format(value, 1)} {of.body.unit}"


def target_in_unit(code: str, target: float | None) -> float | None:
    """A target as the measure counts: what people say in percent runs 0-1. Raises LookupError for an unknown code."""
    return target / 100 if target is not None and measure(code).body.kind == "share" else target


def target_as_said(code: str, target: float | None) -> float | None:
    """The other way round, for a form: 0.7 is said as 70."""
    return round(target * 100, 1) if target is not None and measure(code).body.kind == "share" else target


def goals_url(unit: Location) -> str:
    """The page with the goals of a location."""
    return reverse("plans:goals", args=[unit.place, unit.code])


def goal_url(goal: Goal) -> str:
    """The page of a goal; needs the goal's location at hand."""
    return f"{goals_url(goal.unit.as_location)}{goal.pk}/"


def all_goals(actor: Actor, unit: Unit) -> QuerySet[Goal]:
    """Every goal of a unit that was not dropped, the oldest first."""
    rows = Goal.objects.visible_to(actor).filter(unit=unit.pk, dropped_at=None)
    return rows.select_related("unit__as_location")


def goals_of(actor: Actor, unit: Unit, year: SchoolYear) -> QuerySet[Goal]:
    """The goals that run in a year."""
    return all_goals(actor, unit).filter(first_year__lte=year, last_year__gte=year)


def goal_by_id(actor: Actor, unit: Unit, pk: int) -> Goal:
    """Raises Goal.DoesNotExist."""
    return all_goals(actor, unit).get(pk=pk)


def goal_standings(actor: Actor, unit: Unit, year: SchoolYear) -> list[GoalStanding]:
    """How the goals of a year stand, with what was measured until the end of it."""
    return standings_of(actor, unit, list(goals_of(actor, unit, year)), year)


def standings_of(actor: Actor, unit: Unit, goals: Sequence[Goal], year: SchoolYear) -> list[GoalStanding]:
    """The same for these goals of one unit: one question to the figures for each kind of breakdown among them."""
    found = _results(actor, unit, goals, year)
    told = GoalEvaluation.objects.visible_to(actor).filter(goal__in=[goal.pk for goal in goals], year=year)
    evaluations = {one.goal_id: one for one in told}
    return [_standing(goal, found.get(goal.pk, []), evaluations.get(goal.pk)) for goal in goals]


def _standing(goal: Goal, results: Sequence[Result], evaluation: GoalEvaluation | None) -> GoalStanding:
    if goal.kind != GoalKind.MEASURED or goal.target is None:
        return GoalStanding(goal, None, (), None, evaluation)
    latest = results[-1] if results else None
    value, interval = (latest.value, latest.interval) if latest else (None, None)
    progress = progress_of(goal.baseline, goal.target, value, interval)
    return GoalStanding(goal, measure(goal.measure, goal.measure_version), results, progress, evaluation)


def _results(actor: Actor, unit: Unit, goals: Iterable[Goal], until: SchoolYear) -> dict[int, list[Result]]:
    """What was measured after the baseline of each goal, in versions that stand in one line with it."""
    by_breakdown: dict[str, list[tuple[Goal, SchoolYear]]] = {}
    for goal in goals:
        if goal.measure and goal.baseline_year:
            by_breakdown.setdefault(goal.breakdown, []).append((goal, goal.baseline_year))
    found: dict[int, list[Result]] = {}
    for breakdown, some in by_breakdown.items():
        first = min(begin.first for _goal, begin in some)
        years = [SchoolYear(one) for one in range(first + 1, until.first + 1)]
        shown = _shown(actor, unit, sorted({goal.measure for goal, _begin in some}), years, breakdown)
        for goal, begin in some:
            found[goal.pk] = [
                one for one in shown.get(goal.measure, []) if begin < one.year and _in_line(goal, one.version)
            ]
    return found


def _in_line(goal: Goal, version: int) -> bool:
    return goal.measure_version in measure(goal.measure, version).chain


def _shown(
    actor: Actor, unit: Unit, codes: Sequence[str], years: Sequence[SchoolYear], breakdown: str
) -> dict[str, list[Result]]:
    """The shown figures of a unit by measure, the oldest first; of a year with two versions the newer one."""
    by_code: dict[str, dict[SchoolYear, Result]] = {}
    for one in figures(actor, codes, [unit], years, breakdown):
        if isinstance(one.result, Shown):
            interval = one.result.interval
            by_code.setdefault(one.code, {})[one.year] = Result(
                one.result.value,
                one.year,
                one.result.base,
                one.version,
                (interval.low, interval.high) if interval else None,
            )
    return {code: [rows[year] for year in sorted(rows)] for code, rows in by_code.items()}


def baseline_of(
    actor: Actor, unit: Unit, code: str, breakdown: str = "", *, until: SchoolYear | None = None
) -> Result | None:
    """The newest figure that a goal can start from, of `until` or before; None where nothing may be shown."""
    found = _shown(actor, unit, [code], _recent(until), breakdown).get(code)
    return found[-1] if found else None


def latest_result(actor: Actor, goal: Goal, *, until: SchoolYear) -> Result | None:
    """What was measured last since the baseline of a goal, until the end of a year."""
    found = _results(actor, goal.unit, [goal], until).get(goal.pk)
    return found[-1] if found else None


def _recent(until: SchoolYear | None = None) -> list[SchoolYear]:
    last = until or SchoolYear.running()
    return [SchoolYear(last.first - back) for back in range(goal_rules().looks_back, -1, -1)]


@dataclass(frozen=True, slots=True)
class MeasureChoice:
    """A measure that a goal can be about, with where the unit stands."""

    measure: Measure
    now: Result

    @property
    def label(self) -> str:
        values = {"name": self.body.name, "value": value_words(self.measure, self.now.value)}
        return _("%(name)s (now %(value)s)") % values

    @property
    def body(self) -> MeasureBody:
        return self.measure.body


def measure_choices(actor: Actor, unit: Unit, also: Iterable[str] = ()) -> list[MeasureChoice]:
    """The main measures of which a unit has a figure, and these others; the bouwstenen last."""
    codes = {code for code, one in measures().items() if one.body.main} | set(also)
    shown = _shown(actor, unit, sorted(codes), _recent(), "")
    found = [MeasureChoice(measure(code), results[-1]) for code, results in shown.items()]
    return sorted(found, key=lambda one: (one.body.topic == BLOCKS_TOPIC, one.body.topic, one.body.name))


def choice_of_goal(goal: Goal) -> MeasureChoice:
    """The measure of a measured goal as a choice, with the baseline it was set with."""
    of = measure(goal.measure, goal.measure_version)
    year, value = goal.baseline_year or goal.first_year, goal.baseline or 0.0
    return MeasureChoice(of, Result(value, year, goal.baseline_base or 0, of.version, None))


def measured_every(actor: Actor, unit: Unit) -> int:
    """How many years lie between the last two measurements of a unit: 1 or 2; 1 where there were none before."""
    main = sorted(code for code, one in measures().items() if one.body.main)
    shown = _shown(actor, unit, main, _recent(), "").values()
    years = sorted({one.year.first for results in shown for one in results})
    return min(2, years[-1] - years[-2]) if len(years) > 1 else 1


def finding_of(actor: Actor, unit: Unit, code: str) -> Finding | None:
    """The newest finding about a measure at this unit, which a goal can point at."""
    rows = Finding.objects.visible_to(actor).filter(unit=unit.pk, code=code)
    return rows.order_by("-year", "position").first()


def proposal_of(actor: Actor, unit: Unit, code: str) -> dict[str, Any]:
    """A goal about a figure that stood out, as the form of a goal takes it: with a target that is a clear difference.

    Empty where the unit has no figure of it."""
    found = baseline_of(actor, unit, code)
    if found is None:
        return {}
    body = measure(code).body
    step = difference_rule().clear_from if body.kind == "share" else abs(found.value) * 0.1
    target = found.value + step if body.higher_is_better else found.value - step
    target = max(0.0, min(1.0, target)) if body.kind == "share" else max(0.0, target)
    return {
        "kind": GoalKind.MEASURED,
        "what": body.name,
        "measure": code,
        "target": target_as_said(code, round(target, 2)),
        "audience": Audience.TEACHERS if body.population == "teachers" else Audience.CHILDREN,
    }


def evaluations_of(actor: Actor, goal: Goal) -> QuerySet[GoalEvaluation]:
    """How a goal went, the newest year first."""
    return GoalEvaluation.objects.visible_to(actor).filter(goal=goal.pk)


def goals_to_continue(actor: Actor, unit: Unit, year: SchoolYear) -> QuerySet[Goal]:
    """Goals that ended the year before and are not finished: nobody decided to stop or to keep them as a habit, and
    they were not carried on yet."""
    finished = GoalEvaluation.objects.visible_to(actor).filter(
        unit=unit.pk, year=year.previous, decision__in=[Decision.STOP, Decision.ANCHOR]
    )
    rows = all_goals(actor, unit).filter(last_year=year.previous, followed_by=None)
    return rows.exclude(pk__in=finished.values("goal"))


def may_write_plans(actor: Actor, unit: Unit, year: SchoolYear) -> bool:
    """Who works at a location or with it writes about the running school year and the next; a closed year stays."""
    within_reach = unit.pk in actor.locations
    return (
        actor.may(EDIT_PLANS) and within_reach and year in (SchoolYear.running(), SchoolYear.running().next)
    )
