"""Giving and ending roles."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import today
from leesbouw.organisations.models import Unit

from ..domain import last_day
from ..models import RoleAssignment, User, managed_units
from ..permissions import ACCOUNTS_INVITE, ACCOUNTS_MANAGE, RoleBody, may_give, role, suits
from ..queries import sector_of

WRONG_PLACE = _("This role does not belong at this organisation.")
HELD_ALREADY = _("This person has this role already.")
LAST_ADMINISTRATOR = _(
    "This is the last administrator of this organisation. First make somebody else administrator."
)


def add_role(
    *, user: User, role_code: str, unit: Unit, by: Actor, starts_on: date | None = None
) -> RoleAssignment:
    """Gives a role to somebody who has an account. Raises Sentence when it does not fit or she has it already."""
    require(by, ACCOUNTS_MANAGE)
    check_may_give(role_code, unit, by)
    return give_role(user=user, role_code=role_code, unit=unit, by=by, starts_on=starts_on)


def give_role(
    *, user: User, role_code: str, unit: Unit, by: Actor, starts_on: date | None = None
) -> RoleAssignment:
    """Writes a role down, for actions that asked whether it may be given."""
    with write_transaction():
        user = lock_row(User.objects, pk=user.pk)
        if holds(user, role_code, unit):
            raise Sentence(HELD_ALREADY)
        row = RoleAssignment.objects.create(
            user=user, role=role_code, unit=unit, starts_on=starts_on or today()
        )
        record(
            by=by,
            verb="accounts.add_role",
            subject=row,
            unit_id=unit.pk,
            data={"role": role_code, "user": user.pk},
            undo=Undo("accounts.end_role", {"assignment_id": row.pk}),
        )
        return row


def end_role(*, assignment_id: int, by: Actor, last_on: date | None = None) -> RoleAssignment:
    """Ends a role after its last day; without one it ends at once. Raises Sentence for the last administrator."""
    require(by, ACCOUNTS_MANAGE)
    with write_transaction():
        row = visible_assignment(by, assignment_id)
        lock_row(Unit.objects, pk=row.unit_id)  # two administrators do not end each other at the same moment
        before = row.ends_on
        row.ends_on = last_day(last_on, today=today())
        check_not_last(row)
        row.save(update_fields=["ends_on"])
        record(
            by=by,
            verb="accounts.end_role",
            subject=row,
            unit_id=row.unit_id,
            data={"role": row.role, "user": row.user_id, "last_on": row.ends_on.isoformat()},
            undo=Undo(
                "accounts.reopen_role",
                {"assignment_id": row.pk, "ends_on": before.isoformat() if before else None},
            ),
        )
        return row


def reopen_role(*, assignment_id: int, by: Actor, ends_on: str | None = None) -> RoleAssignment:
    """The inverse of ending: the role counts again, until the day it had before, if any."""
    require(by, ACCOUNTS_MANAGE)
    with write_transaction():
        row = visible_assignment(by, assignment_id)
        lock_row(User.objects, pk=row.user_id)
        check_may_give(row.role, row.unit, by)
        others = RoleAssignment.objects.filter(
            user=row.user_id, role=row.role, unit=row.unit_id, ends_on=None
        )
        if ends_on is None and others.exclude(pk=row.pk).exists():
            raise Sentence(HELD_ALREADY)
        row.ends_on = date.fromisoformat(ends_on) if ends_on else None
        row.save(update_fields=["ends_on"])
        record(
            by=by,
            verb="accounts.reopen_role",
            subject=row,
            unit_id=row.unit_id,
            data={"role": row.role, "user": row.user_id},
        )
        return row


def visible_assignment(by: Actor, assignment_id: int) -> RoleAssignment:
    """A role within reach. Raises RoleAssignment.DoesNotExist."""
    return RoleAssignment.objects.visible_to(by).select_related("unit", "user").get(pk=assignment_id)


def holds(user: User, role_code: str, unit: Unit) -> bool:
    """Whether somebody has this role now, or will."""
    rows = RoleAssignment.objects.filter(user=user, role=role_code, unit=unit)
    return any(row.ends_on is None or row.ends_on >= today() for row in rows)


def check_may_give(role_code: str, unit: Unit, by: Actor) -> RoleBody:
    """Raises NotAllowed when the actor may not give this role or not here, Sentence when the two do not belong together."""
    body = role(role_code)
    if body is None:
        raise Sentence(WRONG_PLACE)
    if not may_give(by, body) or not managed_units(by).filter(pk=unit.pk).exists():
        raise NotAllowed(ACCOUNTS_INVITE)
    if not suits(body, unit_kind=unit.kind, sector=sector_of(unit)):
        raise Sentence(WRONG_PLACE)
    return body


def check_not_last(row: RoleAssignment) -> None:
    """Raises Sentence when without this role nobody would manage the accounts of its unit any more."""
    if not manages(row.role):
        return
    others = RoleAssignment.objects.filter(
        RoleAssignment.held_today(), unit=row.unit_id, ends_on=None, user__is_active=True
    )
    if not any(manages(other.role) for other in others.exclude(pk=row.pk)):
        raise Sentence(LAST_ADMINISTRATOR)


def manages(role_code: str) -> bool:
    """Whether a role manages accounts."""
    body = role(role_code)
    return bool(body and ACCOUNTS_MANAGE in body.permissions)
