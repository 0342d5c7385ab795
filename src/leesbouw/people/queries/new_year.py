"""Who teaches which group in a new school year: what we propose, how far it is, and whether somebody changed it since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import ClassGroup, Location, YearTransition
from leesbouw.organisations.queries import groups_of, trace_of

from ..models import Contact, GroupTeacher
from ..permissions import EDIT_CONTACTS
from .units import group_teachers

STEP = "teachers"  # its code in the task list


@dataclass(frozen=True, slots=True)
class TeacherOffer:
    """A group of the new year and who we propose: (contact id, days). `since_last_year`: taken from the group it was."""

    group: ClassGroup
    teachers: tuple[tuple[int, tuple[int, ...]], ...]
    since_last_year: bool = False


def teacher_offers(
    actor: Actor, location: Location, year: SchoolYear, contacts: list[Contact]
) -> list[TeacherOffer]:
    """The groups of the year with their teachers; a group without any gets those of the group with the same name or,
    failing that, of the group that it follows. Five queries.

    A teacher mostly stays with a year and not with the children: 6A has the teacher whom 6A had.
    """
    here = {contact.pk for contact in contacts}
    groups = list(groups_of(actor, location, year))
    last = group_teachers(actor, list(groups_of(actor, location, year.previous)))
    by_name = {line.group.name.casefold(): line for line in last}
    by_id = {line.group.pk: line for line in last}
    offers = []
    for line in group_teachers(actor, groups):
        own = _still_here(line.teachers, here)
        former = by_name.get(line.group.name.casefold()) or by_id.get(line.group.follows_id or 0)
        if not own and former:
            offers.append(TeacherOffer(line.group, _still_here(former.teachers, here), True))
        else:
            offers.append(TeacherOffer(line.group, own))
    return offers


def _still_here(teachers: Any, here: set[int]) -> tuple[tuple[int, tuple[int, ...]], ...]:
    return tuple((contact.pk, days) for contact, days in teachers if contact.pk in here)


def groups_without_teacher(actor: Actor, location: Location, year: SchoolYear) -> tuple[int, list[str]]:
    """How many groups there are, and the names of those that nobody teaches."""
    lines = group_teachers(actor, list(groups_of(actor, location, year)))
    return len(lines), [line.group.name for line in lines if not line.teachers]


def teachers_image(transition: YearTransition) -> list[list[Any]]:
    """Every row about the new year's groups, as JSON can hold it: ids, days and dates."""
    groups = ClassGroup.objects.filter(location=transition.location_id, year=transition.year)
    rows = GroupTeacher.objects.trusted("teachers of a location within reach; gives ids only")
    return sorted(
        [
            row.group_id,
            row.contact_id,
            row.days,
            row.starts_on.isoformat(),
            row.ends_on.isoformat() if row.ends_on else None,
        ]
        for row in rows.filter(group__in=groups.values("pk"))
    )


def teacher_blocks(actor: Actor, transition: YearTransition) -> list[str]:
    """Somebody chose other teachers since the list did, or this actor may not give them back."""
    trace = trace_of(transition, STEP)
    if trace and not actor.may(EDIT_CONTACTS):
        return [_("The teachers were chosen. Only who may change contacts can take that back.")]
    after = trace.data["after"] if trace else _before_groups(transition)
    if teachers_image(transition) == after:
        return []
    return [_("The teachers of the new groups were changed by hand since.")]


def _before_groups(transition: YearTransition) -> list[list[Any]]:
    """Without this step: rows about groups that were there before the list are nobody's business here."""
    trace = trace_of(transition, "groups")
    made = set(trace.data["made"]) if trace else set()
    return [row for row in teachers_image(transition) if row[0] not in made]
