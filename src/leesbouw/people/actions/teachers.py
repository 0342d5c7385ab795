"""Who teaches which group; two teachers of one group are duo partners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.models import ClassGroup

from ..domain import clean_days, last_day
from ..models import Contact, GroupTeacher
from ..permissions import EDIT_CONTACTS


@dataclass(frozen=True, slots=True)
class TeacherRow:
    """A teacher and her ISO weekdays; no days means every day."""

    contact_id: int
    days: tuple[int, ...] = ()


def set_group_teachers(
    *, group: ClassGroup, rows: Sequence[TeacherRow], by: Actor, starts_on: date | None = None
) -> list[GroupTeacher]:
    """Makes these the teachers of a group from a day on; whoever is not named ends the day before.

    Raises Sentence for somebody of another location.
    """
    require(by, EDIT_CONTACTS)
    with write_transaction():
        if not ClassGroup.objects.visible_to(by).filter(pk=group.pk).exists():
            raise NotAllowed(EDIT_CONTACTS)
        contacts = Contact.objects.visible_to(by).filter(pk__in=[row.contact_id for row in rows])
        if set(contacts.values_list("unit_id", flat=True)) - {group.location_id} or len(contacts) != len(
            rows
        ):
            raise Sentence(_("Choose people of this location."))
        year: SchoolYear = group.year  # type: ignore[assignment]
        first = starts_on or max(year.starts_on, min(today(), year.ends_on))
        open_rows = GroupTeacher.objects.visible_to(by).filter(group=group, ends_on=None)
        known = {row.contact_id: row for row in open_rows}
        result = [_taught(row, known.get(row.contact_id), group, first) for row in rows]
        for contact_id, row in known.items():
            if contact_id not in {one.contact_id for one in rows}:
                row.ends_on = last_day(first, row.starts_on)
                row.save(update_fields=["ends_on"])
        record(
            by=by,
            verb="people.set_group_teachers",
            subject=group,
            unit_id=group.location_id,
            count=len(result),
        )
        return result


def _taught(row: TeacherRow, known: GroupTeacher | None, group: ClassGroup, first: date) -> GroupTeacher:
    teacher = known or GroupTeacher(group=group, contact_id=row.contact_id, starts_on=first)
    teacher.days = clean_days(row.days)
    teacher.save()
    return teacher
