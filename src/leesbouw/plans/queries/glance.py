"""A year of a location at a glance: its goals, how many activities are done and by whom, and how far its year plan is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Location

from ..enums import PlanKind, Side, VersionReason
from ..models import Plan, PlannedActivity, PlanVersion
from .goals import GoalStanding, goal_standings
from .plans import plan_url, plans_url


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
    """Five queries, whatever stands in the year."""
    activities = list(
        PlannedActivity.objects.visible_to(actor)
        .filter(unit=unit.pk, year=year, dropped_at=None)
        .values_list("side", "done_on")
    )
    kept = PlanVersion.objects.filter(plan=OuterRef("pk")).order_by("-number")
    plan = (
        Plan.objects.visible_to(actor)
        .filter(unit=unit.pk, kind=PlanKind.YEAR, first_year__lte=year, last_year__gte=year)
        .annotate(
            sent_at=Subquery(kept.filter(reason=VersionReason.SENT).values("made_at")[:1]),
            agreed_at=Subquery(kept.filter(reason=VersionReason.APPROVED).values("made_at")[:1]),
        )
        .values("sent_at", "agreed_at")
        .first()
    )
    return YearGlance(
        unit=unit,
        year=year,
        goals=goal_standings(actor, unit, year),
        done=sum(done_on is not None for _side, done_on in activities),
        count=len(activities),
        sides=Counter(side for side, _done_on in activities),
        begun=plan is not None,
        sent_at=plan["sent_at"] if plan else None,
        agreed_at=plan["agreed_at"] if plan else None,
    )
