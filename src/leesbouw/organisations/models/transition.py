"""The change from one school year to the next at a location: who began it, what each step did, who took it back."""

from __future__ import annotations

from django.db import models

from leesbouw.core.access import Actor, ScopedQuerySet
from leesbouw.core.time import SchoolYearField, now

from .units import Location


class YearTransition(models.Model):
    """A location on its way to a school year. What was taken back stays as a row; then one may begin anew."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="transitions")
    year = SchoolYearField(db_index=True)
    begun_at = models.DateTimeField(default=now)
    begun_by_id = models.PositiveBigIntegerField(null=True)
    finished_at = models.DateTimeField(null=True)
    finished_by_id = models.PositiveBigIntegerField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by_id = models.PositiveBigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "year"],
                condition=models.Q(taken_back_at=None),
                name="organisations_one_transition",
            )
        ]

    class Privacy:
        none = "id location year begun_at finished_at taken_back_at version"
        personal = "begun_by_id finished_by_id taken_back_by_id"
        kept = "with the location"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q(location__in=Location.objects.visible_to(actor).values("pk"))


class YearTrace(models.Model):
    """What a step of a transition did, as ids and codes, so that it can be taken back exactly. One row per step."""

    transition = models.ForeignKey(YearTransition, on_delete=models.CASCADE, related_name="traces")
    step = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)
    by_user_id = models.PositiveBigIntegerField(null=True)
    data = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["transition", "step"], name="organisations_one_trace")]

    class Privacy:
        none = "id transition step at data"
        personal = "by_user_id"
        kept = "with the location"
