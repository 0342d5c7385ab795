"""A year of a location at a glance: its goals, how many activities are done and by whom, and how far its year plan is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import FilteredRelation, Q

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Location

from ..enums import PlanKind, Side, VersionReason
from ..models import Plan, PlannedActivity
from .goals import GoalStanding, goal_standings
from .plans import plan_url, plans_url

TOLD = (VersionReason.SENT, VersionReason.APPROVED)


@dataclass(frozen=True, slots=True)
class PlanMoment:
    """A plan of a unit, and when it was sent to its team or agreed; without a `reason` it is only begun."""

    kind: PlanKind
    first_year: SchoolYear
    last_year: SchoolYear
    reason: VersionReason | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class YearGlance:
    """`begun` tells whether there is a year plan; `sent_at` and `agreed_at` when that last happened."""

    unit: Location
    year: SchoolYear
    goals: Sequence[GoalStanding]
    done: int
    count: int
    sides: Counter[str]
    begun: bool
    sent_at: datetime | None
    agreed_at: datetime | None
    moments: Sequence[PlanMoment] = ()  # of every plan, those for the next year too; the newest first

    @property
    def plan_url(self) -> str:
        return plan_url(self.unit, PlanKind.YEAR, self.year)

    @property
    def plans_url(self) -> str:
        return plans_url(self.unit)

    @property
    def of_school(self) -> int:
        """How many activities the school itself is responsible for."""
        return self.sides[Side.PARTNER]

    @property
    def of_library(self) -> int:
        return self.sides[Side.LIBRARY]


def year_glance(actor: Actor, unit: Location, year: SchoolYear) -> YearGlance:
    """Five queries at most, whatever stands in the year."""
    activities = list(
        PlannedActivity.objects.visible_to(actor)
        .filter(unit=unit.pk, year=year, dropped_at=None)
        .values_list("side", "done_on")
    )
    moments = plan_moments(actor, unit, year)
    own = [one for one in moments if one.kind == PlanKind.YEAR and one.first_year <= year]
    return YearGlance(
        unit=unit,
        year=year,
        goals=goal_standings(actor, unit, year),
        done=sum(done_on is not None for _side, done_on in activities),
        count=len(activities),
        sides=Counter(side for side, _done_on in activities),
        begun=bool(own),
        sent_at=_newest(own, VersionReason.SENT),
        agreed_at=_newest(own, VersionReason.APPROVED),
        moments=moments,
    )


def plan_moments(actor: Actor, unit: Location, year: SchoolYear) -> list[PlanMoment]:
    """When the plans of a year, and those made for the next one, were sent and agreed. One query."""
    rows = Plan.objects.visible_to(actor).filter(unit=unit.pk, first_year__lte=year.next, last_year__gte=year)
    told = rows.annotate(kept=FilteredRelation("versions", condition=Q(versions__reason__in=TOLD)))
    names = ("kind", "first_year", "last_year", "kept__reason", "kept__made_at")
    return [
        PlanMoment(PlanKind(kind), first, last, VersionReason(reason) if reason else None, at)
        for kind, first, last, reason, at in told.order_by("-kept__made_at", "-kept__number").values_list(
            *names
        )
    ]


def _newest(moments: Sequence[PlanMoment], reason: VersionReason) -> datetime | None:
    return next((one.at for one in moments if one.reason == reason), None)
