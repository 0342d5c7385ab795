"""The processing agreement of a school with a library: without one no pupil comes in (policy.md §7.3)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models.functions import Coalesce

from leesbouw.core.access import Actor, ScopedQuerySet, within
from leesbouw.core.files import StoredFile
from leesbouw.core.time import now

from ..enums import AgreementChannel, UnitKind
from .units import Library, Location

FAR_AWAY = date(9999, 12, 31)


class ProcessingAgreementQuerySet(ScopedQuerySet):
    def on(self, day: date) -> ProcessingAgreementQuerySet:
        """Those that hold on a day; the last day counts, the day on which one was ended early does not."""
        last = Coalesce("ends_on", models.Value(FAR_AWAY))
        return (
            self.annotate(_last=last)
            .filter(starts_on__lte=day, _last__gte=day)
            .filter(models.Q(ended_on=None) | models.Q(ended_on__gt=day))
        )


class ProcessingAgreement(models.Model):
    """The school is responsible for its pupils' data, the library processes them on its behalf.

    Rows are history: a new version or a new signature is a new row. Which one holds on a day is a query.
    """

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="processing_agreements")
    version = models.CharField(max_length=20)  # of the model, as content/nl/agreement-model knows it
    signed_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    signer_name = models.CharField(max_length=120)
    signer_function = models.CharField(max_length=120)
    privacy_annex = models.BooleanField(default=False)
    security_annex = models.BooleanField(default=False)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    channel = models.CharField(max_length=4, choices=AgreementChannel)
    ended_on = models.DateField(null=True)
    ended_reason = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField(default=now)
    by_user_id = models.PositiveBigIntegerField(null=True)

    objects = ProcessingAgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="organisations_agreement_order",
            )
        ]

    class Privacy:
        none = (
            "id library location version signed_on starts_on ends_on privacy_annex security_annex file channel"
            " ended_on ended_reason recorded_at"
        )
        personal = "signer_name signer_function by_user_id"
        kept = "processing-agreement"

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; None while no end is known."""
        if self.ended_on is None:
            return self.ends_on
        early = self.ended_on - timedelta(days=1)
        return early if self.ends_on is None else min(early, self.ends_on)

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        """The library that signed it, the school and its board: it holds a signer's name, so nobody else."""
        if actor.unit_kind in {UnitKind.LIBRARY, UnitKind.BRANCH}:
            return within(actor.libraries, "library")
        return within(actor.locations, "location")
