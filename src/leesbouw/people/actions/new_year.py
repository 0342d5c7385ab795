"""Teachers of a new school year: last year's stay with their group unless somebody chooses otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import write_transaction
from leesbouw.core.registry import undo
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.actions import (
    drop_trace,
    held_transition,
    keep_trace,
    refuse,
    running_transition,
)
from leesbouw.organisations.models import ClassGroup, Location, YearTransition
from leesbouw.organisations.queries import trace_of

from ..models import Contact, GroupTeacher
from ..permissions import EDIT_CONTACTS
from ..queries.new_year import STEP, teacher_blocks, teachers_image
from .teachers import GroupChange, TeacherRow, set_teachers


def set_year_teachers(
    rows: Mapping[int, Sequence[TeacherRow]], *, location: Location, year: SchoolYear, by: Actor
) -> int:
    """Makes these the teachers of the new year's groups, from its first day; returns how many groups have one.

    `rows`: group id → its teachers. Raises Sentence without a list, NotAllowed for a group out of reach.
    """
    require(by, EDIT_CONTACTS)
    with write_transaction():
        transition = running_transition(location=location, year=year, by=by)
        groups = {
            group.pk: group
            for group in ClassGroup.objects.visible_to(by).filter(location=location, year=year)
        }
        earlier = trace_of(transition, STEP)
        before = earlier.data["before"] if earlier else teachers_image(transition)
        changes = [
            GroupChange(groups[pk], teachers, year.starts_on) for pk, teachers in rows.items() if pk in groups
        ]
        set_teachers(changes, by=by)
        data = {"before": before, "after": teachers_image(transition)}
        keep_trace(transition=transition, step=STEP, data=data, by=by)
        count = sum(bool(change.rows) for change in changes)
        record(
            by=by,
            verb="people.set_year_teachers",
            subject=transition,
            unit_id=location.pk,
            count=count,
            undo=Undo("people.give_back_year_teachers", {"transition_id": transition.pk})
            if earlier is None
            else None,
        )
        return count


@undo.register("people.give_back_year_teachers")
def give_back_year_teachers(*, transition_id: int, by: Actor) -> None:
    """The teachers of the new groups as they were before the list. Raises Sentence when somebody changed them since."""
    require(by, EDIT_CONTACTS)
    with write_transaction():
        transition = held_transition(transition_id, by)
        refuse(teacher_blocks(by, transition))
        count = _give_back(transition)
        record(
            by=by,
            verb="people.give_back_year_teachers",
            subject=transition,
            unit_id=transition.location_id,
            count=count,
        )


def take_back_year_teachers(*, transition: YearTransition, by: Actor) -> None:
    """The step's way back, inside the write that takes the whole list back."""
    if trace_of(transition, STEP):
        require(by, EDIT_CONTACTS)
        _give_back(transition)


def _give_back(transition: YearTransition) -> int:
    """Exactly the rows there were; a contact who was wiped since does not come back."""
    trace = trace_of(transition, STEP)
    if trace is None:
        return 0
    before: list[list[Any]] = trace.data["before"]
    groups = ClassGroup.objects.filter(location=transition.location_id, year=transition.year)
    rows = GroupTeacher.objects.trusted("teachers of a location within reach; gives ids only")
    gone = rows.filter(group__in=groups.values("pk"))
    count = gone.count()
    gone.delete()
    contacts = Contact.objects.trusted("teachers of a location within reach; gives ids only")
    known = set(contacts.filter(pk__in={row[1] for row in before}).values_list("pk", flat=True))
    there = set(groups.values_list("pk", flat=True))
    GroupTeacher.objects.bulk_create(
        GroupTeacher(
            group_id=group,
            contact_id=contact,
            days=days,
            starts_on=date.fromisoformat(starts_on),
            ends_on=date.fromisoformat(ends_on) if ends_on else None,
        )
        for group, contact, days, starts_on, ends_on in before
        if contact in known and group in there
    )
    drop_trace(transition=transition, step=STEP)
    return count
