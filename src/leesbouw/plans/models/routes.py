"""Routes under way: who runs which, what was written at each step, and the to-do of a step."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from leesbouw.core.access import Actor, ScopedQuerySet, within
from leesbouw.core.content import ContentItem
from leesbouw.core.time import now
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Library, Unit

from ..enums import RecordKind
from .todo import Action


def in_reach(actor: Actor, path: str = "") -> models.Q:
    """A library sees its own runs; who works at a location or its board those of that location."""
    if actor.unit_kind in {UnitKind.LOCATION, UnitKind.BOARD}:
        return within(actor.locations, f"{path}unit")
    return within(actor.libraries, f"{path}library")


class RouteRun(models.Model):
    """A route that a library walks with a unit, in the version it was started with.

    How far it is follows from the records; `done`, `left`, `at_step`, `review_on` and `moved_on` keep it for lists.
    """

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="route_runs")
    code = models.CharField(max_length=60, db_index=True)
    content = models.ForeignKey(ContentItem, on_delete=models.PROTECT, related_name="+")
    started_on = models.DateField()
    stopped_on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    done = models.PositiveSmallIntegerField(default=0)
    left = models.PositiveSmallIntegerField(default=0)
    at_step = models.CharField(max_length=60, blank=True)
    review_on = models.DateField(null=True)
    moved_on = models.DateField()
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-moved_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["library", "unit", "code"],
                condition=models.Q(stopped_on=None, left__gt=0),
                name="plans_route_once_at_a_time",
            )
        ]

    class Privacy:
        none = (
            "id library unit code content started_on stopped_on done left at_step review_on moved_on version"
        )
        personal = "reason"
        kept = "with the unit"

    def get_absolute_url(self) -> str:
        return reverse("plans:route-run", args=[self.pk])

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return in_reach(actor)


class StepRecord(models.Model):
    """What came of a step: its result, the answer at a gate, or that it was opened again. Nothing is taken away."""

    run = models.ForeignKey(RouteRun, on_delete=models.CASCADE, related_name="records")
    step = models.CharField(max_length=60)
    kind = models.CharField(max_length=6, choices=RecordKind)
    text = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=500, blank=True)
    on = models.DateField()
    review_on = models.DateField(null=True)
    by_user_id = models.PositiveBigIntegerField(null=True)
    recorded_at = models.DateTimeField(default=now)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="no") | models.Q(review_on__isnull=False),
                name="plans_no_has_a_review",
            )
        ]

    class Privacy:
        none = "id run step kind url on review_on recorded_at"
        personal = "text by_user_id"
        kept = "with the unit"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return in_reach(actor, "run__")


class StepTask(models.Model):
    """That somebody will do a step before a day: the action on her list."""

    run = models.ForeignKey(RouteRun, on_delete=models.CASCADE, related_name="tasks")
    step = models.CharField(max_length=60)
    action = models.OneToOneField(Action, on_delete=models.CASCADE, related_name="step_task")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    class Privacy:
        none = "id run step action"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return in_reach(actor, "run__")
