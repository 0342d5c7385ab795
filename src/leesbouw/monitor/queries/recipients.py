"""Who could get a list at a location: who works with its groups, who leads the reading there, and the consultants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.queries import partnership_for
from leesbouw.people.queries import consultants_of, contacts_at, teachers_of

from ..domain.doors import LinkRow
from ..enums import MonitorKind, Respondent
from ..models import Participation
from .doors import links_of

# Who has the list of the read-aloud coordinator in child care, one for the location: the first of these who is there
LEADS = ("read_aloud_coordinator", "childcare_manager")


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
        for row, about in (
            *_teachers(actor, participation),
            *_leads(actor, participation),
            *_consultants(actor, participation),
        )
        if row.email and row.respondent in asked
    ]


def _teachers(actor: Actor, participation: Participation) -> Iterator[tuple[LinkRow, str]]:
    year: SchoolYear = participation.round.year  # type: ignore[assignment]
    respondent = Respondent.WORKER if _is_childcare(participation) else Respondent.TEACHER
    for line in teachers_of(actor, participation.location, year):
        for contact, _days in line.teachers:
            email = contact.email.strip().lower()
            yield LinkRow(respondent, contact.name, email, line.group.pk), line.group.name


def _leads(actor: Actor, participation: Participation) -> Iterator[tuple[LinkRow, str]]:
    if not _is_childcare(participation):
        return
    known = [one for one in contacts_at(actor, participation.location_id) if one.email]
    for function in LEADS:
        found = [one for one in known if one.function == function]
        for contact in found:
            row = LinkRow(Respondent.COORDINATOR, contact.name, contact.email.strip().lower())
            yield row, str(Respondent.COORDINATOR.label)
        if found:
            return


def _consultants(actor: Actor, participation: Participation) -> Iterator[tuple[LinkRow, str]]:
    respondent = Respondent.LIBRARY if _is_childcare(participation) else Respondent.CONSULTANT
    partnership = partnership_for(actor, participation.location)
    found = consultants_of(actor, [partnership.pk]) if partnership else {}
    for lines in found.values():
        for line in lines:
            email = line.staff.email.strip().lower()
            yield LinkRow(respondent, line.staff.name, email), line.role


def _is_childcare(participation: Participation) -> bool:
    return participation.round.kind == MonitorKind.CHILDCARE
