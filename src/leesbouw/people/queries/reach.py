"""Whose row a new row becomes: the library that an actor works for, or that her location works with."""

from __future__ import annotations

from leesbouw.core.access import Actor
from leesbouw.core.time import on_day, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Partnership


def library_id_for(actor: Actor, unit_id: int) -> int | None:
    """The library on whose behalf the actor writes about a unit; None when there is none.

    Somebody of a location writes into the library that works with it longest.
    """
    if actor.unit_kind == UnitKind.LOCATION:
        if actor.unit_id != unit_id:
            return None
        partners = Partnership.objects.visible_to(actor).filter(on_day(today()), location=unit_id)
        return partners.order_by("starts_on", "pk").values_list("library_id", flat=True).first()
    own = sorted(actor.libraries) if isinstance(actor.libraries, frozenset) else []
    return own[0] if own else None
