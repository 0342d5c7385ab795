"""That the national figures of a year are final."""

from __future__ import annotations

from django.db import models

from leesbouw.core.access import Actor, ScopedQuerySet
from leesbouw.core.time import SchoolYearField, today

from ..enums import MonitorKind


class Release(models.Model):
    """The national figures of one measurement in one year are final from this day; without a row they are provisional."""

    kind = models.CharField(max_length=2, choices=MonitorKind)
    year = SchoolYearField()
    released_on = models.DateField(default=today)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "kind"]
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="monitor_released_once")]

    class Privacy:
        none = "id kind year released_on"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        """Everybody: whether a figure is final stands beside it."""
        return models.Q()
