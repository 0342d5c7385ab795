"""Signing in with one click, in a demo database only, and by default only on the machine that serves it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from leesbouw.core.stamp import is_demo
from leesbouw.organisations.enums import Sector, UnitKind
from leesbouw.organisations.models import Location

from .models import RoleAssignment
from .permissions import RoleBody, role

MOST_OF_SMALL = 3
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")

GROUPS: dict[str, tuple[Any, str]] = {
    "library": (_("The library"), "library"),
    "school": (_("The school"), "school"),
    "childcare": (_("Child care"), "childcare"),
    "board": (_("The board"), "board"),
    "municipality": (_("The municipality"), "municipality"),
    "country": (_("Province and country"), "province"),
}
OF_KIND = {
    UnitKind.LIBRARY: "library",
    UnitKind.BRANCH: "library",
    UnitKind.LOCATION: "school",
    UnitKind.BOARD: "board",
    UnitKind.MUNICIPALITY: "municipality",
}


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody to be for a while. `id` is that of the role assignment."""

    id: int
    name: str
    role: str
    unit: str
    sentence: str


@dataclass(slots=True)
class DemoGroup:
    """People of one kind of organisation. Where most of them work stands above them, so that it is said once."""

    label: Any
    icon: str
    people: list[DemoPerson] = field(default_factory=list)

    @property
    def unit(self) -> str:
        return Counter(person.unit for person in self.people).most_common(1)[0][0]

    @property
    def is_small(self) -> bool:
        """Whether it fits beside another group."""
        return len(self.people) <= MOST_OF_SMALL


def demo_is_open(request: HttpRequest) -> bool:
    """Whether this visitor may sign in with one click: in a demo, from this machine unless the setting opens it.

    Behind a reverse proxy every visitor seems to be on this machine; so who was forwarded is not.
    """
    if not is_demo():
        return False
    return settings.DEMO_ANYWHERE or _is_local(request)


def _is_local(request: HttpRequest) -> bool:
    if any(request.META.get(header) for header in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def demo_groups() -> list[DemoGroup]:
    """One person for every role, by kind of organisation; groups without people are left out."""
    rows = RoleAssignment.objects.filter(RoleAssignment.held_today(), user__is_active=True)
    childcare = set(Location.objects.filter(sector=Sector.CHILDCARE).values_list("pk", flat=True))
    groups = {code: DemoGroup(label, icon) for code, (label, icon) in GROUPS.items()}
    seen: set[tuple[str, str]] = set()
    for row in rows.select_related("user", "unit").order_by("pk"):
        body = role(row.role)
        code = "childcare" if row.unit_id in childcare else OF_KIND.get(UnitKind(row.unit.kind), "country")
        if body is None or (code, row.role) in seen:
            continue
        seen.add((code, row.role))
        groups[code].people.append(_person(row, body))
    return [group for group in groups.values() if group.people]


def _person(row: RoleAssignment, body: RoleBody) -> DemoPerson:
    return DemoPerson(row.pk, row.user.name, body.name, row.unit.name, body.description)


def demo_assignment(assignment_id: int) -> RoleAssignment | None:
    """The role somebody wants to try, if it is held today."""
    rows = RoleAssignment.objects.filter(RoleAssignment.held_today(), user__is_active=True, pk=assignment_id)
    return rows.select_related("user").first()
