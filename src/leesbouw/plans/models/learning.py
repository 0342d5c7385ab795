"""What a school does itself for a learning goal, beside what its year plan says."""

from __future__ import annotations

from django.db import models

from leesbouw.core.time import SchoolYearField, now

from .base import OfUnit


class LearningMark(OfUnit):
    """That a school itself works on a learning goal in a year group this year. No row means that nobody said so."""

    year = SchoolYearField(db_index=True)
    goal = models.CharField(max_length=60)  # a code of the content `learning-goals`
    group = models.PositiveSmallIntegerField()  # a year group
    marked_at = models.DateTimeField(default=now)
    marked_by_id = models.PositiveBigIntegerField(null=True)
    marked_by = models.CharField(max_length=120, blank=True)  # the name then

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "goal", "group"], name="plans_learning_goal_marked_once"
            )
        ]

    class Privacy:
        none = "id unit year goal group marked_at"
        personal = "marked_by_id marked_by"
        kept = "with the unit"
