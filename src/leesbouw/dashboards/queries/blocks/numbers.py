"""Counts of one's own unit and of the whole portfolio."""

from __future__ import annotations

from typing import Any

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.queries import years_of

from ...enums import Attention
from ...permissions import VIEW_PARTNERSHIP
from ..location_page import own_location
from ..locations import attention_counts, location_rows
from ..numbers import numbers_by_sector
from . import block


@block("unit_numbers")
def unit_numbers(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    """Of a location its pupils over the years; of every other unit its locations by kind."""
    if actor.unit_kind == UnitKind.LOCATION:
        location = own_location(actor)
        years = [row for row in years_of(actor, location) if row.pupils is not None][:4]
        return {"location": location, "years": years} if years or location.places else None
    numbers = numbers_by_sector(actor, year)
    return {"numbers": numbers, "year": year} if numbers.lines else None


@block("portfolio_numbers")
def portfolio_numbers(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    """How the locations stand, as words with a number each."""
    if not actor.may(VIEW_PARTNERSHIP):
        return None
    counted = attention_counts(location_rows(actor, year))
    lines = [(kind, counted[kind]) for kind in Attention if counted.get(kind)]
    return {"lines": lines} if lines else None
