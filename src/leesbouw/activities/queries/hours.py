"""Hours that were agreed, planned and worked: of herself, and for who may see those of others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

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
Sums = defaultdict[int, Decimal]


@dataclass(frozen=True)
class HoursSoFar:
    """Hours of one colleague in a school year: at all locations together and at each, and what was no visit."""

    staff: StaffMember
    year: SchoolYear
    tallies: dict[int, Tally]  # by location
    entries: list[HoursEntry]
    by_activity: Sums
    passed: float

    @cached_property
    def total(self) -> Tally:
        return sum(self.tallies.values(), Tally())

    @property
    def other(self) -> Decimal:
        """Work for no location in particular, which the hours that were agreed do not count."""
        return sum((entry.minutes / HOUR for entry in self.entries if not entry.unit_id), Decimal(0))

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
    def deviating(self) -> int:
        """At how many locations the year ends up too far from what was agreed."""
        return sum(tally.deviates for tally in self.tallies.values())


@dataclass(frozen=True)
class HoursPage(HoursSoFar):
    """The same with the names of the locations, what the hours served, and each kind of other work."""

    schools: list[tuple[Unit, Tally]]
    goals: list[tuple[Goal, Decimal]]
    work: list[tuple[str, Decimal]]


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


def my_hours(actor: Actor) -> HoursSoFar | None:
    """Those of the actor herself this year; None for who makes no visits."""
    staff = me_as_staff(actor) if actor.may(EDIT_VISITS) else None
    return HoursSoFar(**_so_far(actor, staff, SchoolYear.running())) if staff else None


def hours_of(actor: Actor, staff: StaffMember, year: SchoolYear) -> HoursPage:
    """Hours of a colleague whom `staff_for_hours` gave. Six queries, whatever the number."""
    so_far = _so_far(actor, staff, year)
    tallies = so_far["tallies"]
    units = Unit.objects.filter(pk__in=list(tallies)).order_by("name", "pk")  # also one that left
    return HoursPage(
        schools=[(unit, tallies[unit.pk]) for unit in units],
        goals=_by_goal(actor, so_far["by_activity"]),
        work=_by_work(so_far["entries"]),
        **so_far,
    )


def _so_far(actor: Actor, staff: StaffMember, year: SchoolYear) -> dict[str, Any]:
    visits = _visits(actor, staff, year)
    planned, done, by_activity = _of_visits(actor, visits)
    for unit_id, hours in _not_in_diary(actor, staff, year).items():
        planned[unit_id] += hours
    entries = list(_entries(actor, staff, year))
    for entry in entries:
        if entry.unit_id:
            done[entry.unit_id] += entry.minutes / HOUR
    budget = _budget(actor, staff, year)
    tallies = {
        pk: Tally(budget.get(pk), planned.get(pk, Decimal(0)), done.get(pk, Decimal(0)))
        for pk in {*planned, *done, *budget}
    }
    return {
        "staff": staff,
        "year": year,
        "tallies": tallies,
        "entries": entries,
        "by_activity": by_activity,
        "passed": passed(today(), year.starts_on, year.ends_on),
    }


def _visits(actor: Actor, staff: StaffMember, year: SchoolYear) -> QuerySet[Visit]:
    begin = datetime.combine(year.starts_on, time.min, AMSTERDAM)
    end = datetime.combine(year.ends_on + timedelta(days=1), time.min, AMSTERDAM)
    return Visit.objects.visible_to(actor).filter(staff=staff.pk, starts_at__gte=begin, starts_at__lt=end)


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
    planned = list(rows.order_by().values_list("pk", "unit_id", "hours", "times"))
    visits = Visit.objects.visible_to(actor).filter(activity__in=[pk for pk, *_about in planned])
    off = VisitCancellation.objects.filter(visit=OuterRef("pk"))
    made = Counter(visits.filter(~Exists(off)).order_by().values_list("activity_id", flat=True))
    found: Sums = defaultdict(Decimal)
    for pk, unit_id, hours, asked in planned:
        times = max(asked, 1)
        found[unit_id] += hours * max(times - made[pk], 0) / times
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
