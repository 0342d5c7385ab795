"""The day of a consultant: her visits and talks, what is left to do, her week and her hours."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import ngettext

from leesbouw.activities.queries import Diary, coming_to, my_hours, visits_of_mine
from leesbouw.core.access import Actor
from leesbouw.core.registry import Todo, todo_sources
from leesbouw.core.time import SchoolYear, now, today
from leesbouw.network.models import Conversation
from leesbouw.network.queries import my_open_talks
from leesbouw.organisations.enums import UnitKind

from ...permissions import VIEW_TALKS
from ..location_page import own_location
from . import block
from .work import NEAR

MOST_TODO = 5


@block("visits_today")
def visits_today(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    """Visits and talks of today by the hour; the first that is not over stands out."""
    diary = visits_of_mine(actor)
    if diary is None:
        return None
    near = _talks(actor) if actor.may(VIEW_TALKS) else []
    talks = [talk for talk in near if talk.planned_on == today()]
    turn = next((visit for visit in diary.going if not visit.is_reported), None)  # type: ignore[attr-defined]
    return {
        "diary": diary,
        "talks": talks,
        "turn": turn,
        "next_talk": next((talk for talk in near if talk not in talks), None),
        "over": {visit.pk for visit in diary.going if visit.ends_at <= now()},
        "asks": True,
        "heading": _heading(actor, diary, len(talks)),
    }


def _talks(actor: Actor) -> list[Conversation]:
    """Talks of today and of the days that come, in which the actor takes part."""
    first, last = today(), today() + NEAR
    return [talk for talk in my_open_talks(actor) if talk.planned_on and first <= talk.planned_on <= last]


def _heading(actor: Actor, diary: Diary, talks: int) -> str:
    """Her first name with how many places she goes to; nothing on a day without."""
    places = len({visit.unit_id for visit in diary.going})
    if not places:
        return ""
    words = ngettext(
        "%(name)s, you go to %(number)s location today",
        "%(name)s, you go to %(number)s locations today",
        places,
    )
    return words % {"name": actor.name.split(" ")[0], "number": places}


@block("visits_week", margin=True)
def visits_week(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    diary = visits_of_mine(actor)
    return None if diary is None else {"diary": diary, "today": today()}


@block("visits_here", margin=True)
def visits_here(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    """Who of the library comes to one's own school or child care, and what for."""
    if actor.unit_kind != UnitKind.LOCATION:
        return None
    visits = coming_to(actor, own_location(actor))
    return {"visits": visits} if visits else None


@block("hours_mine", margin=True)
def hours_mine(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    page = my_hours(actor)
    return {"page": page} if page and page.total.budget else None


@block("still_to_do", margin=True)
def still_to_do(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    """The five most urgent things that any room says are still to do."""
    found: list[Todo] = [todo for source in todo_sources.values() for todo in source(actor)]
    found.sort(key=lambda todo: (todo.due_on is None, todo.due_on or date.max))
    return {"lines": found[:MOST_TODO], "more": len(found) - MOST_TODO, "today": today()}
