"""People with an account, as who manages accounts sees them: within her own units and no further."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from leesbouw.core.access import Actor
from leesbouw.core.audit import AuditEvent
from leesbouw.core.time import today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Location, Unit

from ..models import RoleAssignment, User, managed_units
from ..permissions import RoleBody, role
from .actors import second_step_of

SIGN_INS = ("accounts.sign_in", "accounts.fail_sign_in")


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role that somebody holds or held, in words."""

    id: int
    role: str
    label: str
    unit: Unit
    starts_on: date
    ends_on: date | None

    @property
    def is_over(self) -> bool:
        return self.ends_on is not None and self.ends_on < today()


def users_visible_to(actor: Actor) -> QuerySet[RoleAssignment]:
    """Role assignments that the actor manages, newest last, with their people and units."""
    return (
        RoleAssignment.objects.visible_to(actor).select_related("user", "unit").order_by("user__name", "pk")
    )


def people_managed_by(actor: Actor) -> QuerySet[User]:
    """Everybody who holds or held a role within the actor's units. Each knows `has_mfa`, `has_role` (today) and
    `roles_here` (today's assignments within the actor's units)."""
    visible = RoleAssignment.objects.visible_to(actor)
    today_here = visible.filter(RoleAssignment.held_today())
    return (
        User.objects.filter(pk__in=visible.values("user"))
        .annotate(
            has_mfa=second_step_of("pk"),
            has_role=Exists(today_here.filter(user=OuterRef("pk"))),
        )
        .prefetch_related(
            Prefetch("assignments", queryset=today_here.select_related("unit"), to_attr="roles_here")
        )
        .order_by("name", "pk")
    )


def person_managed_by(actor: Actor, user_id: int) -> User:
    """One of `people_managed_by`. Raises User.DoesNotExist."""
    return people_managed_by(actor).get(pk=user_id)


def roles_managed_by(actor: Actor, user: User) -> tuple[list[RoleLine], int]:
    """Her roles within the actor's units, those of today first, and how many she holds today elsewhere."""
    rows = RoleAssignment.objects.visible_to(actor).filter(user=user).select_related("unit")
    lines = [line_of(row) for row in rows]
    lines.sort(key=lambda line: (line.is_over, -line.starts_on.toordinal(), line.id))
    held = RoleAssignment.objects.filter(RoleAssignment.held_today(), user=user)
    elsewhere = held.exclude(pk__in=[line.id for line in lines]).count()
    return lines, elsewhere


def role_managed_by(actor: Actor, assignment_id: int) -> RoleAssignment:
    """A role within reach, with its person and unit. Raises RoleAssignment.DoesNotExist."""
    return RoleAssignment.objects.visible_to(actor).select_related("user", "unit").get(pk=assignment_id)


def line_of(row: RoleAssignment) -> RoleLine:
    """A role assignment in words; a role that content no longer describes keeps its code."""
    body = role(row.role)
    label = body.name if body else row.role
    return RoleLine(row.pk, row.role, label, row.unit, row.starts_on, row.ends_on)


def nobody_has_an_account() -> bool:
    """Whether this installation still has to be set up."""
    return not User.objects.exists()


def user_by_email(email: str) -> User | None:
    """Whoever signs in with this address, active or not."""
    return User.objects.filter(email=email.strip().lower()).first()


def unit_managed_by(actor: Actor, unit_id: int) -> Unit:
    """A unit whose accounts the actor manages. Raises Unit.DoesNotExist."""
    return managed_units(actor).get(pk=unit_id)


def units_for_role(actor: Actor, body: RoleBody) -> list[Unit]:
    """Where the actor may give this role: open units of its kind, and of its sectors."""
    rows = managed_units(actor).filter(kind=body.unit_kind)
    if body.unit_kind == UnitKind.LOCATION:
        suitable = Location.objects.filter(closed_on=None)
        if body.sectors:
            suitable = suitable.filter(sector__in=body.sectors)
        rows = rows.filter(pk__in=suitable.values("pk"))
    return list(rows.order_by("name", "pk"))


def kinds_managed(actor: Actor) -> set[tuple[str, str]]:
    """What kinds of open units, and of which sector for a location, the actor may give roles at. One query."""
    rows = managed_units(actor).filter(as_location__closed_on=None).order_by()
    return {
        (kind, sector or "") for kind, sector in rows.values_list("kind", "as_location__sector").distinct()
    }


def sector_of(unit: Unit) -> str:
    """What kind of location it is; empty for every other unit."""
    if unit.kind != UnitKind.LOCATION:
        return ""
    return Location.objects.filter(pk=unit.pk).values_list("sector", flat=True).first() or ""


def works_alone(actor: Actor) -> bool:
    """Whether nobody but the actor has an account that she looks after."""
    return not RoleAssignment.objects.visible_to(actor).exclude(user=actor.user_id).exists()


def names_of_users(ids: set[int]) -> dict[int, str]:
    """Names for ids that an audit row or decision holds; unknown ids are left out."""
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))


def own_history(user: User, limit: int = 20) -> list[AuditEvent]:
    """When somebody signed in as this person, or tried to, newest first."""
    rows = AuditEvent.objects.filter(
        subject_type=User._meta.label, subject_id=user.pk, verb__in=SIGN_INS
    ).order_by("-at", "-id")
    return list(rows[:limit])


def with_role(rows: QuerySet[User], actor: Actor, code: str) -> QuerySet[User]:
    """Those of these people who hold a role today within the actor's units."""
    held = RoleAssignment.objects.visible_to(actor).filter(RoleAssignment.held_today(), role=code)
    return rows.filter(pk__in=held.values("user"))
