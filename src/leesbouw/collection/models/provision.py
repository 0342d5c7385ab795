"""How a school is provided with books: agreed by school and library, one row each time it changes."""

from __future__ import annotations

from django.db import models

from leesbouw.core.access import Actor, ScopedQuerySet, within
from leesbouw.core.time import now, today
from leesbouw.organisations.models import Location

from ..enums import GoesHome, HolderOf, LoanSystem


class Provision(models.Model):
    """What holds from a moment on; the newest row of a location holds now, the others are its past.

    `ways` are codes of `ProvisionWay`. `goes_home_why` and `review_on` belong to a "no" or "not yet".
    """

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="+")
    ways = models.JSONField(default=list)
    owner = models.CharField(max_length=7, choices=HolderOf)
    manager = models.CharField(max_length=7, choices=HolderOf)
    responsible = models.CharField(max_length=7, choices=HolderOf)  # for lending
    system = models.CharField(
        max_length=8, choices=LoanSystem, blank=True
    )  # where loans stand; "" is unknown
    goes_home = models.CharField(max_length=6, choices=GoesHome, blank=True)
    goes_home_why = models.CharField(max_length=300, blank=True)
    review_on = models.DateField(null=True)
    profile = models.CharField(max_length=60, blank=True)  # a collection-profile of the content
    set_at = models.DateTimeField(default=now)
    by_user_id = models.PositiveBigIntegerField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["location", "-id"], name="collection_provision_of")]

    class Privacy:
        none = "id location ways owner manager responsible system goes_home goes_home_why review_on profile set_at"
        personal = "by_user_id"
        kept = "with its subject"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return within(actor.locations, "location")


class Exclusion(models.Model):
    """What a school does not want on its shelf, with the reason: in the open, and looked at again on a day."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=120)
    why = models.CharField(max_length=300)
    review_on = models.DateField()
    since = models.DateField(default=today)
    ended_on = models.DateField(null=True)
    by_user_id = models.PositiveBigIntegerField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["what", "id"]

    class Privacy:
        none = "id location what why review_on since ended_on"
        personal = "by_user_id"
        kept = "with its subject"

    def __str__(self) -> str:
        return self.what

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return within(actor.locations, "location")
