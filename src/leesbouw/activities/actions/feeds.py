"""Addresses for calendar programs: made, made anew and taken back. Who has the address reads the visits."""

from __future__ import annotations

from leesbouw.accounts.domain import hashed, new_token
from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.core.time import now
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Unit
from leesbouw.people.models import StaffMember
from leesbouw.people.queries import library_id_for, my_staff_ids

from ..models import Feed
from ..permissions import SHARE_CALENDAR

OF_LIBRARY = (UnitKind.LIBRARY, UnitKind.BRANCH)


def make_feed(*, by: Actor, staff: StaffMember | None = None, unit: Unit | None = None) -> str:
    """A new address for one's own visits or for those at a location; the one before stops. Returns its secret, once.

    Raises NotAllowed for somebody else's, or a location out of reach.
    """
    _check(by, staff, unit)
    with write_transaction():
        _revoke(by, staff, unit)
        token = new_token()
        feed = Feed.objects.create(
            token_hash=hashed(token),
            library_id=staff.library_id if staff else _library(by, unit),
            staff=staff,
            unit=unit,
            created_by_id=by.user_id,
        )
        record(by=by, verb="activities.make_feed", subject=feed, unit_id=unit.pk if unit else None)
        return token


def _library(by: Actor, unit: Unit | None) -> int | None:
    """On whose behalf somebody of a library reads along at a location; none for the location itself."""
    return library_id_for(by, unit.pk) if unit and by.unit_kind in OF_LIBRARY else None


def revoke_feed(*, by: Actor, staff: StaffMember | None = None, unit: Unit | None = None) -> None:
    """The address stops working at once."""
    _check(by, staff, unit)
    with write_transaction():
        count = _revoke(by, staff, unit)
        record(by=by, verb="activities.revoke_feed", unit_id=unit.pk if unit else None, count=count)


def _check(by: Actor, staff: StaffMember | None, unit: Unit | None) -> None:
    require(by, SHARE_CALENDAR)
    if (staff is None) == (unit is None):
        raise NotAllowed(SHARE_CALENDAR)
    if staff is not None and staff.pk not in my_staff_ids(by):
        raise NotAllowed(SHARE_CALENDAR)
    if unit is not None and unit.pk not in by.locations:
        raise NotAllowed(SHARE_CALENDAR)


def _revoke(by: Actor, staff: StaffMember | None, unit: Unit | None) -> int:
    rows = Feed.objects.visible_to(by).filter(revoked_at=None, staff=staff, unit=unit)
    return rows.update(revoked_at=now())
