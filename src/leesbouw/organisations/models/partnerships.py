"""The partnership of a library with a location, and what was decided about it (promise N5). It holds no persons."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, ScopedQuerySet
from leesbouw.core.time import SchoolYearField, now, on_day, today

from ..enums import (
    CheckOutcome,
    DecisionKind,
    Gate,
    Outcome,
    PartnershipType,
    Phase,
    Programme,
    Scenario,
    UnitKind,
)
from .units import Library, Location


class _OfLibraryAndLocation(models.Model):
    """Seen by the library itself and by whoever may see the location."""

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        if actor.unit_kind in {UnitKind.LIBRARY, UnitKind.BRANCH}:
            return models.Q(library__in=actor.libraries)
        return models.Q(location__in=Location.objects.visible_to(actor).values("pk"))


class PartnershipQuerySet(ScopedQuerySet):
    def on(self, day: object) -> PartnershipQuerySet:
        """Those that hold on a day."""
        return self.filter(on_day(day))  # type: ignore[arg-type]


class Partnership(_OfLibraryAndLocation):
    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="partnerships")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="partnerships")
    type = models.CharField(max_length=12, choices=PartnershipType, default=PartnershipType.NONE)
    domains = models.JSONField(default=list)
    programme = models.CharField(max_length=10, choices=Programme, blank=True)
    scenario = models.CharField(max_length=1, choices=Scenario, blank=True)
    phase = models.CharField(max_length=16, choices=Phase, default=Phase.ACQUISITION)
    phase_since = models.DateField()
    hours_per_year = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    agreed_until = models.DateField(null=True)
    waiting_since = models.DateField(null=True)
    start_wave = SchoolYearField(null=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["library", "location"],
                condition=models.Q(ends_on=None),
                name="organisations_one_partnership",
            )
        ]

    class Privacy:
        none = (
            "id library location type domains programme scenario phase phase_since hours_per_year agreed_until"
            " waiting_since start_wave starts_on ends_on version"
        )

    def get_type_display(self) -> Any:
        """The type in words; in child care the structural approach is called BoekStart."""
        if self.type == PartnershipType.DBOS and self.programme == Programme.BOEKSTART:
            return _("Structural: BoekStart in child care")
        return PartnershipType(self.type).label

    @property
    def is_structural(self) -> bool:
        return self.type in {PartnershipType.DBOS, PartnershipType.COMPARABLE}

    @property
    def holds_today(self) -> bool:
        return self.starts_on <= today() and (self.ends_on is None or self.ends_on >= today())


class ExploratoryTalk(_OfLibraryAndLocation):
    """A first talk about cooperation, recorded apart because the Bibliotheekmonitor counts it apart."""

    held_on = models.DateField()
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField(default=now)
    by_user_id = models.PositiveBigIntegerField(null=True)

    class Meta:
        ordering = ["-held_on", "-id"]

    class Privacy:
        none = "id library location held_on note recorded_at"
        personal = "by_user_id"
        kept = "with the location"


class GateDecision(models.Model):
    """The answer to a go / no-go question. A "no" is an outcome, with a reason and a day to look again."""

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="gate_decisions")
    location = models.ForeignKey(Location, null=True, on_delete=models.CASCADE, related_name="gate_decisions")
    gate = models.CharField(max_length=20, choices=Gate)
    outcome = models.CharField(max_length=3, choices=Outcome)
    decided_on = models.DateField()
    reason = models.TextField(blank=True)
    review_on = models.DateField(null=True)
    reviewed_by = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="reviews")
    by_user_id = models.PositiveBigIntegerField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(outcome="no") | models.Q(review_on__isnull=False),
                name="organisations_refusal_has_review",
            )
        ]

    class Privacy:
        none = "id library location gate outcome decided_on reason review_on reviewed_by"
        personal = "by_user_id"
        kept = "with the location"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        if actor.unit_kind in {UnitKind.LIBRARY, UnitKind.BRANCH}:
            return models.Q(library__in=actor.libraries)
        return models.Q(location__in=Location.objects.visible_to(actor).values("pk"))


class PartnershipDecision(models.Model):
    """Intensify, continue, scale down or end: with the hours, money and agreement that go along."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=12, choices=DecisionKind)
    decided_on = models.DateField()
    hours_per_year = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    contribution_cents = models.PositiveIntegerField(null=True)  # what the location pays a year
    agreed_until = models.DateField(null=True)
    reason = models.TextField(blank=True)
    by_user_id = models.PositiveBigIntegerField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_on", "-id"]

    class Privacy:
        none = "id partnership kind decided_on hours_per_year contribution_cents agreed_until reason"
        personal = "by_user_id"
        kept = "decision"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q(partnership__in=Partnership.objects.visible_to(actor).values("pk"))


class CooperationCheck(models.Model):
    """The yearly question: is this still cooperation, or only service?"""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="checks")
    year = SchoolYearField()
    outcome = models.CharField(max_length=12, choices=CheckOutcome)
    note = models.TextField(blank=True)
    checked_on = models.DateField()
    by_user_id = models.PositiveBigIntegerField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "year"], name="organisations_check_yearly")
        ]

    class Privacy:
        none = "id partnership year outcome note checked_on"
        personal = "by_user_id"
        kept = "with the location"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q(partnership__in=Partnership.objects.visible_to(actor).values("pk"))
