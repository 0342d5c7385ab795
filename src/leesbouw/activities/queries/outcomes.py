"""What was agreed with locations and what came of it, in a school year: plans, hours and visits, counted once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from leesbouw.core.access import Actor, mostly, within
from leesbouw.core.time import AMSTERDAM, SchoolYear, now
from leesbouw.organisations.enums import PartnershipType
from leesbouw.organisations.models import Location, Municipality, Partnership, PartnershipDecision
from leesbouw.organisations.queries import libraries_visible_to
from leesbouw.plans.domain import Counted, Sums, sum_of
from leesbouw.plans.queries import plan_outcomes

from ..enums import TeachersPart
from ..models import HoursEntry, Visit, VisitCancellation, VisitReport

STRUCTURAL = (PartnershipType.DBOS, PartnershipType.COMPARABLE)
HOUR, CENT = Decimal(60), Decimal("0.01")
OF_PART = {
    TeachersPart.NONE: Counted.TEACHER_AWAY,
    TeachersPart.PRESENT: Counted.TEACHER_THERE,
    TeachersPart.TOGETHER: Counted.TOGETHER,
    TeachersPart.ALONE: Counted.TEACHER_ALONE,
}


def agreed_in(actor: Actor, year: SchoolYear) -> dict[int, Decimal | None]:
    """Locations that worked together lastingly in a year, with the hours a year that were agreed as of its end."""
    held = (
        Partnership.objects.visible_to(actor)
        .filter(type__in=STRUCTURAL, starts_on__lte=year.ends_on)
        .exclude(ends_on__lt=year.starts_on)
    )
    if actor.kind != "system":
        held = held.filter(within(actor.locations, "location"))
    decided = (
        PartnershipDecision.objects.visible_to(actor)
        .filter(partnership__in=held.values("pk"), decided_on__lte=year.ends_on, hours_per_year__isnull=False)
        .order_by("decided_on", "pk")
    )
    then = dict(decided.values_list("partnership", "hours_per_year"))
    found: dict[int, Decimal | None] = {}
    for pk, location, hours in held.order_by("starts_on", "pk").values_list(
        "pk", "location", "hours_per_year"
    ):
        found[location] = then.get(pk, hours)
    return found


def outcomes_of(actor: Actor, year: SchoolYear) -> dict[int, Sums]:
    """Of each location within reach that worked together in a year, every number of `Counted`.

    A fixed number of queries. Hours that were made are those the actor may see.
    """
    agreed = agreed_in(actor, year)
    told = plan_outcomes(actor, agreed.keys(), year)
    made = hours_made(actor, agreed.keys(), year)
    parts = visit_parts(actor, agreed.keys(), year)
    found = {}
    for unit, hours in agreed.items():
        sums = sum_of([told.get(unit, {})])
        sums[Counted.HOURS_AGREED] = hours or Decimal(0)
        sums[Counted.HOURS_MADE] = made.get(unit, Decimal(0))
        for (_audience, part), number in parts.get(unit, {}).items():
            sums[Counted.VISITS] += number
            sums[OF_PART[TeachersPart(part)]] += number
        found[unit] = {code: number.quantize(CENT) for code, number in sums.items()}
    return found


def look_back_rows(actor: Actor, year: SchoolYear, told: Collection[int]) -> QuerySet[Location]:
    """The locations of which something was counted."""
    return Location.objects.visible_to(actor).filter(pk__in=list(told)).select_related("municipality")


def by_name(rows: QuerySet[Location]) -> dict[int, Location]:
    """Of these locations only what names them and leads to their pages, by id."""
    named = rows.select_related(None).only("name", "code").order_by("name", "pk")
    return {row.pk: row for row in named}


def municipalities_looked_back(actor: Actor) -> QuerySet[Municipality]:
    """Municipalities with locations of the actor's, whose sums she may hand over."""
    rows = Municipality.objects.visible_to(actor).filter(pk__in=_own_places(actor).values("municipality"))
    return rows.order_by("name")


def _own_places(actor: Actor) -> QuerySet[Location]:
    return Location.objects.visible_to(actor).filter(within(actor.locations, "pk"))


def own_library_name(actor: Actor) -> str:
    """What the actor's library is called."""
    own = libraries_visible_to(actor).filter(pk__in=list(actor.libraries))  # type: ignore[arg-type]
    return own.values_list("name", flat=True).first() or ""


def within_year(rows: QuerySet, year: SchoolYear, field: str) -> QuerySet:
    """Of these rows those whose instant lies in a school year, as the clock is in the Netherlands."""
    begin = datetime.combine(year.starts_on, time.min, AMSTERDAM)
    end = datetime.combine(year.ends_on + timedelta(days=1), time.min, AMSTERDAM)
    return rows.filter(**{f"{field}__gte": begin, f"{field}__lt": end})


def visit_parts(
    actor: Actor, units: Collection[int], year: SchoolYear
) -> dict[int, dict[tuple[str, str], int]]:
    """Visits that were made, by unit, and then by audience and the teacher's part."""
    off = VisitCancellation.objects.filter(visit=OuterRef("pk"))
    rows = within_year(Visit.objects.visible_to(actor), year, "starts_at")
    rows = rows.filter(mostly(actor, units), ~Exists(off), ends_at__lt=now())
    found: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    counted = rows.order_by().values_list("unit", "audience", "part").annotate(Count("pk"))
    for unit, audience, part, number in counted:
        found[unit][audience, part] = number
    return found


def hours_made(actor: Actor, units: Collection[int], year: SchoolYear) -> dict[int, Decimal]:
    """Hours of everybody at each unit: of visits that were written up, and other work there."""
    found: dict[int, Decimal] = defaultdict(Decimal)
    reports = within_year(VisitReport.objects.visible_to(actor), year, "visit__starts_at")
    reported = reports.filter(mostly(actor, units, "visit__unit")).order_by().values_list("visit__unit")
    for unit, minutes in reported.annotate(Sum("minutes")):
        found[unit] += minutes / HOUR
    entries = HoursEntry.objects.visible_to(actor).filter(
        mostly(actor, units), worked_on__gte=year.starts_on, worked_on__lte=year.ends_on, dropped_at=None
    )
    for unit, minutes in entries.order_by().values_list("unit").annotate(Sum("minutes")):
        found[unit] += minutes / HOUR
    return found


def hours_made_by(year: SchoolYear) -> dict[int, frozenset[int]]:
    """Of each location the colleagues whose work its hours are, for what may leave of them; 0 is somebody who left."""
    found: dict[int, set[int]] = defaultdict(set)
    reports = within_year(VisitReport.objects.trusted("whose work hours are"), year, "visit__starts_at")
    entries = HoursEntry.objects.trusted("whose work hours are").filter(
        worked_on__gte=year.starts_on, worked_on__lte=year.ends_on, dropped_at=None, unit__isnull=False
    )
    pairs = (
        reports.order_by().values_list("visit__unit", "visit__staff").distinct(),
        entries.order_by().values_list("unit", "staff").distinct(),
    )
    for rows in pairs:
        for unit, staff in rows:
            found[unit].add(staff or 0)
    return {unit: frozenset(people) for unit, people in found.items()}
