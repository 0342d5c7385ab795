"""Collections that go round: a set of copies with a name and often a theme, and where it is from when until when."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from leesbouw.core.access import Actor, ScopedQuerySet, within
from leesbouw.core.time import today
from leesbouw.organisations.models import Library, Location

from ..domain import box_barcode
from ..enums import SetKind


class BookSet(models.Model):
    """A collection that goes round, one for a class, or one on a theme. Its copies point at it."""

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=SetKind)
    theme = models.CharField(max_length=60, blank=True)
    about = models.CharField(max_length=300, blank=True)
    added_on = models.DateField(default=today)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["library", "name"], name="collection_set_named_once")]

    class Privacy:
        none = "id library name kind theme about added_on version"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("collection:set", args=[self.pk])

    @property
    def barcode(self) -> str:
        """What stands on the box: scanned at a desk, it goes out or comes back as a whole."""
        return box_barcode(self.library_id, self.pk)

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return within(actor.libraries, "library")


class SetStay(models.Model):
    """A set at a place from a day until a day, both included: agreed, or over."""

    book_set = models.ForeignKey(BookSet, on_delete=models.CASCADE, related_name="stays")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="collection_stay_has_days"
            )
        ]

    class Privacy:
        none = "id book_set location starts_on ends_on"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return within(actor.libraries, "book_set__library")
