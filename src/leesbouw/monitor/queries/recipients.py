"""Who could get a list at a school: the teachers of its groups, and the consultants who work there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.queries import partnership_for
from leesbouw.people.queries import consultants_of, teachers_of

from ..domain.doors import LinkRow
from ..enums import Respondent
from ..models import Participation
from .doors import links_of


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody with a mail address, and what her list would be about in words."""

    row: LinkRow
    about: str
    has_link: bool = False

    @property
    def key(self) -> str:
        return f"{self.row.respondent}:{self.row.group_id or ''}:{self.row.email}"


def recipients(actor: Actor, participation: Participation) -> list[Recipient]:
    """The people whom this actor may know, teachers by group first."""
    sent = {(link.respondent, link.group_id, link.email) for link in links_of(actor, participation)}
    asked = participation.round.questionnaires
    return [
        Recipient(row, about, (row.respondent, row.group_id, row.email) in sent)
        for row, about in (*_teachers(actor, participation), *_consultants(actor, participation))
        if row.email and row.respondent in asked
    ]


def _teachers(actor: Actor, participation: Participation) -> Iterator[tuple[LinkRow, str]]:
    year: SchoolYear = participation.round.year  # type: ignore[assignment]
    for line in teachers_of(actor, participation.location, year):
        for contact, _days in line.teachers:
            email = contact.email.strip().lower()
            yield LinkRow(Respondent.TEACHER, contact.name, email, line.group.pk), line.group.name


def _consultants(actor: Actor, participation: Participation) -> Iterator[tuple[LinkRow, str]]:
    partnership = partnership_for(actor, participation.location)
    found = consultants_of(actor, [partnership.pk]) if partnership else {}
    for lines in found.values():
        for line in lines:
            email = line.staff.email.strip().lower()
            yield LinkRow(Respondent.CONSULTANT, line.staff.name, email), line.role
