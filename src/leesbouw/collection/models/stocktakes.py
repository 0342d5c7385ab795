"""Counting a shelf: what was scanned, and what became of the differences."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from leesbouw.core.access import Actor, ScopedQuerySet, within
from leesbouw.core.time import now
from leesbouw.organisations.models import Library, Location

from ..enums import ScanOutcome
from .catalogue import Copy


class Stocktake(models.Model):
    """One count of a place; `location` None is the library. `place` narrows it to one shelf or room.

    `before` keeps what copies were before it closed, so that closing can be undone.
    """

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="+")
    location = models.ForeignKey(Location, null=True, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=40, blank=True)
    started_at = models.DateTimeField(default=now)
    by_user_id = models.PositiveBigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    before = models.JSONField(default=dict)
    missing = models.PositiveIntegerField(default=0)  # copies that were not found when it closed

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["library", "location", "place"],
                condition=models.Q(closed_at=None, location__isnull=False),
                name="collection_one_open_count",
            ),
            models.UniqueConstraint(
                fields=["library", "place"],
                condition=models.Q(closed_at=None, location=None),
                name="collection_one_open_at_library",
            ),
        ]

    class Privacy:
        none = "id library location place started_at closed_at before missing"
        personal = "by_user_id"
        kept = "with its subject"

    def __str__(self) -> str:
        return self.location.name if self.location else self.library.name

    def get_absolute_url(self) -> str:
        return reverse("collection:stocktake", args=[self.pk])

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return within(actor.libraries, "library")


class StocktakeScan(models.Model):
    """A barcode that was read in a count; once, however often it is scanned."""

    stocktake = models.ForeignKey(Stocktake, on_delete=models.CASCADE, related_name="scans")
    barcode = models.CharField(max_length=30)
    copy = models.ForeignKey(Copy, null=True, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=9, choices=ScanOutcome)
    scanned_at = models.DateTimeField(default=now)
    by_user_id = models.PositiveBigIntegerField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["stocktake", "barcode"], name="collection_scanned_once")
        ]

    class Privacy:
        none = "id stocktake barcode copy outcome scanned_at"
        personal = "by_user_id"
        kept = "with its subject"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return within(actor.libraries, "stocktake__library")
