"""What rows about one unit share."""

from __future__ import annotations

from django.db import models

from leesbouw.core.access import Actor, ScopedQuerySet, within
from leesbouw.organisations.models import Unit


class OfUnit(models.Model):
    """Something of one school, child-care location or library, seen by who works at it or with it."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return near(actor)


def near(actor: Actor) -> models.Q:
    """Rows of a unit that the actor works at or with."""
    return within(actor.locations, "unit") | within(actor.libraries, "unit")
