"""The goals of a unit, how they stand, and who may write about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.queries import Measure, measure
from leesbouw.organisations.models import Location, Unit

from ...domain import Progress, progress_of
from ...enums import Decision, GoalKind
from ...models import Goal, GoalEvaluation
from ...permissions import EDIT_PLANS
from .figures import Result, results_of, value_words


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


def aim_words(goal: Goal) -> str:
    """Where a goal wants to go: "70%", or what will show the change."""
    if goal.kind != GoalKind.MEASURED or goal.target is None:
        return goal.evidence
    found = measure(goal.measure, goal.measure_version)
    return value_words(found, goal.target) if found else ""


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
    found = results_of(actor, unit, goals, year)
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
