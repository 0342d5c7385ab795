"""What a library or school adds to the catalogue of activities: its own forms, and its own days of a campaign."""

from __future__ import annotations

from django.db import models

from leesbouw.core.access import Actor, ScopedQuerySet, within
from leesbouw.core.time import SchoolYearField, now
from leesbouw.organisations.models import Partnership, Unit

from .base import near


class OfOwner(models.Model):
    """Something of a library or location. What is the library's, its schools and child-care locations see as well."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        working = Partnership.objects.filter(within(actor.locations, "location"), ends_on=None)
        return near(actor) | models.Q(unit__in=working.values("library"))


class OwnForm(OfOwner):
    """An activity form of a library or school itself. `body` is as that of a shipped form (`queries.catalogue.FormBody`),
    `based_on` the code of the form it began with."""

    body = models.JSONField()
    based_on = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(default=now)
    archived_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]

    class Privacy:
        none = "id unit based_on created_at archived_at version"
        personal = "body"
        kept = "with the unit"


class CampaignDates(OfOwner):
    """The days on which a library or school holds a campaign in a school year; they go before those we ship."""

    form = models.CharField(max_length=60)
    year = SchoolYearField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "form", "year"], name="plans_campaign_once_a_year")
        ]

    class Privacy:
        none = "id unit form year starts_on ends_on version"
