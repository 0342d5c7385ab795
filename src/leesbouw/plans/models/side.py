"""What a school or child care itself puts in: numbers, no names."""

from __future__ import annotations

from django.db import models

from leesbouw.core.time import SchoolYearField, now

from .base import OfUnit


class OwnSide(OfUnit):
    """The school's own side of the work in a year. None: nobody told.

    `coordinator_hours` are a week, of all reading coordinators together; `trained` of them followed Open Boek.
    `parents` sit in the reading team of `team` people; `reached` of the teachers took part in something this year.
    """

    year = SchoolYearField(db_index=True)
    coordinators = models.PositiveSmallIntegerField(null=True)
    coordinator_hours = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    trained = models.PositiveSmallIntegerField(null=True)
    has_media_coach = models.BooleanField(null=True)
    team = models.PositiveSmallIntegerField(null=True)
    parents = models.PositiveSmallIntegerField(null=True)
    reached = models.PositiveSmallIntegerField(null=True)
    changed_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="plans_own_side_once_a_year"),
        ]

    class Privacy:
        none = (
            "id unit year coordinators coordinator_hours trained has_media_coach team parents reached changed_at"
            " version"
        )
