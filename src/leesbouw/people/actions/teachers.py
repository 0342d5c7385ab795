"""Who teaches which group; two teachers of one group are duo partners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from leesbouw.core import search
from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.models import ClassGroup

from ..domain import clean_days, last_day
from ..models import Contact, GroupTeacher
from ..permissions import EDIT_CONTACTS
from ..queries.indexing import KIND, contact_key
from ..queries.usage import contacts_in_use


@dataclass(frozen=True, slots=True)
class TeacherRow:
    """A teacher and her ISO weekdays; no days means every day."""

    contact_id: int
    days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupChange:
    """Who teaches a group from a day on; without a day, from today or the nearest day of the group's year."""

    group: ClassGroup
    rows: Sequence[TeacherRow]
    starts_on: date | None = None

    @property
    def first_day(self) -> date:
        year: SchoolYear = self.group.year  # type: ignore[assignment]
        return self.starts_on or max(year.starts_on, min(today(), year.ends_on))


def set_group_teachers(
    *, group: ClassGroup, rows: Sequence[TeacherRow], by: Actor, starts_on: date | None = None
) -> list[GroupTeacher]:
    """Makes these the teachers of one group; see set_teachers."""
    return set_teachers([GroupChange(group, rows, starts_on)], by=by)


def set_teachers(changes: Sequence[GroupChange], *, by: Actor, run: str = "") -> list[GroupTeacher]:
    """Makes these the teachers of their groups; whoever is not named ends. One event for all.

    Raises NotAllowed for a group out of reach, Sentence for somebody of another location.
    """
    require(by, EDIT_CONTACTS)
    with write_transaction():
        _check_reach(changes, by)
        known: dict[int, dict[int, GroupTeacher]] = {change.group.pk: {} for change in changes}
        for teacher in GroupTeacher.objects.visible_to(by).filter(group__in=list(known), ends_on=None):
            known[teacher.group_id][teacher.contact_id] = teacher
        result = [teacher for change in changes for teacher in _taught(change, known[change.group.pk])]
        GroupTeacher.objects.bulk_create([teacher for teacher in result if teacher.pk is None])
        single = changes[0].group if len(changes) == 1 else None
        record(
            by=by,
            verb="people.set_group_teachers",
            subject=single,
            unit_id=single.location_id if single else None,
            count=len(result),
            run=run,
        )
        return result


def _check_reach(changes: Sequence[GroupChange], by: Actor) -> None:
    groups = {change.group.pk for change in changes}
    if ClassGroup.objects.visible_to(by).filter(pk__in=groups).count() != len(groups):
        raise NotAllowed(EDIT_CONTACTS)
    named = {row.contact_id for change in changes for row in change.rows}
    unit_of = dict(Contact.objects.visible_to(by).filter(pk__in=named).values_list("pk", "unit_id"))
    for change in changes:
        ids = [row.contact_id for row in change.rows]
        if len(set(ids)) != len(ids) or any(unit_of.get(pk) != change.group.location_id for pk in ids):
            raise Sentence(_("Choose people of this location."))


def _taught(change: GroupChange, known: dict[int, GroupTeacher]) -> list[GroupTeacher]:
    """The teachers of one group, new ones not yet stored; who is no longer named ends."""
    result = []
    for row in change.rows:
        teacher = known.pop(row.contact_id, None) or GroupTeacher(
            group=change.group, contact_id=row.contact_id, starts_on=change.first_day
        )
        teacher.days = clean_days(row.days)
        if teacher.pk is not None:
            teacher.save(update_fields=["days"])
        result.append(teacher)
    for teacher in known.values():
        teacher.ends_on = last_day(change.first_day, teacher.starts_on)
        teacher.save(update_fields=["ends_on"])
    return result


def take_back_contacts(ids: Sequence[int], *, by: Actor, run: str = "") -> int:
    """Removes contacts that an import made a moment ago, with the groups they got by it; returns how many.

    One with whom somebody works by now stays.
    """
    require(by, EDIT_CONTACTS)
    with write_transaction():
        mine = Contact.objects.visible_to(by).filter(pk__in=list(ids)).values_list("pk", flat=True)
        gone = sorted(set(mine) - contacts_in_use(ids))
        GroupTeacher.objects.visible_to(by).filter(contact__in=gone).delete()
        Contact.objects.visible_to(by).filter(pk__in=gone).delete()
        search.remove(KIND, [contact_key(pk) for pk in gone])
        record(by=by, verb="people.take_back_contacts", count=len(gone), run=run)
        return len(gone)
