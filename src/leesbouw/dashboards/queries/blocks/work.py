"""What somebody has to do, whom she talks with, and where she works."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from leesbouw.accounts.permissions import role
from leesbouw.core.access import Actor
from leesbouw.core.registry import Todo, todo_sources
from leesbouw.core.time import SchoolYear, today
from leesbouw.network.domain import DueState
from leesbouw.network.enums import TalkKind
from leesbouw.network.queries import held_talks, my_agenda
from leesbouw.organisations.enums import UnitKind
from leesbouw.people.queries import people_of, staff_functions_of, staff_today

from ...permissions import VIEW_CONTACTS, VIEW_STAFF, VIEW_TALKS
from ..location_page import own_location
from ..locations import location_rows, locations_of_mine, works_at_library
from . import block

MOST = 8
FEW = 5
NEAR = timedelta(days=14)  # a planned talk stands on top of the page this long before its day
COMING = (DueState.UNWRITTEN, DueState.OVERDUE, DueState.DUE, DueState.PLANNED, DueState.SOON)
DUE_TAG = {
    DueState.UNWRITTEN: "let",
    DueState.OVERDUE: "bad",
    DueState.DUE: "let",
    DueState.SOON: "wait",
    DueState.PLANNED: "ok",
}


@block("actions_mine")
def actions_mine(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    """Everything that any room says is still to do; talks stand apart where the home has them apart."""
    body = role(actor.role)
    apart = {"talks"} if body and "talks_due" in body.home else set()
    found: list[Todo] = []
    for code, source in todo_sources.items():
        if code not in apart:
            found += source(actor)
    found.sort(key=lambda todo: (todo.due_on is None, todo.due_on or date.max))
    return {"todos": found[:MOST], "more": len(found) > MOST, "today": today()}


@block("talks_due")
def talks_due(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    if not (actor.may(VIEW_TALKS) and works_at_library(actor)):
        return None
    rows = my_agenda(actor, COMING)
    near = [
        row for row in rows if row.talk_id and row.planned_on and today() <= row.planned_on <= today() + NEAR
    ]
    first = min(near, key=lambda row: row.planned_on or date.max, default=None)
    rows = [row for row in rows if row is not first]
    return {
        "next": first,
        "rows": [(row, DUE_TAG[row.state], TalkKind(row.kind).label) for row in rows[:MOST]],
        "more": len(rows) - MOST,
    }


@block("recent_talks", margin=True)
def recent_talks(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    if not (actor.may(VIEW_TALKS) and works_at_library(actor)):
        return None
    talks = list(held_talks(actor)[:FEW])
    return {"talks": talks} if talks else None


@block("my_locations")
def my_locations(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    """Where she works herself; whoever works nowhere by name sees what is within reach."""
    rows = location_rows(actor, year).order_by("name", "pk")
    if works_at_library(actor) and actor.may(VIEW_STAFF):
        mine = list(locations_of_mine(rows, actor)[: MOST + 4])
        if mine:
            return {"locations": mine, "mine": True, "total": len(mine)}
    shown = list(rows[: MOST + 1])
    return {"locations": shown[:MOST], "mine": False, "total": len(shown), "more": len(shown) > MOST}


@block("contacts_of_unit", margin=True)
def contacts_of_unit(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    """At a location who works there and who comes; at the library the colleagues."""
    if actor.unit_kind == UnitKind.LOCATION and (actor.may(VIEW_CONTACTS) or actor.may(VIEW_STAFF)):
        people = people_of(actor, own_location(actor))
        return {
            "people": people.staff or people.contacts,
            "comers": people.staff,
            "contacts": people.contacts[:MOST],
            "more": len(people.contacts) > MOST and actor.may(VIEW_CONTACTS),
        }
    if works_at_library(actor) and actor.may(VIEW_STAFF):
        return {"staff": [(row, staff_functions_of(row)) for row in staff_today(actor)[: MOST * 2]]}
    return None
