"""In which region of the school holidays a municipality lies."""

from __future__ import annotations

from leesbouw.core.access import Actor
from leesbouw.core.content import current
from leesbouw.organisations.models import Location

from ...enums import Region
from .bodies import REGIONS, RegionsBody

COUNTRY = "netherlands"


def region_of(municipality: str, province: str) -> Region | None:
    """By the code of a municipality and the name of its province; None where we do not know."""
    body: RegionsBody = current(REGIONS, COUNTRY).body
    own = next((one.region for one in body.municipalities if one.code == municipality), None)
    return own or next((region for region, names in body.provinces.items() if province in names), None)


def region_of_actor(actor: Actor) -> Region | None:
    """The region of everything within reach of who works for a place; None where it differs or is not known. One
    query."""
    rows = Location.objects.visible_to(actor).order_by()
    places = rows.values_list("municipality__code", "municipality__province__name").distinct()
    found = {region_of(code, province) for code, province in places}
    return found.pop() if len(found) == 1 else None
