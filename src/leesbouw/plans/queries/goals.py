"""Goals of a unit, where they start and how they stand; every figure comes out of `indicators`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from pydantic import Field

from leesbouw.core.access import Actor
from leesbouw.core.content import Body, content_kinds, current
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.models import Finding
from leesbouw.indicators.queries import Measure, Shown, figures, measure, measures
from leesbouw.organisations.models import Location, Unit

from ..domain import Progress, progress_of
from ..enums import GoalKind, PlanKind
from ..models import Goal, GoalEvaluation
from ..permissions import EDIT_PLANS

PARAMETERS, PLAN = "parameters", "plan"


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


def baseline_of(actor: Actor, unit: Unit, code: str, breakdown: str = "") -> Result | None:
    """The newest figure that a goal can start from; None where nothing may be shown."""
    found = _shown(actor, unit, [code], _recent(), breakdown).get(code)
    return found[-1] if found else None


def latest_result(actor: Actor, goal: Goal, *, until: SchoolYear) -> Result | None:
    """What was measured last since the baseline of a goal, until the end of a year."""
    found = _results(actor, goal.unit, [goal], until).get(goal.pk)
    return found[-1] if found else None


def _recent() -> list[SchoolYear]:
    running = SchoolYear.running()
    return [SchoolYear(running.first - back) for back in range(goal_rules().looks_back, -1, -1)]


@dataclass(frozen=True, slots=True)
class MeasureChoice:
    """A measure that a goal can be about, with where the unit stands."""

    measure: Measure
    now: Result

    @property
    def label(self) -> str:
        values = {"name": self.measure.body.name, "value": value_words(self.measure, self.now.value)}
        return _("%(name)s (now %(value)s)") % values


def measure_choices(actor: Actor, unit: Unit) -> list[MeasureChoice]:
    """The main measures of which a unit has a figure, in the order of their topics and names."""
    main = {code: one for code, one in measures().items() if one.body.main}
    shown = _shown(actor, unit, sorted(main), _recent(), "")
    found = [MeasureChoice(main[code], results[-1]) for code, results in shown.items()]
    return sorted(
        found,
        key=lambda one: (one.measure.body.topic == "blocks", one.measure.body.topic, one.measure.body.name),
    )


def finding_of(actor: Actor, unit: Unit, pk: int) -> Finding:
    """A finding of this unit that a goal can be made of. Raises Finding.DoesNotExist."""
    return Finding.objects.visible_to(actor).get(unit=unit.pk, pk=pk)


def may_write_plans(actor: Actor, unit: Unit, year: SchoolYear) -> bool:
    """Who works at a location or with it writes about the running school year and the next; a closed year stays."""
    within_reach = unit.pk in actor.locations
    return (
        actor.may(EDIT_PLANS) and within_reach and year in (SchoolYear.running(), SchoolYear.running().next)
    )
