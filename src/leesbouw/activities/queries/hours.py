"""Hours that were agreed, planned and worked: of herself, and for who may see those of others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum

from leesbouw.core.access import Actor
from leesbouw.core.time import AMSTERDAM, SchoolYear, today
from leesbouw.organisations.models import Unit
from leesbouw.people.models import ConsultantAssignment, StaffMember
from leesbouw.people.queries import my_staff_ids, staff_for
from leesbouw.plans.models import Goal, PlannedActivity

from ..domain import Tally, passed
from ..enums import Work
from ..models import HoursEntry, Visit, VisitCancellation, VisitReport
from ..permissions import EDIT_VISITS, VIEW_HOURS
from .visits import me_as_staff

HOUR = Decimal(60)


@dataclass(frozen=True, slots=True)
class HoursPage:
    """Hours of one colleague in a school year: at all locations together and at each, by goal, and what was no visit."""

    staff: StaffMember
    year: SchoolYear
    total: Tally
    schools: list[tuple[Unit, Tally]]
    goals: list[tuple[Goal, Decimal]]
    work: list[tuple[str, Decimal]]
    entries: list[HoursEntry]
    passed: float

    @property
    def passed_percent(self) -> int:
        return round(self.passed * 100)

    @property
    def percent(self) -> int:
        """Which part of what was agreed is worked; above 100 when it is more."""
        return round((self.total.share or 0) * 100)

    @property
    def percent_shown(self) -> int:
        return min(self.percent, 100)

    @property
    def deviating(self) -> list[Unit]:
        return [unit for unit, tally in self.schools if tally.deviates]


def colleagues_with_hours(actor: Actor) -> list[StaffMember]:
    """Whose hours the actor may see: everybody's, also of who left this school year, or none but her own."""
    if not actor.may(VIEW_HOURS):
        return []
    goes = ConsultantAssignment.objects.visible_to(actor).values("staff")
    this_year = Q(ends_on=None) | Q(ends_on__gte=SchoolYear.running().starts_on)
    return list(staff_for(actor).filter(this_year, pk__in=goes).order_by("name", "pk"))


def staff_for_hours(actor: Actor, wish: str = "") -> StaffMember | None:
    """The colleague whose hours an address names, else herself. Raises StaffMember.DoesNotExist for who is not hers."""
    if wish.isascii() and wish.isdigit() and len(wish) < 19:
        rows = StaffMember.objects.visible_to(actor)
        if not actor.may(VIEW_HOURS):
            rows = rows.filter(pk__in=my_staff_ids(actor))
        return rows.get(pk=int(wish))
    return me_as_staff(actor) or next(iter(colleagues_with_hours(actor)), None)


def my_hours(actor: Actor) -> HoursPage | None:
    """Those of the actor herself this year; None for who makes no visits."""
    staff = me_as_staff(actor) if actor.may(EDIT_VISITS) else None
    return hours_of(actor, staff, SchoolYear.running()) if staff else None


def hours_of(actor: Actor, staff: StaffMember, year: SchoolYear) -> HoursPage:
    """Hours of a colleague whom `staff_for_hours` gave. Seven queries, whatever the number."""
    visits = _visits(actor, staff, year)
    planned, done, by_activity = _of_visits(actor, visits)
    for unit_id, hours in _not_in_diary(actor, staff, year).items():
        planned[unit_id] += hours
    entries = list(_entries(actor, staff, year))
    for entry in entries:
        if entry.unit_id:
            done[entry.unit_id] += entry.minutes / HOUR
    budget = _budget(actor, staff, year)
    units = Unit.objects.filter(pk__in={*planned, *done, *budget}).order_by("name")  # also one that left
    schools = [
        (unit, Tally(budget.get(unit.pk), planned.get(unit.pk, Decimal(0)), done.get(unit.pk, Decimal(0))))
        for unit in units
    ]
    total = sum((tally for _unit, tally in schools), Tally())
    return HoursPage(
        staff,
        year,
        total,
        schools,
        _by_goal(actor, by_activity),
        _by_work(entries),
        entries,
        passed(today(), year.starts_on, year.ends_on),
    )


