"""What the library and its locations agreed, decided and wait for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from leesbouw.activities.queries import group_notes_at
from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.people.queries import teachers_of

from ...permissions import VIEW_PARTNERSHIP
from ..location_page import location_cooperation, own_location
from ..waiting import decisions_lately, gates_to_review, waiting_partnerships
from . import block

SOON = timedelta(days=60)  # a refused gate shows this long before its review day; our own choice
FEW = 5


@block("gates_waiting")
def gates_waiting(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    if not actor.may(VIEW_PARTNERSHIP):
        return None
    rows = list(gates_to_review(actor, until=today() + SOON)[:8])
    return {"gates": rows, "today": today()} if rows else None


@block("waiting_list")
def waiting_list(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    if not actor.may(VIEW_PARTNERSHIP):
        return None
    rows = list(waiting_partnerships(actor)[:10])
    return {"rows": rows} if rows else None


@block("decisions_recent", margin=True)
def decisions_recent(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    if not actor.may(VIEW_PARTNERSHIP):
        return None
    rows = list(decisions_lately(actor)[:FEW])
    return {"decisions": rows} if rows else None


@block("location_cooperation")
def cooperation_of_own_location(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    if actor.unit_kind != UnitKind.LOCATION or not actor.may(VIEW_PARTNERSHIP):
        return None
    location = own_location(actor)
    return {"location": location, "it": location_cooperation(actor, location, year)}


@block("groups_of_location")
def groups_of_location(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    if actor.unit_kind != UnitKind.LOCATION:
        return None
    location = own_location(actor)
    return {
        "location": location,
        "groups": teachers_of(actor, location, year),
        "notes": group_notes_at(actor, location),
        "year": year,
    }
