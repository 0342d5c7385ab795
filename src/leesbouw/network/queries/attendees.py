"""Who may be ticked as present at a talk: first those one expects there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from leesbouw.accounts.enums import Level
from leesbouw.core.access import Actor
from leesbouw.organisations.models import Unit
from leesbouw.people.models import Contact, StaffMember
from leesbouw.people.queries import ContactLine, UnitPeople, my_staff_ids, people_of, staff_today

from ..models import Conversation
from .talks import Attendance, attendance_of


@dataclass(frozen=True, slots=True)
class Attendees:
    """People to choose from; `more_contacts` and `others` are those one would not expect at a talk."""

    contacts: list[Contact]
    more_contacts: list[Contact]
    near: list[StaffMember]
    others: list[StaffMember]
    chosen_contacts: list[int]
    chosen_staff: list[int]


def attendees_for(actor: Actor, unit: Unit, talk: Conversation | None = None) -> Attendees:
    """Everybody of the unit, the colleagues who come there, and the actor; ticked as the talk has them.

    For a new talk the actor is ticked, and whom she usually talks to there.
    """
    mine = my_staff_ids(actor)
    people = people_of(actor, unit)
    there = attendance_of(actor, [talk.pk])[talk.pk] if talk else Attendance()
    expected_contacts = [line.contact for line in people.contacts if is_expected(line)]
    contacts = _with(expected_contacts, there.contacts)
    contact_ids = {contact.pk for contact in contacts}
    colleagues = list(staff_today(actor))
    expected = _with([line.staff for line in people.staff], there.staff)
    near = _with(expected, [member for member in colleagues if member.pk in mine])
    near_ids = {member.pk for member in near}
    if talk is not None:
        chosen_contacts, chosen_staff = [row.pk for row in there.contacts], [row.pk for row in there.staff]
    else:
        chosen_contacts, chosen_staff = _usual(people, mine), mine
    return Attendees(
        contacts=contacts,
        more_contacts=[line.contact for line in people.contacts if line.contact.pk not in contact_ids],
        near=near,
        others=[member for member in colleagues if member.pk not in near_ids],
        chosen_contacts=chosen_contacts,
        chosen_staff=chosen_staff,
    )


def _with(people: list[Any], more: Iterable[Any]) -> list[Any]:
    """These people and those, everybody once."""
    known = {person.pk for person in people}
    return [*people, *(person for person in more if person.pk not in known)]


def is_expected(line: ContactLine) -> bool:
    """A teacher among twenty is seldom at a talk, unless somebody talks to her."""
    return line.contact.level != Level.OPERATIONAL or bool(line.talkers)


def _usual(people: UnitPeople, mine: list[int]) -> list[int]:
    return [line.contact.pk for line in people.contacts if {member.pk for member in line.talkers} & set(mine)]
