"""Who somebody is at this moment: her roles, and the Actor that goes with one of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from leesbouw.core.access import EVERYWHERE, Actor, Scope
from leesbouw.core.time import now, on_day, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Branch, Location, Partnership, Unit

from .domain import hashed, is_alive
from .models import Invitation, RoleAssignment, TaskLink, User
from .permissions import role


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A line of the role switch."""

    id: int
    label: str
    unit_name: str
    current: bool = False


def assignments_today(user: User) -> list[RoleAssignment]:
    """The roles somebody holds today, of those that content describes."""
    rows = RoleAssignment.objects.filter(RoleAssignment.held_today(), user=user).select_related("unit")
    return [row for row in rows if role(row.role)]


def held_roles(rows: list[RoleAssignment], current_id: int | None) -> list[HeldRole]:
    """The role switch for these assignments."""
    held = [(row, role(row.role)) for row in rows]
    return [
        HeldRole(row.pk, body.name[:1].upper() + body.name[1:], row.unit.name, row.pk == current_id)
        for row, body in held
        if body
    ]


def actor_for(row: RoleAssignment, user: User | None = None) -> Actor:
    """The Actor of a role assignment. `libraries` and `locations`: whose own rows are within reach today."""
    body = role(row.role)
    permissions = body.permissions if body else frozenset()
    libraries, locations = _reach(row.unit)
    return Actor(
        kind="user",
        role=row.role,
        permissions=permissions,
        unit_id=row.unit_id,
        unit_kind=row.unit.kind,
        libraries=libraries,
        locations=locations,
        user_id=row.user_id,
        assignment_id=row.pk,
        name=user.name if user else "",
    )


def _reach(unit: Unit) -> tuple[Scope, Scope]:
    match unit.kind:
        case UnitKind.NATION:
            return EVERYWHERE, EVERYWHERE
        case UnitKind.LIBRARY:
            libraries = frozenset({unit.pk})
        case UnitKind.BRANCH:
            libraries = frozenset(Branch.objects.filter(pk=unit.pk).values_list("library_id", flat=True))
        case UnitKind.LOCATION:
            return frozenset(), frozenset({unit.pk})
        case UnitKind.BOARD:
            return frozenset(), frozenset(Location.objects.filter(board=unit.pk).values_list("pk", flat=True))
        case _:
            return frozenset(), frozenset()
    partnerships = Partnership.objects.filter(on_day(today()), library__in=libraries)
    return libraries, frozenset(partnerships.values_list("location_id", flat=True))


def actor_of_assignment(assignment_id: int) -> Actor:
    """For jobs: the actor as she is now. Raises LookupError when the role has ended."""
    row = (
        RoleAssignment.objects.filter(RoleAssignment.held_today(), pk=assignment_id, user__is_active=True)
        .select_related("unit", "user")
        .first()
    )
    if row is None or role(row.role) is None:
        raise LookupError("the role assignment is over")
    return actor_for(row, row.user)


def users_visible_to(actor: Actor) -> QuerySet[RoleAssignment]:
    """Role assignments that the actor manages, newest last, with their people and units."""
    return (
        RoleAssignment.objects.visible_to(actor).select_related("user", "unit").order_by("user__name", "pk")
    )


def invitations_open_for(actor: Actor) -> QuerySet[Invitation]:
    """Invitations nobody has answered yet."""
    alive = Invitation.objects.visible_to(actor).filter(used_at=None, revoked_at=None, expires_at__gt=now())
    return alive.select_related("unit")


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation behind a link, while it lives."""
    return _alive(Invitation.objects.filter(token_hash=hashed(token)).select_related("unit").first())


def task_link_by_token(token: str) -> TaskLink | None:
    """The task behind a link, while it lives."""
    return _alive(TaskLink.objects.filter(token_hash=hashed(token)).select_related("unit").first())


def _alive(link):  # type: ignore[no-untyped-def]
    if link and is_alive(
        expires_at=link.expires_at, used=bool(link.used_at), revoked=bool(link.revoked_at), now=now()
    ):
        return link
    return None


def names_of_users(ids: set[int]) -> dict[int, str]:
    """Names for ids that an audit row or decision holds; unknown ids are left out."""
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))
