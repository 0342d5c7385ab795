"""What an address or a new row is about: the organisation, and the library on whose behalf one writes."""

from __future__ import annotations

from leesbouw.core.access import Actor
from leesbouw.core.time import on_day, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Partnership, Unit
from leesbouw.organisations.queries import unit_by_id, units_in_scope


def unit_by_wish(actor: Actor, wish: object) -> Unit:
    """The organisation that an address names, by its id or, for a school, its BRIN. Raises Unit.DoesNotExist."""
    text = str(wish or "")[:20]
    if text.isascii() and text.isdigit() and len(text) < 19:
        return unit_by_id(actor, int(text))
    return units_in_scope(actor).get(kind=UnitKind.LOCATION, code=text)


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
