"""Planned activities of a unit, and what is structural in its timetable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.domain import SCHOOL_YEAR_GROUPS
from leesbouw.organisations.models import Location, Unit
from leesbouw.organisations.queries import partnership_for
from leesbouw.people.models import Contact, StaffMember

from ..enums import Habit
from ..models import PlannedActivity, Structural

EVERY_GROUP = 0  # where a location has no year groups, such as child care


def activities_of(actor: Actor, unit: Unit, year: SchoolYear) -> QuerySet[PlannedActivity]:
    """The activities in the year plan of a unit, by their first day, with `staff_name` and `contact_name` as far as the
    actor may see those people."""
    return planned_activities(actor, year).filter(unit=unit.pk).prefetch_related("classes")


def planned_activities(actor: Actor, year: SchoolYear) -> QuerySet[PlannedActivity]:
    """The same of every unit within reach."""
    staff = StaffMember.objects.visible_to(actor).filter(pk=OuterRef("staff"))
    contact = Contact.objects.visible_to(actor).filter(pk=OuterRef("contact"))
    rows = PlannedActivity.objects.visible_to(actor).filter(year=year, dropped_at=None)
    return rows.select_related("unit__as_location", "goal").annotate(
        staff_name=Subquery(staff.values("name")[:1]), contact_name=Subquery(contact.values("name")[:1])
    )


def activity_by_id(actor: Actor, unit: Unit, pk: int) -> PlannedActivity:
    """Raises PlannedActivity.DoesNotExist."""
    rows = PlannedActivity.objects.visible_to(actor).filter(unit=unit.pk, dropped_at=None)
    return rows.select_related("unit__as_location").prefetch_related("classes").get(pk=pk)


@dataclass(frozen=True, slots=True)
class Effort:
    """What the activities of a year ask: hours of the library and of the school, visits, and extra costs in cents."""

    hours: Decimal
    school_hours: Decimal
    times: int
    cost_cents: int
    done: int
    count: int


def effort_of(activities: Sequence[PlannedActivity]) -> Effort:
    """The sum of these activities."""
    return Effort(
        hours=sum((one.hours for one in activities), Decimal(0)),
        school_hours=sum((one.school_hours for one in activities), Decimal(0)),
        times=sum(one.times for one in activities),
        cost_cents=sum(one.cost_cents or 0 for one in activities),
        done=sum(one.done_on is not None for one in activities),
        count=len(activities),
    )


def groups_in_plan(unit: Location) -> tuple[int, ...]:
    """The year groups of a location; for child care one for all."""
    return SCHOOL_YEAR_GROUPS.get(unit.sector) or (EVERY_GROUP,)


@dataclass(frozen=True, slots=True)
class HabitRow:
    """One habit through the year groups, in minutes a week; None where nothing was told."""

    habit: Habit
    cells: Sequence[tuple[int, Structural | None]]


def structural_of(actor: Actor, unit: Location, year: SchoolYear) -> list[HabitRow]:
    """What each year group does every week, a row for each habit."""
    rows = Structural.objects.visible_to(actor).filter(unit=unit.pk, year=year)
    told = {(row.group, row.habit): row for row in rows}
    return [
        HabitRow(habit, [(group, told.get((group, habit))) for group in groups_in_plan(unit)])
        for habit in Habit
    ]


def agreed_hours(actor: Actor, unit: Location) -> Decimal | None:
    """The hours a year of the library that were agreed for a location; None where nothing was."""
    partnership = partnership_for(actor, unit)
    return partnership.hours_per_year if partnership else None
