"""The one kind of to-do. Where an action comes from (a talk, a bouwsteen, a plan) points at it, never the other way."""

from __future__ import annotations

from django.db import models

from leesbouw.core.access import Actor, GuardedModel, within
from leesbouw.core.time import now
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Library, Unit
from leesbouw.people.models import Contact, StaffMember

from ..enums import Side


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
