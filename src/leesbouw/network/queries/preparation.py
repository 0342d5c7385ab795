"""Everything one wants to know before a talk, and everything a successor must know: gathered, not yet set on paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leesbouw.activities.models import Visit
from leesbouw.activities.queries import visits_at
from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.models import Location, Unit
from leesbouw.people.queries import ContactLine, UnitPeople, people_of
from leesbouw.plans.models import PlannedActivity
from leesbouw.plans.permissions import VIEW_PLANS
from leesbouw.plans.queries import (
    GoalStanding,
    RouteLine,
    UnitActions,
    YearGlance,
    activities_of,
    agreed_hours,
    effort_of,
    goal_standings,
    route_lines,
    unit_actions,
    year_glance,
)

from ..models import Conversation
from .agenda import AgendaRow, next_talk_of
from .attendees import is_expected
from .cooperation import Cooperation, cooperation_with
from .findings import Found, chosen_of, found_for, preparation_row
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
    goals: list[GoalStanding] = field(default_factory=list)
    proposed: list[Found] = field(default_factory=list)
    findings: list[Found] = field(default_factory=list)  # what is brought along
    was_chosen: bool = False

    @property
    def named(self) -> list[ContactLine]:
        """Contacts one may meet; a team of teachers is no list to read before a talk."""
        return [line for line in self.people.contacts if is_expected(line)]

    @property
    def agenda(self) -> list[tuple[str, str]]:
        """What one goes through, in this order, each with a few words about it."""
        number = self.actions.count
        open_now = ngettext("%(number)s agreement is open", "%(number)s agreements are open", number)
        asked = ngettext("%(number)s question", "%(number)s questions", len(self.questions))
        parts = [
            (_("Back to what we agreed"), open_now % {"number": number} if number else ""),
            (_("What stands out"), " · ".join(dict.fromkeys(one.source for one in self.findings))),
            (_("How do our goals stand?"), " · ".join(one.goal.what for one in self.goals)),
            (self.page.guide.name if self.page.guide else "", asked % {"number": len(self.questions)}),
        ]
        told = [(title, about) for title, about in parts if title and about]
        return [*told, (_("What do we agree now?"), "")]


def preparation_for(actor: Actor, talk: Conversation) -> Preparation:
    """Prepared from data: who they are, how one works together, what stands out, how goals are, what is open, and what was said and answered last."""
    page = talk_page(actor, talk)
    location = Location.objects.visible_to(actor).filter(pk=talk.unit_id).first()
    year = SchoolYear.of(talk.day or today())
    goals = goal_standings(actor, location, year) if location and actor.may(VIEW_PLANS) else []
    proposed = found_for(actor, location, goals, year) if location else []
    row = preparation_row(actor, talk)
    earlier = held_talks(actor).filter(unit=talk.unit_id, held_on__lte=talk.day).exclude(pk=talk.pk)
    return Preparation(
        page=page,
        people=people_of(actor, talk.unit),
        cooperation=cooperation_with(actor, talk.unit),
        actions=unit_actions(actor, talk.unit),
        last=earlier.first(),
        questions=questions_with_last_answers(actor, talk.unit, page.guide, talk.pk),
        goals=goals,
        proposed=proposed,
        findings=chosen_of(proposed, row),
        was_chosen=row is not None,
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
    year: YearAtHand | None = None


@dataclass(frozen=True, slots=True)
class YearAtHand:
    """What runs in the school year of a location: its goals and plan, visits that come, hours, and routes."""

    glance: YearGlance
    activities: list[PlannedActivity]  # of the year plan, not done yet
    planned: Decimal  # hours of the library in the plan
    agreed: Decimal | None  # hours of the library
    coming: list[Visit]
    made: int  # visits that were
    routes: list[RouteLine]


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
        year=_year_at_hand(actor, unit),
    )


def _year_at_hand(actor: Actor, unit: Unit) -> YearAtHand | None:
    """The running year of a location within reach; None for a board or municipality."""
    location = Location.objects.visible_to(actor).filter(pk=unit.pk).first()
    if location is None or location.pk not in actor.locations or not actor.may(VIEW_PLANS):
        return None
    year, day = SchoolYear.running(), today()
    activities = list(activities_of(actor, location, year))
    visits = visits_at(actor, location, year)
    return YearAtHand(
        glance=year_glance(actor, location, year),
        activities=[one for one in activities if one.done_on is None],
        planned=effort_of(activities).hours,
        agreed=agreed_hours(actor, location),
        coming=[one for one in visits if one.day >= day],
        made=sum(one.day < day for one in visits),
        routes=route_lines(actor, location),
    )
