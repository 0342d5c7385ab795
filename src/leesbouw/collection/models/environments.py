"""The place where children read: what a school says of it each year, with photos."""

from __future__ import annotations

from django.db import models

from leesbouw.core.access import Actor, ScopedQuerySet, within
from leesbouw.core.files import StoredFile
from leesbouw.core.time import SchoolYearField, now, today
from leesbouw.organisations.models import Location


class Environment(models.Model):
    """The checklist of a place in a year. `answers`: code of the item → yes, partly or no; `list_version` of the list."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="+")
    year = SchoolYearField()
    answers = models.JSONField(default=dict)
    list_version = models.PositiveIntegerField(default=1)
    note = models.CharField(max_length=300, blank=True)
    set_at = models.DateTimeField(default=now)
    by_user_id = models.PositiveBigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["location", "year"], name="collection_environment_of_year")
        ]

    class Privacy:
        none = "id location year answers list_version note set_at version"
        personal = "by_user_id"
        kept = "with its subject"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return within(actor.locations, "location")


class EnvironmentPhoto(models.Model):
    """A photo of the place, drawn anew so that nothing hidden comes along; without children on it."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="+")
    year = SchoolYearField()
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    says = models.CharField(max_length=120)
    added_on = models.DateField(default=today)
    by_user_id = models.PositiveBigIntegerField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    class Privacy:
        none = "id location year says added_on file"
        personal = "by_user_id"
        kept = "with its subject"

    def __str__(self) -> str:
        return self.says

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return within(actor.locations, "location")
