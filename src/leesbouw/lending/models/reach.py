"""Whose loans somebody may see: those of her own school, or of one that her library works with today."""

from __future__ import annotations

from django.db import models

from leesbouw.core.access import Actor, within
from leesbouw.pupils.models import NEAR

from ..domain.access import MAY_LEND, MAY_RULE, MAY_VIEW

NOTHING = models.Q(pk__in=())


def within_desk(actor: Actor, path: str) -> models.Q:
    """Rows of places where this actor works at the desk, looks at loans or makes cards."""
    if actor.unit_kind not in NEAR or not any(actor.may(one) for one in (MAY_LEND, MAY_VIEW, MAY_RULE)):
        return NOTHING
    return within(actor.locations, path) | within(actor.locations, f"{path}__merged_into")
