"""Learning goals as content, and what the year of a school does for each of them in each year group.

What an activity serves stands with the activity (`PlannedActivity.learning`), or else with its form in the catalogue; the
matrix counts and keeps nothing. Higher rooms add where something took place to `took_place`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse

from leesbouw.core.access import Actor
from leesbouw.core.content import Body, all_current, content_kinds
from leesbouw.core.registry import Registry
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.enums import Sector
from leesbouw.organisations.models import Location

from ..domain.learning import Cell, Reach, Serving, learning_cells
from ..enums import Audience
from ..models import LearningMark, PlannedActivity
from ..permissions import EDIT_PLANS, VIEW_PLANS
from .activities import EVERY_GROUP, groups_in_plan
from .catalogue import OWN, forms_for

LEARNING = "learning-goals"
LEARNING_BLOCKS = ("plan", "activities", "digital")  # the bouwstenen that show the way to them
Groups = Mapping[int, Collection[int]]  # id of a planned activity: the year groups in which it took place
took_place: Registry[Callable[[Actor, Location, SchoolYear], Groups]] = Registry("took place")


class LearningGoal(Body):
    """What children learn. `groups` are the year groups it is for; `forms` codes of the catalogue that serve it; `anchor`
    the national goal that a sentence of ours is near, if any."""

    code: str
    name: str
    text: str
    groups: tuple[int, ...]
    anchor: str = ""
    forms: tuple[str, ...] = ()


class LearningBody(Body):
    """The learning goals of one area, for some kinds of school."""

    name: str
    area: Literal["reading", "digital"]
    position: int
    sectors: tuple[Sector, ...]
    goals: tuple[LearningGoal, ...]


content_kinds.add(LEARNING, LearningBody)


@dataclass(frozen=True, slots=True)
class LearningArea:
    """The learning goals of one area as a school sees them, and where they come from."""

    name: str
    goals: Sequence[LearningGoal]
    source: str
    status: str


def learning_areas(sector: str) -> list[LearningArea]:
    """The learning goals for a kind of school, by area; none for child care. No query."""
    items = [item for item in all_current(LEARNING).values() if sector in item.body.sectors]
    return [
        LearningArea(item.body.name, item.body.goals, item.source, item.status)
        for item in sorted(items, key=lambda item: item.body.position)
    ]


def learning_goals(sector: str) -> dict[str, LearningGoal]:
    """Every learning goal for a kind of school, by code."""
    return {goal.code: goal for area in learning_areas(sector) for goal in area.goals}


def learning_of_form(sector: str, *codes: str) -> list[str]:
    """The learning goals that a form of the catalogue serves; for an own form those of the form it began with."""
    wanted = {code for code in codes if code}
    return [goal.code for goal in learning_goals(sector).values() if wanted & set(goal.forms)]


def learning_of(activity: PlannedActivity, sector: str, begun: Mapping[str, str]) -> Sequence[str]:
    """What a planned activity serves: what it names itself, or else what its form does. `begun` gives for an own form the
    form that it began with."""
    if activity.learning is not None:
        return list(activity.learning)
    return learning_of_form(sector, activity.form, begun.get(activity.form, ""))


def begun_with(actor: Actor) -> dict[str, str]:
    """For each own form within reach the shipped form that it began with. One query."""
    return {one.code: one.own.based_on for one in forms_for(actor) if one.own and one.code.startswith(OWN)}


@dataclass(frozen=True, slots=True)
class LearningRow:
    """One learning goal with its cells by year group."""

    area: str
    goal: LearningGoal
    cells: Mapping[int, Cell]

    @property
    def gaps(self) -> int:
        return sum(cell.reach is Reach.GAP for cell in self.cells.values())


def learning_matrix(actor: Actor, unit: Location, year: SchoolYear) -> list[LearningRow]:
    """The learning goals of a school in the order of their areas, each with where it stands in every year group."""
    areas = learning_areas(unit.sector)
    goals = {goal.code: goal.groups for area in areas for goal in area.goals}
    groups = [group for group in groups_in_plan(unit) if group != EVERY_GROUP]
    cells = learning_cells(goals, groups, _servings(actor, unit, year), marked_ours(actor, unit, year))
    return [
        LearningRow(
            area.name,
            goal,
            {group: cells[goal.code, group] for group in groups if (goal.code, group) in cells},
        )
        for area in areas
        for goal in area.goals
    ]


def _servings(actor: Actor, unit: Location, year: SchoolYear) -> list[Serving]:
    """The activities for children of a year plan, with where each took place."""
    begun = begun_with(actor)
    rows = PlannedActivity.objects.visible_to(actor).filter(
        unit=unit.pk, year=year, dropped_at=None, audience=Audience.CHILDREN
    )
    told: dict[int, set[int]] = {}
    for places in took_place.values():
        for pk, groups in places(actor, unit, year).items():
            told.setdefault(pk, set()).update(groups)
    return [
        Serving(learning_of(row, unit.sector, begun), row.groups, told.get(row.pk, set()), bool(row.done_on))
        for row in rows
    ]


def marked_ours(actor: Actor, unit: Location, year: SchoolYear) -> set[tuple[str, int]]:
    """The learning goals and year groups that the school does itself."""
    rows = LearningMark.objects.visible_to(actor).filter(unit=unit.pk, year=year)
    return set(rows.values_list("goal", "group"))


def has_learning(unit: object) -> bool:
    """Whether there are learning goals for this unit: for schools there are, for child care and libraries not."""
    return isinstance(unit, Location) and bool(learning_areas(unit.sector))


def may_mark_learning(actor: Actor, unit: Location, year: SchoolYear) -> bool:
    """Who works at the school, a teacher too, and who writes its year plan; in the running year and the next."""
    open_years = (SchoolYear.running(), SchoolYear.running().next)
    at_school = actor.unit_id == unit.pk and actor.may(VIEW_PLANS)
    writes = unit.pk in actor.locations and actor.may(EDIT_PLANS)
    return year in open_years and (at_school or writes)


def learning_url(unit: Location) -> str:
    """The matrix of a school."""
    return reverse("plans:learning", args=[unit.place, unit.code])
