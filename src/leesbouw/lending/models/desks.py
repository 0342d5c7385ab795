"""Desks: a computer or tablet of a school that was paired once, and the volunteers who open it with a PIN."""

from __future__ import annotations

from django.db import models

from leesbouw.collection.models import Copy
from leesbouw.core.access import Actor, GuardedModel
from leesbouw.core.time import now
from leesbouw.organisations.models import Location

from ..enums import Do, Why
from .loans import Loan
from .reach import within_desk


class DeskDevice(GuardedModel):
    """A desk of one school. Paired by a code that holds a quarter of an hour; `token_hash` is of a secret that only it has."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    is_self = models.BooleanField(default=False)  # children help themselves there
    code_hash = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True)
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    made_at = models.DateTimeField(default=now)
    made_by_id = models.PositiveBigIntegerField(null=True)
    paired_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta(GuardedModel.Meta):
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["code_hash"], condition=~models.Q(code_hash=""), name="lending_code_once"
            )
        ]

    class Privacy:
        none = "id location name is_self code_until made_at paired_at revoked_at"
        personal = "made_by_id"
        secret = "code_hash token_hash"  # noqa: S105 -- names of fields
        kept = "with the location"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return within_desk(actor, "location")


class DeskVolunteer(GuardedModel):
    """Who opens the desks of a school with a PIN; the row goes when she stops. Wrong PINs are counted and make one wait."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    salt = models.CharField(max_length=32)
    pin_hash = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    waits_until = models.DateTimeField(null=True)
    since = models.DateTimeField(default=now)

    class Meta(GuardedModel.Meta):
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["location", "name"], name="lending_volunteer_once"),
        ]

    class Privacy:
        none = "id location tries waits_until since"
        personal = "name"
        secret = "salt pin_hash"  # noqa: S105 -- names of fields
        kept = "while at the desk"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return within_desk(actor, "location")


class DeskSurprise(GuardedModel):
    """A scan of a desk without connection of which something else came than the desk told then. Stays until somebody saw it.

    `loan`: the one that was made, ended or renewed; who borrowed is known as long as that loan knows it.
    """

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="+")
    request = models.CharField(max_length=64)
    at = models.DateTimeField()
    why = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Why])
    did = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Do])
    code = models.CharField(max_length=40, blank=True)  # of a book that nobody knows
    copy = models.ForeignKey(Copy, null=True, on_delete=models.CASCADE, related_name="+")
    loan = models.ForeignKey(Loan, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(GuardedModel.Meta):
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["location", "request"], name="lending_surprise_once"),
        ]

    class Privacy:
        none = "id location request at why did code copy loan"
        kept = "with the location"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return within_desk(actor, "location")
