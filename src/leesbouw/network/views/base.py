"""What every page of the network asks first."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from leesbouw.core.access import Actor
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Unit
from leesbouw.people.queries import unit_by_wish

from .. import queries
from ..models import Conversation

UNIT_PARAM, KIND_PARAM, LEVEL_PARAM = "eenheid", "soort", "niveau"
PARTNER_KINDS = {UnitKind.LOCATION, UnitKind.BOARD, UnitKind.MUNICIPALITY, UnitKind.PARTNER}


def unit_or_404(actor: Actor, wish: Any) -> Unit:
    """The organisation that an address names, one that a library talks with. Raises Http404."""
    try:
        unit = unit_by_wish(actor, wish)
    except Unit.DoesNotExist:
        raise Http404 from None
    if unit.kind not in PARTNER_KINDS or not works_at_library(actor):
        raise Http404
    return unit


def works_at_library(actor: Actor) -> bool:
    """Talks belong to a library; nobody else has any."""
    return actor.unit_kind in {UnitKind.LIBRARY, UnitKind.BRANCH}


class OfTalk:
    """A page about the talk in the address."""

    actor: Actor
    kwargs: dict[str, Any]

    def load(self) -> Conversation:
        try:
            return queries.talk_by_id(self.actor, self.kwargs["pk"])
        except Conversation.DoesNotExist:
            raise Http404 from None

    def back_url(self) -> str:
        return self.object.get_absolute_url()  # type: ignore[attr-defined]
