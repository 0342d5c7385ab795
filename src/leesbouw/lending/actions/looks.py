"""What is written when staff look at the books of children, so that a child and its parents can see who did."""

from __future__ import annotations

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import AuditEvent, record
from leesbouw.core.db import write_transaction
from leesbouw.core.retention import begin_of
from leesbouw.core.time import today
from leesbouw.organisations.models import ClassGroup, Location
from leesbouw.pupils.queries.classes import reading_line

from ..permissions import LEND, VIEW_LOANS


def note_group_look(*, group: ClassGroup, by: Actor) -> None:
    """Somebody saw what the children of a group have; of each group once a day. Raises ClassGroup.DoesNotExist out of
    reach."""
    require(by, LEND)
    reading_line(by, group.pk)
    _once_a_day("lending.look_at_group", group, group.location_id, by)


def note_school_look(*, location: Location, by: Actor) -> None:
    """Somebody saw what is out at a whole school; once a day."""
    require(by, VIEW_LOANS)
    if by.kind != "system" and location.pk not in by.locations:
        raise NotAllowed(VIEW_LOANS)
    _once_a_day("lending.look_at_school", location, location.pk, by)


def note_list_taken(
    *, location: Location, group: ClassGroup | None, count: int, form: str, by: Actor
) -> None:
    """Somebody took a list along on which stands who has which book."""
    require(by, LEND if group else VIEW_LOANS)
    with write_transaction():
        record(
            by=by,
            verb="lending.export_group" if group else "lending.export_school",
            subject=group or location,
            unit_id=location.pk,
            count=count,
            data={"as": form},
        )


def _once_a_day(verb: str, subject: ClassGroup | Location, unit_id: int, by: Actor) -> None:
    mine = AuditEvent.objects.filter(verb=verb, by_user_id=by.user_id, subject_id=subject.pk)
    if mine.filter(at__gte=begin_of(today())).exists():
        return
    with write_transaction():
        record(by=by, verb=verb, subject=subject, unit_id=unit_id)
