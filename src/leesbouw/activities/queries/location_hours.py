"""The hours and visits of one location in a year: of every colleague, by goal, and what the teacher did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Location
from leesbouw.people.models import ConsultantAssignment, StaffMember
from leesbouw.plans.enums import Audience
from leesbouw.plans.models import Goal, OwnSide, PlannedActivity
from leesbouw.plans.queries import may_write_plans, own_side

from ..domain import Tally, share_of
from ..enums import TeachersPart
from ..models import HoursEntry, VisitReport
from ..permissions import VIEW_HOURS
from .outcomes import agreed_in, hours_made, visit_parts, within_year
from .stuck import hours_coming

HOUR = Decimal(60)
WITH_US = (
    TeachersPart.TOGETHER,
    TeachersPart.ALONE,
)  # the teacher did it, so it does not rest on the consultant


@dataclass(frozen=True, slots=True)
class PartLine:
    """Visits for one audience by the teacher's part, in the order of `TeachersPart`."""

    label: str
    cells: Sequence[tuple[str, int]]

    @property
    def total(self) -> int:
        return sum(number for _part, number in self.cells)


@dataclass(frozen=True, slots=True)
class Visited:
    """Visits of a year by audience and the teacher's part. `active` is the share in which the teacher did it too, 0-1."""

    lines: Sequence[PartLine]
    active: float | None

    @property
    def active_percent(self) -> int:
        return round((self.active or 0) * 100)


@dataclass(frozen=True, slots=True)
class GoalHours:
    """Hours for one goal; without one they serve the plan as a whole. `made` is None for who may not see it."""

    goal: Goal | None
    planned: Decimal
    made: Decimal | None


@dataclass(frozen=True, slots=True)
class StaffTally:
    """What one colleague has and made at this location."""

    name: str
    agreed: Decimal | None
    made: Decimal


@dataclass(frozen=True, slots=True)
class LocationHours:
    """`tally` and `colleagues` are for who may see the hours of others; the rest is for everybody near."""

    agreed: Decimal | None
    planned: Decimal
    school_hours: Decimal
    tally: Tally | None
    colleagues: Sequence[StaffTally]
    goals: Sequence[GoalHours]
    visited: Visited
    before: Visited  # the year before
    side: OwnSide | None  # what the location does itself
    may_tell_side: bool


def location_hours(actor: Actor, location: Location, year: SchoolYear) -> LocationHours:
    """A fixed number of queries, whatever happened there."""
    agreed = agreed_in(actor, year).get(location.pk)
    sees_all = actor.may(VIEW_HOURS)
    made = hours_made(actor, [location.pk], year).get(location.pk, Decimal(0)) if sees_all else Decimal(0)
    coming = hours_coming(actor, [location.pk], year).get(location.pk, Decimal(0)) if sees_all else Decimal(0)
    rows = PlannedActivity.objects.visible_to(actor).filter(unit=location.pk, year=year, dropped_at=None)
    by_goal: dict[int | None, Decimal] = {}
    planned, school = Decimal(0), Decimal(0)
    summed = rows.order_by().values_list("goal").annotate(Sum("hours"), Sum("school_hours"))
    for goal, hours, of_school in summed:
        by_goal[goal] = hours
        planned, school = planned + hours, school + of_school
    return LocationHours(
        agreed=agreed,
        planned=planned,
        school_hours=school,
        tally=Tally(agreed, coming, made) if sees_all else None,
        colleagues=_colleagues(actor, location, year) if sees_all else (),
        goals=_goals(actor, location, year, by_goal),
        visited=visited_in(actor, location, year),
        before=visited_in(actor, location, year.previous),
        side=own_side(actor, location, year),
        may_tell_side=may_write_plans(actor, location, year),
    )


def visited_in(actor: Actor, location: Location, year: SchoolYear) -> Visited:
    """Visits that were made at a location. One query."""
    counted = visit_parts(actor, [location.pk], year).get(location.pk, {})
    lines = [
        PartLine(
            str(audience.label),
            [(str(part.label), counted.get((audience, part), 0)) for part in TeachersPart],
        )
        for audience in Audience
    ]
    lines = [line for line in lines if line.total]
    active = sum(number for (_audience, part), number in counted.items() if part in WITH_US)
    return Visited(lines, share_of(Decimal(active), Decimal(sum(counted.values()))))


def _goals(
    actor: Actor, location: Location, year: SchoolYear, planned: Mapping[int | None, Decimal]
) -> list[GoalHours]:
    made: dict[int | None, Decimal] = defaultdict(Decimal)
    sees_all = actor.may(VIEW_HOURS)
    if sees_all:
        reports = within_year(VisitReport.objects.visible_to(actor), year, "visit__starts_at")
        of_goal = reports.filter(visit__unit=location.pk).order_by().values_list("visit__activity__goal")
        for goal, minutes in of_goal.annotate(Sum("minutes")):
            made[goal] += minutes / HOUR
    goals = Goal.objects.visible_to(actor).select_related("unit__as_location")
    known = goals.in_bulk([pk for pk in {*planned, *made} if pk])
    keys = sorted({*planned, *made}, key=lambda pk: (pk not in known, pk or 0))
    found: dict[int | None, GoalHours] = {}
    for key in keys:
        at = key if key in known else None
        before = found.get(at)
        found[at] = GoalHours(
            known.get(at or 0),
            planned.get(key, Decimal(0)) + (before.planned if before else 0),
            made.get(key, Decimal(0)) + ((before.made or 0) if before else 0) if sees_all else None,
        )
    return [one for one in found.values() if one.planned or one.made]


def _colleagues(actor: Actor, location: Location, year: SchoolYear) -> list[StaffTally]:
    agreed: dict[int, Decimal | None] = {}
    rows = ConsultantAssignment.objects.visible_to(actor).filter(
        partnership__location=location.pk, starts_on__lte=year.ends_on
    )
    rows = rows.exclude(ends_on__lt=year.starts_on)
    for staff, hours in rows.order_by("pk").values_list("staff", "hours_per_year"):
        agreed[staff] = (agreed.get(staff) or Decimal(0)) + (hours or 0)
    made: dict[int, Decimal] = defaultdict(Decimal)
    reports = within_year(VisitReport.objects.visible_to(actor), year, "visit__starts_at")
    of_staff = reports.filter(visit__unit=location.pk, visit__staff__isnull=False).order_by()
    for staff, minutes in of_staff.values_list("visit__staff").annotate(Sum("minutes")):
        made[staff] += minutes / HOUR
    entries = HoursEntry.objects.visible_to(actor).filter(
        unit=location.pk, dropped_at=None, worked_on__gte=year.starts_on, worked_on__lte=year.ends_on
    )
    for staff, minutes in entries.order_by().values_list("staff").annotate(Sum("minutes")):
        made[staff] += minutes / HOUR
    people = StaffMember.objects.visible_to(actor).filter(pk__in={*agreed, *made}).order_by("name", "pk")
    return [StaffTally(one.name, agreed.get(one.pk), made.get(one.pk, Decimal(0))) for one in people]
