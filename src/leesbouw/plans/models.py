"""The one kind of to-do, and where each bouwsteen stands.

Where an action comes from (a talk, a bouwsteen, later a plan or a step) points at it, never the other way.
"""

from __future__ import annotations

from django.db import models

from leesbouw.core.access import Actor, GuardedModel, ScopedQuerySet, within
from leesbouw.core.time import SchoolYearField, now
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Library, Unit
from leesbouw.people.models import Contact, StaffMember

from .enums import AgreedLevel, BlockStatus, EvidenceKind, Side


class Action(GuardedModel):
    """What somebody will do, for which unit, before when. Done is a row: `ActionCompletion`."""

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=200)
    side = models.CharField(max_length=8, choices=Side)
    staff = models.ForeignKey(StaffMember, null=True, on_delete=models.SET_NULL, related_name="+")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+")
    due_on = models.DateField(null=True, db_index=True)
    source = models.CharField(max_length=30)
    created_at = models.DateTimeField(default=now)
    created_by_id = models.PositiveBigIntegerField(null=True)
    dropped_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(GuardedModel.Meta):
        ordering = ["due_on", "id"]

    class Privacy:
        none = "id library unit side due_on source created_at dropped_at version"
        personal = "what staff contact created_by_id"
        kept = "action"

    def __str__(self) -> str:
        return self.what

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        """The library sees its own; a location sees what was agreed for it."""
        if actor.unit_kind == UnitKind.LOCATION:
            return models.Q(unit=actor.unit_id)
        if actor.unit_kind in {UnitKind.BOARD, UnitKind.MUNICIPALITY}:
            return models.Q(unit=actor.unit_id, side__in=[Side.PARTNER, Side.TOGETHER])
        return within(actor.libraries, "library")


class ActionCompletion(models.Model):
    """That an action was done, when and by whom."""

    action = models.OneToOneField(Action, on_delete=models.CASCADE, related_name="completion")
    done_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    by_user_id = models.PositiveBigIntegerField(null=True)
    recorded_at = models.DateTimeField(default=now)

    class Privacy:
        none = "id action done_on recorded_at"
        personal = "note by_user_id"
        kept = "with its action"


class OfUnit(models.Model):
    """What a school, child-care location or library writes about one of its bouwstenen."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    block = models.CharField(max_length=30)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        """Who works at the unit or with it."""
        return within(actor.locations, "unit") | within(actor.libraries, "unit")


class BlockYear(OfUnit):
    """Where a bouwsteen of a unit stands in a school year: `checks` by good practice, `challenges` by code."""

    year = SchoolYearField(db_index=True)
    status = models.PositiveSmallIntegerField(choices=BlockStatus, default=BlockStatus.NOT_STARTED)
    agreed = models.PositiveSmallIntegerField(choices=AgreedLevel, default=AgreedLevel.NONE)
    checks = models.JSONField(default=dict)
    challenges = models.JSONField(default=list)
    note = models.TextField(blank=True)
    changed_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "block", "year"], name="plans_block_once_a_year")
        ]

    class Privacy:
        none = "id unit block year status agreed checks challenges changed_at version"
        personal = "note"
        kept = "with the unit"


class BlockEvidence(OfUnit):
    """What shows where a bouwsteen stands. It counts from `first_year`, until `last_year` when it was taken away."""

    kind = models.CharField(max_length=8, choices=EvidenceKind)
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=500, blank=True)
    name = models.CharField(max_length=100, blank=True)
    first_year = SchoolYearField()
    last_year = SchoolYearField(null=True)
    added_on = models.DateField()

    class Meta:
        ordering = ["added_on", "id"]

    class Privacy:
        none = "id unit block kind url first_year last_year added_on"
        personal = "text name"
        kept = "with the unit"


class BlockSolution(OfUnit):
    """A solution that somebody chose, with the action it became."""

    year = SchoolYearField()
    code = models.CharField(max_length=60)
    action = models.OneToOneField(Action, on_delete=models.CASCADE, related_name="solution")

    class Meta:
        ordering = ["id"]

    class Privacy:
        none = "id unit block year code action"
