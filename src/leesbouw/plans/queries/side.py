"""What a school or child care itself puts in."""

from __future__ import annotations

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Unit

from ..models import OwnSide


def own_side(actor: Actor, unit: Unit, year: SchoolYear) -> OwnSide | None:
    """The numbers of a year; None while nobody told any."""
    return OwnSide.objects.visible_to(actor).filter(unit=unit.pk, year=year).first()
