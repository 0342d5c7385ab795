"""Who somebody is at this moment: her roles, and the Actor that goes with one of them."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Exists, F, OuterRef, QuerySet

from leesbouw.core.access import EVERYWHERE, Actor, Scope
from leesbouw.core.db import Asked
from leesbouw.core.sealing import Unreadable, unseal
from leesbouw.core.time import on_day, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Branch, Location, Partnership, Unit

from ..models import RoleAssignment, TaskLink, User
from ..permissions import role

SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A line of the role switch."""

    id: int
    label: str
    unit_name: str
    current: bool = False


def second_step_of(user_field: str) -> Exists:
    """Whether the user in this field has an app or a passkey; recovery codes alone are none."""
    return Exists(Authenticator.objects.filter(user=OuterRef(user_field), type__in=SECOND_STEPS))


def second_steps_of(user: User) -> set[str]:
    """Which second steps somebody has: totp, webauthn, recovery_codes."""
    return set(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def readable_steps(user: User) -> list[Authenticator]:
    """Her app and her recovery codes, as far as the secret key of this installation opens them."""
    rows = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN)
    return [row for row in rows if _opens(row)]


def _opens(step: Authenticator) -> bool:
    try:
        for value in step.data.values():
            if isinstance(value, str):
                unseal(value)
    except Unreadable:
        return False
    return True


def lost_recovery_codes(user: User) -> bool:
    """Whether she has recovery codes that nobody can read any more, because the secret key is another than it was."""
    codes = Authenticator.Type.RECOVERY_CODES
    return codes in second_steps_of(user) and all(step.type != codes for step in readable_steps(user))


def has_passkey(user: User, passkey_id: int) -> bool:
    """Whether this passkey is hers."""
    return Authenticator.objects.filter(user=user, pk=passkey_id, type=Authenticator.Type.WEBAUTHN).exists()


def assignments_today(user: User) -> list[RoleAssignment]:
    """The roles somebody holds today, of those that content describes; each knows `has_mfa` and `branch_of`. One query."""
    day = str(today())
    return [row for row in HELD.objects(1, *SECOND_STEPS, user.pk, day, day) if role(row.role)]


def _described(rows: QuerySet[RoleAssignment]) -> QuerySet[RoleAssignment]:
    return rows.select_related("unit").annotate(
        has_mfa=second_step_of("user"), branch_of=F("unit__as_branch__library")
    )


# The 1 that goes first is of the EXISTS: what it selects, where rows themselves do not matter.
HELD = Asked(lambda: _described(RoleAssignment.objects.filter(user=0).filter(RoleAssignment.held_today())))
PARTNERS = Asked(
    lambda: (
        Partnership.objects.filter(library=0).filter(on_day(today())).order_by().values_list("location_id")
    )
)


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
    libraries, locations = _reach(row.unit, getattr(row, "branch_of", None))
    return Actor(
        kind="user",
        role=row.role,
        permissions=permissions,
        unit_id=row.unit_id,
        unit_kind=row.unit.kind,
        unit_code=row.unit.code,
        libraries=libraries,
        locations=locations,
        user_id=row.user_id,
        assignment_id=row.pk,
        name=user.name if user else "",
    )


def _reach(unit: Unit, branch_of: int | None = None) -> tuple[Scope, Scope]:
    match unit.kind:
        case UnitKind.NATION:
            return EVERYWHERE, EVERYWHERE
        case UnitKind.LIBRARY:
            libraries = frozenset({unit.pk})
        case UnitKind.BRANCH if branch_of:
            libraries = frozenset({branch_of})
        case UnitKind.BRANCH:
            libraries = frozenset(Branch.objects.filter(pk=unit.pk).values_list("library_id", flat=True))
        case UnitKind.LOCATION:
            return frozenset(), frozenset({unit.pk})
        case UnitKind.BOARD:
            return frozenset(), frozenset(Location.objects.filter(board=unit.pk).values_list("pk", flat=True))
        case _:
            return frozenset(), frozenset()
    day = str(today())
    found = (location for library in libraries for (location,) in PARTNERS.rows(library, day, day))
    return libraries, frozenset(found)


def person(user: User) -> Actor:
    """Somebody who signed in, whatever her roles: for what she does with her own account."""
    return Actor(kind="user", user_id=user.pk, name=user.name)


def actor_of_user(user: User) -> Actor:
    """Somebody in the role she used last; without a role just the person."""
    rows = assignments_today(user)
    if not rows:
        return person(user)
    row = next((row for row in rows if row.pk == user.last_assignment_id), rows[0])
    return actor_for(row, user)


def actor_of_assignment(assignment_id: int) -> Actor:
    """For jobs: the actor as she is now. Raises LookupError when the role has ended."""
    rows = _described(RoleAssignment.objects.filter(RoleAssignment.held_today(), user__is_active=True))
    row = rows.select_related("unit", "user").filter(pk=assignment_id).first()
    if row is None or role(row.role) is None:
        raise LookupError("the role assignment is over")
    return actor_for(row, row.user)


def actor_of_link(link: TaskLink, permissions: frozenset[str] = frozenset()) -> Actor:
    """Whoever holds a task link: at the link's unit, with the task's rights and no others."""
    libraries, locations = _reach(link.unit)
    return Actor(
        kind="link",
        role=link.task,
        permissions=permissions,
        unit_id=link.unit_id,
        unit_kind=link.unit.kind,
        unit_code=link.unit.code,
        libraries=libraries,
        locations=locations,
        name=link.name,
    )
