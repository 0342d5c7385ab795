"""What belonged to whom in which school year, and the groups of that year."""

from __future__ import annotations

from django.db import models

from leesbouw.core.access import Actor, ScopedQuerySet
from leesbouw.core.time import SchoolYearField

from ..domain import group_label
from .units import Board, Library, Location, Municipality


class LocationYear(models.Model):
    """A location in a school year. Written once a year; every report of that year joins on it; `closed_on` freezes it."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="years")
    year = SchoolYearField(db_index=True)
    board = models.ForeignKey(Board, null=True, on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    library = models.ForeignKey(Library, null=True, on_delete=models.PROTECT, related_name="+")
    pupils = models.PositiveIntegerField(null=True)
    pupils_by_year_group = models.JSONField(default=dict)
    pupils_by_age = models.JSONField(default=dict)
    weight = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    counted_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    source = models.CharField(max_length=80, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["location", "year"], name="organisations_location_year")
        ]

    class Privacy:
        none = (
            "id location year board municipality library pupils pupils_by_year_group pupils_by_age weight counted_on"
            " closed_on source"
        )

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q(location__in=Location.objects.visible_to(actor).values("pk"))


class ClassGroup(models.Model):
    """A group of one school year; it follows last year's. `year_groups` has two or more for a combination group."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="groups")
    year = SchoolYearField(db_index=True)
    name = models.CharField(max_length=40)
    year_groups = models.JSONField(default=list)
    follows = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="followed_by")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["location", "year", "name"], name="organisations_group_name")
        ]

    class Privacy:
        none = "id location year name year_groups follows"

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return group_label(self.year_groups) or self.name

    @property
    def is_combination(self) -> bool:
        return len(self.year_groups) > 1

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q(location__in=Location.objects.visible_to(actor).values("pk"))