def _visits(actor: Actor, staff: StaffMember, year: SchoolYear) -> QuerySet[Visit]:
    begin = datetime.combine(year.starts_on, time.min, AMSTERDAM)
    end = datetime.combine(year.ends_on + timedelta(days=1), time.min, AMSTERDAM)
    return Visit.objects.visible_to(actor).filter(staff=staff.pk, starts_at__gte=begin, starts_at__lt=end)


Sums = defaultdict[int, Decimal]


def _of_visits(actor: Actor, visits: QuerySet[Visit]) -> tuple[Sums, Sums, Sums]:
    """By unit what stands in the diary and what was worked; by activity what was worked."""
    reports = VisitReport.objects.visible_to(actor).filter(visit=OuterRef("pk"))
    off = VisitCancellation.objects.filter(visit=OuterRef("pk"))
    told = visits.annotate(worked=Subquery(reports.values("minutes")[:1]), off=Exists(off))
    planned: Sums = defaultdict(Decimal)
    done: Sums = defaultdict(Decimal)
    by_activity: Sums = defaultdict(Decimal)
    names = ("unit_id", "activity_id", "starts_at", "ends_at", "worked", "off")
    for unit_id, activity_id, starts_at, ends_at, worked, cancelled in told.values_list(*names):
        if worked is not None:
            done[unit_id] += worked / HOUR
            by_activity[activity_id] += worked / HOUR
        elif not cancelled:
            planned[unit_id] += int((ends_at - starts_at).total_seconds()) // 60 / HOUR
    return planned, done, by_activity


def _not_in_diary(actor: Actor, staff: StaffMember, year: SchoolYear) -> Sums:
    """Hours of planned activities of hers as far as no visit stands for them yet, by unit."""
    rows = PlannedActivity.objects.visible_to(actor).filter(
        staff=staff.pk, year=year, dropped_at=None, done_on=None, hours__gt=0
    )
    planned = list(rows)
    visits = Visit.objects.visible_to(actor).filter(activity__in=[row.pk for row in planned])
    off = VisitCancellation.objects.filter(visit=OuterRef("pk"))
    made = Counter(visits.filter(~Exists(off)).order_by().values_list("activity_id", flat=True))
    found: Sums = defaultdict(Decimal)
    for row in planned:
        times = max(row.times, 1)
        found[row.unit_id] += row.hours * max(times - made[row.pk], 0) / times
    return found


def _entries(actor: Actor, staff: StaffMember, year: SchoolYear) -> QuerySet[HoursEntry]:
    rows = HoursEntry.objects.visible_to(actor).filter(staff=staff.pk, dropped_at=None)
    return rows.filter(worked_on__gte=year.starts_on, worked_on__lte=year.ends_on).select_related("unit")


def _budget(actor: Actor, staff: StaffMember, year: SchoolYear) -> dict[int, Decimal]:
    """Hours a year that were agreed for her at each location in this year."""
    rows = ConsultantAssignment.objects.visible_to(actor).filter(
        staff=staff.pk, starts_on__lte=year.ends_on, hours_per_year__isnull=False
    )
    rows = rows.exclude(ends_on__lt=year.starts_on)
    return dict(rows.order_by().values_list("partnership__location").annotate(hours=Sum("hours_per_year")))


def _by_goal(actor: Actor, by_activity: Sums) -> list[tuple[Goal, Decimal]]:
    """Which goals the visits served, the most first."""
    rows = PlannedActivity.objects.visible_to(actor).filter(
        pk__in=filter(None, by_activity), goal__isnull=False
    )
    sums: dict[Goal, Decimal] = defaultdict(Decimal)
    for row in rows.select_related("goal__unit__as_location"):
        sums[row.goal] += by_activity[row.pk]
    return sorted(sums.items(), key=lambda pair: -pair[1])


def _by_work(entries: Iterable[HoursEntry]) -> list[tuple[str, Decimal]]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for entry in entries:
        sums[entry.work] += entry.minutes / HOUR
    return [(str(Work(code).label), sums[code]) for code in Work.values if code in sums]
