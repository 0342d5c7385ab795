"""How many pupils a school has in Leesbouw, and what is asked about them: numbers, never a name."""

from __future__ import annotations

from typing import Any

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.enums import UnitKind

from ..location_page import own_location, pupils_at_location
from . import block


@block("pupils_of_location")
def pupils_of_location(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    if actor.unit_kind != UnitKind.LOCATION:
        return None
    location = own_location(actor)
    numbers = pupils_at_location(actor, location)
    return {"location": location, "numbers": numbers} if numbers else None
