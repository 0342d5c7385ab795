"""The portfolio: locations with a partnership, and the hours that consultants have there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear, on_day, today
from leesbouw.organisations.models import Location
from leesbouw.people.models import ConsultantAssignment

from ..permissions import VIEW_STAFF
from .locations import location_rows, works_at_library


def portfolio_rows(actor: Actor, year: SchoolYear) -> QuerySet[Location]:
    """Locations with a partnership that holds today."""
    return location_rows(actor, year).filter(partnership_id__isnull=False)


@dataclass(frozen=True, slots=True)
class StaffHours:
    """What one colleague has been assigned: locations, and hours a year."""

    staff_id: int
    name: str
    locations: int
    hours: Decimal | None


def hours_by_consultant(actor: Actor) -> list[StaffHours]:
    """Colleagues with an assignment today, by name. Hours agreed, never hours made."""
    if not (works_at_library(actor) and actor.may(VIEW_STAFF)):
        return []
    rows = (
        ConsultantAssignment.objects.visible_to(actor)
        .filter(on_day(today()))
        .order_by()
        .values("staff", "staff__name")
        .annotate(
            locations=Count("partnership__location", distinct=True),
            hours=Sum("hours_per_year"),
        )
        .order_by("staff__name", "staff")
    )
    return [StaffHours(row["staff"], row["staff__name"], row["locations"], row["hours"]) for row in rows]
