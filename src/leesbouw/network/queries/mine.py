"""With whom the actor talks herself, and the talks that are open there: what her own first page is made of."""

from __future__ import annotations

from dataclasses import dataclass

from leesbouw.core.access import Actor
from leesbouw.core.asked import once
from leesbouw.core.time import on_day, today
from leesbouw.people.models import ConsultantAssignment, Contact, Relation
from leesbouw.people.queries import my_staff_ids

from ..models import Conversation, TalkRhythm
from .rhythms import UnitLine
from .talks import open_talks, with_makers


@dataclass(frozen=True, slots=True)
class Mine:
    """Units at which a line of the agenda may be hers, and every open talk there, whoever made it."""

    staff: frozenset[int]
    units: dict[int, UnitLine]
    talks: tuple[Conversation, ...]


@once
def mine_of(actor: Actor) -> Mine:
    """Two queries, besides who she is."""
    staff = my_staff_ids(actor)
    units = {line.pk: line for line in _units(actor, staff)} if staff else {}
    talks = with_makers(open_talks(actor).filter(unit__in=list(units)), staff) if units else ()
    return Mine(frozenset(staff), units, tuple(talks))


def _units(actor: Actor, staff: list[int]) -> list[UnitLine]:
    """Where she has an appointment, is named in a rhythm, talks to somebody, or is assigned. One query."""
    through = Conversation.staff.through.objects.filter(staffmember__in=staff)
    talks = open_talks(actor).filter(pk__in=through.values("conversation"))
    rhythms = TalkRhythm.objects.visible_to(actor).filter(on_day(today()), staff__in=staff)
    contacts = Contact.objects.visible_to(actor).filter(left_on=None).values("pk")
    relations = Relation.objects.visible_to(actor).filter(ends_on=None, staff__in=staff, contact__in=contacts)
    works = ConsultantAssignment.objects.visible_to(actor).filter(on_day(today()), staff__in=staff)
    ways = (
        (talks, "unit"),
        (rhythms, "unit"),
        (relations, "contact__unit"),
        (works, "partnership__location"),
    )
    parts = [
        rows.order_by().values_list(f"{path}_id", f"{path}__kind", f"{path}__code", f"{path}__name")
        for rows, path in ways
    ]
    return [UnitLine(*line) for line in parts[0].union(*parts[1:])]


def my_open_talks(actor: Actor) -> list[Conversation]:
    """Planned talks in which she takes part, first the one that comes first."""
    return [talk for talk in mine_of(actor).talks if talk.is_mine]  # type: ignore[attr-defined]


def my_unwritten_talks(actor: Actor) -> list[Conversation]:
    """Those of them whose day is past and that nobody wrote up."""
    return [talk for talk in my_open_talks(actor) if talk.planned_on and talk.planned_on < today()]
