"""Who does what between library and school in a year, and that both agreed."""

from __future__ import annotations

from django.db import models

from leesbouw.core.time import SchoolYearField, now

from ..enums import Side
from .base import OfUnit


class TaskShare(OfUnit):
    """Whose a task is in a school year. `code` is one of the content `task-division`, or one of its own with `text`;
    `side` "" when nobody does it here. Who changed it last stands with it."""

    year = SchoolYearField(db_index=True)
    code = models.CharField(max_length=60)
    text = models.CharField(max_length=200, blank=True)
    side = models.CharField(max_length=8, choices=Side, blank=True)
    note = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(default=now)
    changed_by_id = models.PositiveBigIntegerField(null=True)
    changed_by = models.CharField(max_length=120, blank=True)  # the name then

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "code"], name="plans_task_once_a_year")
        ]

    class Privacy:
        none = "id unit year code side changed_at"
        personal = "text note changed_by_id changed_by"
        kept = "with the unit"


class TaskAgreement(OfUnit):
    """That the library, or the school, agreed with the list of a year. Agreeing again renews it."""

    year = SchoolYearField(db_index=True)
    side = models.CharField(max_length=8, choices=Side)
    agreed_at = models.DateTimeField(default=now)
    agreed_by_id = models.PositiveBigIntegerField(null=True)
    agreed_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "side"], name="plans_side_agrees_once")
        ]

    class Privacy:
        none = "id unit year side agreed_at"
        personal = "agreed_by_id agreed_by"
        kept = "with the unit"
