"""Everything one wants to know before a talk, and everything a successor must know: gathered, not yet set on paper."""

from __future__ import annotations

from dataclasses import dataclass

from leesbouw.core.access import Actor
from leesbouw.organisations.models import Unit
from leesbouw.people.queries import UnitPeople, people_of
from leesbouw.plans.queries import UnitActions, unit_actions

from ..models import Conversation
from .agenda import AgendaRow, next_talk_of
from .cooperation import Cooperation, cooperation_with
from .guides import Guide
from .inventory import InventoryPart, last_answers, start_inventory
from .talks import Answered, Attendance, TalkPage, attendance_of, held_talks, talk_page

TALKS_ON_PAPER = 8


@dataclass(frozen=True, slots=True)
class Preparation:
    """What lies on the table before a talk."""

    page: TalkPage
    people: UnitPeople
    cooperation: Cooperation
    actions: UnitActions
    last: Conversation | None
    questions: list[Answered]


def preparation_for(actor: Actor, talk: Conversation) -> Preparation:
    """Prepared from data: who they are, how one works together, what is open, what was said and answered last."""
    page = talk_page(actor, talk)
    earlier = held_talks(actor).filter(unit=talk.unit_id, held_on__lte=talk.day).exclude(pk=talk.pk)
    return Preparation(
        page=page,
        people=people_of(actor, talk.unit),
        cooperation=cooperation_with(actor, talk.unit),
        actions=unit_actions(actor, talk.unit),
        last=earlier.first(),
        questions=questions_with_last_answers(actor, talk.unit, page.guide, talk.pk),
    )


def questions_with_last_answers(
    actor: Actor, unit: Unit, guide: Guide | None, talk_id: int | None = None
) -> list[Answered]:
    """The questions of a guide in order, each with the newest answer from another talk with this unit."""
    if guide is None:
        return []
    known = last_answers(actor, unit, guide, talk_id)
    return [known.get(one.code) or Answered(one.code, one.text, one.hint) for one in guide.body.questions]


@dataclass(frozen=True, slots=True)
class Handover:
    """What a successor must know about a unit."""

    unit: Unit
    people: UnitPeople
    cooperation: Cooperation
    actions: UnitActions
    talks: list[tuple[Conversation, Attendance]]
    inventory: list[InventoryPart]
    coming: AgendaRow | None


def handover_of(actor: Actor, unit: Unit) -> Handover:
    """Who talks to whom, what was decided and agreed, what was said lately, and what comes."""
    talks = list(held_talks(actor).filter(unit=unit.pk)[:TALKS_ON_PAPER])
    there = attendance_of(actor, [talk.pk for talk in talks])
    return Handover(
        unit=unit,
        people=people_of(actor, unit),
        cooperation=cooperation_with(actor, unit),
        actions=unit_actions(actor, unit),
        talks=[(talk, there[talk.pk]) for talk in talks],
        inventory=start_inventory(actor, unit),
        coming=next_talk_of(actor, unit),
    )
