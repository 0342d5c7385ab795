"""The year plans of all locations together: how far each is, what they ask, and who has the hours for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import (
    Case,
    CharField,
    Count,
    DecimalField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from leesbouw.core.access import Actor, within
from leesbouw.core.time import FIRST_MONTH, SchoolYear, on_day, today
from leesbouw.organisations.models import Location
from leesbouw.organisations.queries import locations_for
from leesbouw.people.models import ConsultantAssignment

from ..enums import PlanKind, VersionReason
from ..models import Goal, Plan, PlannedActivity, PlanVersion
from .plans import PlanState

MONTHS = tuple((FIRST_MONTH - 1 + at) % 12 + 1 for at in range(12))  # of a school year, August first
SHOWN_STATES = (PlanState.NONE, PlanState.DRAFT, PlanState.SENT, PlanState.APPROVED)


def year_plan_rows(actor: Actor, year: SchoolYear) -> QuerySet[Location]:
    """Locations that cooperate, with `plan_state`, `goals`, `activities`, `done`, `planned_hours` of the library and
    the `hours_per_year` that were agreed."""
    activities = (
        PlannedActivity.objects.visible_to(actor)
        .filter(unit=OuterRef("pk"), year=year, dropped_at=None)
        .order_by()
        .values("unit")
    )
    goals = Goal.objects.visible_to(actor).filter(
        unit=OuterRef("pk"), dropped_at=None, first_year__lte=year, last_year__gte=year
    )
    rows = locations_for(actor, year).filter(within(actor.locations, "pk"), partnership_id__isnull=False)
    return rows.annotate(
        plan_state=_state(actor, year),
        goals=_number(goals.order_by().values("unit").annotate(found=Count("pk"))),
        activities=_number(activities.annotate(found=Count("pk"))),
        done=_number(activities.annotate(found=Count("pk", filter=Q(done_on__isnull=False)))),
        planned_hours=Coalesce(
            Subquery(activities.annotate(found=Sum("hours")).values("found")[:1]),
            Value(Decimal(0)),
            output_field=DecimalField(max_digits=8, decimal_places=2),
        ),
    )


def _number(counted: QuerySet) -> Coalesce:
    return Coalesce(Subquery(counted.values("found")[:1]), 0, output_field=IntegerField())


def _state(actor: Actor, year: SchoolYear) -> Coalesce:
    """How far the year plan is; whether it changed since it was agreed is told on its own page."""
    plan = Plan.objects.visible_to(actor).filter(
        unit=OuterRef("pk"), kind=PlanKind.YEAR, first_year__lte=year, last_year__gte=year
    )
    kept = PlanVersion.objects.filter(plan=OuterRef("pk"))
    told = plan.annotate(
        agreed=Subquery(kept.filter(reason=VersionReason.APPROVED).values("pk")[:1]),
        sent=Subquery(kept.filter(reason=VersionReason.SENT).values("pk")[:1]),
        state=Case(
            When(agreed__isnull=False, then=Value(PlanState.APPROVED.value)),
            When(sent__isnull=False, then=Value(PlanState.SENT.value)),
            default=Value(PlanState.DRAFT.value),
            output_field=CharField(),
        ),
    )
    return Coalesce(Subquery(told.values("state")[:1]), Value(PlanState.NONE.value), output_field=CharField())


@dataclass(frozen=True, slots=True)
class ConsultantLoad:
    """What the plans ask of one colleague, in hours: altogether, by month and without a month; and what she has.

    `name` is empty for hours at locations that nobody is assigned to.
    """

    staff_id: int | None
    name: str
    needed: Decimal
    by_month: Mapping[int, Decimal]
    undated: Decimal
    available: Decimal | None

    @property
    def left(self) -> Decimal | None:
        """Hours that are left; below zero when the plans ask more than there is."""
        return None if self.available is None else self.available - self.needed

    @property
    def months(self) -> list[tuple[int, Decimal]]:
        """Each month of the school year with its hours, August first."""
        return [(month, self.by_month.get(month, Decimal(0))) for month in MONTHS]


def consultant_loads(actor: Actor, year: SchoolYear) -> list[ConsultantLoad]:
    """What the year plans of all locations within reach ask, per colleague; the hours of a colleague are those that were
    agreed for her locations.

    An activity is of the colleague who is named with it, else of whoever has most hours at that location.
    """
    assigned = list(
        ConsultantAssignment.objects.visible_to(actor)
        .filter(on_day(today()), within(actor.locations, "partnership__location"))
        .order_by(F("hours_per_year").desc(nulls_last=True), "pk")
        .values_list("staff", "staff__name", "partnership__location", "hours_per_year")
    )
    names = {staff: name for staff, name, _location, _hours in assigned}
    first: dict[int, int] = {}
    available: dict[int, Decimal] = defaultdict(Decimal)
    for staff, _name, location, hours in assigned:
        first.setdefault(location, staff)
        available[staff] += hours or 0
    needed: dict[int | None, dict[int | None, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    rows = PlannedActivity.objects.visible_to(actor).filter(
        within(actor.locations, "unit"), year=year, dropped_at=None, hours__gt=0
    )
    for staff, unit, begin, hours in rows.values_list("staff", "unit", "from_on", "hours"):
        who = staff if staff in names else first.get(unit)
        needed[who][begin.month if begin else None] += hours
    loads = [
        _load(who, names.get(who or 0, ""), needed.get(who, {}), available.get(who) if who else None)
        for who in {*names, *needed}
    ]
    return sorted(loads, key=lambda one: (not one.name, one.name))


def _load(
    staff: int | None, name: str, by_month: Mapping[int | None, Decimal], available: Decimal | None
) -> ConsultantLoad:
    return ConsultantLoad(
        staff,
        name,
        sum(by_month.values(), Decimal(0)),
        {month: hours for month, hours in by_month.items() if month is not None},
        by_month.get(None, Decimal(0)),
        available,
    )


def months_of(loads: Sequence[ConsultantLoad]) -> list[int]:
    """The months in which the plans ask anything, August first."""
    return [month for month in MONTHS if any(one.by_month.get(month) for one in loads)]
