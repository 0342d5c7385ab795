"""One visit, or a list of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from leesbouw.core.access import Actor
from leesbouw.core.asked import once
from leesbouw.core.time import AMSTERDAM, SchoolYear, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import ClassGroup, Location, Unit
from leesbouw.organisations.queries import groups_of, units_in_scope
from leesbouw.people.models import StaffMember
from leesbouw.people.queries import location_ids_of_staff, my_staff_ids, myself, staff_today
from leesbouw.plans.models import PlannedActivity
from leesbouw.plans.queries import activities_of, groups_in_plan

from ..domain import monday_of
from ..models import Visit, VisitCancellation, VisitReport, VisitTakeover
from ..permissions import EDIT_VISITS, VIEW_HOURS, VIEW_VISITS

DAYS_IN_WEEK = 7
SOON, MOST_COMING = timedelta(days=14), 5
MOST_FROM_MONDAY = 100  # more than a week holds, so that what comes after it is among them


def visits_for(actor: Actor) -> QuerySet[Visit]:
    """Visits the actor may see, cancelled ones included, with their unit, `staff_name`, `goal`, `is_cancelled`,
    `is_reported` and `is_taken_over`."""
    staff = StaffMember.objects.visible_to(actor).filter(pk=OuterRef("staff"))
    planned = PlannedActivity.objects.visible_to(actor).filter(pk=OuterRef("activity"))
    report = VisitReport.objects.visible_to(actor).filter(visit=OuterRef("pk"))
    return (
        Visit.objects.visible_to(actor)
        .select_related("unit", "unit__as_location")
        .prefetch_related("classes")
        .annotate(
            staff_name=Subquery(staff.values("name")[:1]),
            goal=Subquery(planned.values("goal__what")[:1]),
            is_cancelled=Exists(VisitCancellation.objects.filter(visit=OuterRef("pk"))),
            is_reported=Exists(report),
            is_taken_over=Exists(VisitTakeover.objects.filter(visit=OuterRef("pk"))),
        )
    )


def visit_by_id(actor: Actor, visit_id: int) -> Visit:
    """Raises Visit.DoesNotExist."""
    return visits_for(actor).get(pk=visit_id)


def visits_between(actor: Actor, first: date, last: date) -> QuerySet[Visit]:
    """Visits that begin on these days, both included, as the clock is in the Netherlands."""
    begin = datetime.combine(first, time.min, AMSTERDAM)
    end = datetime.combine(last + timedelta(days=1), time.min, AMSTERDAM)
    return visits_for(actor).filter(starts_at__gte=begin, starts_at__lt=end)


def to_report(actor: Actor) -> QuerySet[Visit]:
    """Visits of the actor herself before today of which nobody wrote what came of it, the oldest first."""
    begin = datetime.combine(SchoolYear.running().starts_on, time.min, AMSTERDAM)
    morning = datetime.combine(today(), time.min, AMSTERDAM)
    rows = visits_for(actor).filter(
        staff__in=my_staff_ids(actor), starts_at__gte=begin, starts_at__lt=morning
    )
    return rows.filter(is_cancelled=False, is_reported=False).prefetch_related(None)


@dataclass(frozen=True, slots=True)
class Diary:
    """What the first page of a consultant shows: her visits of today, her week, and what comes next."""

    today: list[Visit]
    week: list[tuple[date, int]]  # Monday to Friday, and a weekend day on which there is something
    next: Visit | None

    @property
    def going(self) -> list[Visit]:
        return [visit for visit in self.today if not visit.is_cancelled]  # type: ignore[attr-defined]

    @property
    def this_week(self) -> int:
        return sum(number for _day, number in self.week)


@once
def visits_of_mine(actor: Actor) -> Diary | None:
    """None for who makes no visits. One query, besides who she is."""
    if not actor.may(EDIT_VISITS) or actor.unit_kind == UnitKind.LOCATION:
        return None
    mine = my_staff_ids(actor)  # as numbers: a question inside the other would be asked for every visit
    monday, day = monday_of(today()), today()
    begin, end = (
        datetime.combine(one, time.min, AMSTERDAM) for one in (monday, monday + timedelta(days=DAYS_IN_WEEK))
    )
    from_monday = visits_for(actor).filter(staff__in=mine, starts_at__gte=begin)
    rows = list(from_monday.filter(Q(starts_at__lt=end) | Q(is_cancelled=False))[:MOST_FROM_MONDAY])
    going = [visit for visit in rows if not visit.is_cancelled]  # type: ignore[attr-defined]
    days = [monday + timedelta(days=number) for number in range(DAYS_IN_WEEK)]
    counts = [(one, sum(visit.day == one for visit in going)) for one in days]
    coming = next((visit for visit in going if visit.day > day), None)
    return Diary(
        [visit for visit in rows if visit.day == day],
        [(one, number) for one, number in counts if number or one.weekday() < 5],
        coming,
    )


def visits_at(actor: Actor, unit: Unit, year: SchoolYear) -> list[Visit]:
    """Visits at a location in a school year without what was cancelled, the first one first. One query."""
    if not actor.may(VIEW_VISITS):
        return []
    rows = visits_between(actor, year.starts_on, year.ends_on).filter(unit=unit.pk, is_cancelled=False)
    return list(rows)


def coming_to(actor: Actor, unit: Unit) -> list[Visit]:
    """The first visits at a location in the days that come, for who works there. One query."""
    if not actor.may(VIEW_VISITS):
        return []
    rows = visits_between(actor, today(), today() + SOON).filter(unit=unit.pk, is_cancelled=False)
    return list(rows.order_by("starts_at", "pk")[:MOST_COMING])


def report_of(actor: Actor, visit: Visit) -> VisitReport | None:
    """What came of a visit, for who works at the library."""
    return VisitReport.objects.visible_to(actor).filter(visit=visit.pk).first()


def takeovers_of(actor: Actor, visit: Visit) -> list[tuple[VisitTakeover, str, str]]:
    """Who went in whose place, with both names as far as the actor may see them."""
    rows = list(VisitTakeover.objects.filter(visit=visit.pk))
    ids = {pk for row in rows for pk in (row.from_staff_id, row.to_staff_id) if pk}
    names = dict(StaffMember.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", "name"))
    return [(row, names.get(row.from_staff_id, ""), names.get(row.to_staff_id, "")) for row in rows]


def sees_minutes(actor: Actor, visit: Visit) -> bool:
    """How long somebody worked is hers, and of who may see the hours of others."""
    return actor.may(VIEW_HOURS) or visit.staff_id in my_staff_ids(actor)


def me_as_staff(actor: Actor) -> StaffMember | None:
    """The actor herself as a colleague who works there today."""
    day = today()
    return next(
        (
            one
            for one in myself(actor)
            if one.starts_on <= day and (one.ends_on is None or one.ends_on >= day)
        ),
        None,
    )


def who_can_go(actor: Actor, visit: Visit | None = None) -> list[StaffMember]:
    """Colleagues who work there today, and who goes on a visit already, also when she left."""
    found = list(staff_today(actor))
    if visit and visit.staff_id and all(one.pk != visit.staff_id for one in found):
        found += list(StaffMember.objects.visible_to(actor).filter(pk=visit.staff_id))
    return found


def locations_to_visit(actor: Actor) -> tuple[list[Unit], list[Unit]]:
    """Where the actor works herself, and every other location within reach; by name."""
    rows = list(units_in_scope(actor).filter(kind=UnitKind.LOCATION).order_by("name"))
    own = location_ids_of_staff(actor, my_staff_ids(actor))
    return [row for row in rows if row.pk in own], [row for row in rows if row.pk not in own]


def activities_to_choose(actor: Actor, unit: Unit) -> list[PlannedActivity]:
    """What stands in the year plan of a location and is not over."""
    return list(activities_of(actor, unit, SchoolYear.running()).filter(done_on=None))


def classes_at(actor: Actor, unit: Location, day: date) -> list[ClassGroup]:
    """The classes of a location in the school year of a day."""
    return list(groups_of(actor, unit, SchoolYear.of(day)))


def groups_at(unit: Location) -> list[int]:
    """The year groups of a school; none for child care."""
    return [number for number in groups_in_plan(unit) if number]
