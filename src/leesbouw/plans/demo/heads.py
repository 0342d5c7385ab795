"""Who signs and writes the plans of the demo."""

from __future__ import annotations

from dataclasses import replace

from leesbouw.accounts.models import RoleAssignment
from leesbouw.accounts.queries import actor_for
from leesbouw.core.access import SYSTEM, Actor
from leesbouw.organisations.models import Location
from leesbouw.people.models import ConsultantAssignment, Contact

LEADERS = ("school-head", "childcare-manager")  # roles
HEADS = ("head", "childcare_manager")  # functions of contacts


def head_of(location: Location) -> Actor:
    """Who agrees with the plans of a location: its head, also where she has no account and is known as a contact only."""
    held = RoleAssignment.objects.filter(RoleAssignment.held_today(), unit=location.pk, role__in=LEADERS)
    row = held.select_related("unit", "user").order_by("pk").first()
    if row is not None:
        return actor_for(row, row.user)
    known = Contact.objects.trusted("who signs the plans of the demo").filter(
        unit=location.pk, function__in=HEADS, left_on=None
    )
    contact = known.order_by("pk").first()
    return replace(SYSTEM, name=contact.name) if contact else SYSTEM


def consultant_of(location: Location) -> Actor:
    """Who writes the plans with a location: the consultant who works there longest, by her name."""
    rows = ConsultantAssignment.objects.trusted("who writes the plans of the demo")
    found = rows.filter(partnership__location=location.pk).select_related("staff")
    first = found.order_by("-hours_per_year", "starts_on", "pk").first()
    return replace(SYSTEM, name=first.staff.name) if first else SYSTEM
