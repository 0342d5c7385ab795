"""Where each bouwsteen of a unit stands, what shows it, and the solutions that somebody chose."""

from __future__ import annotations

from django.db import models

from leesbouw.core.files import StoredFile
from leesbouw.core.time import SchoolYearField, now

from ..enums import AgreedLevel, BlockStatus, EvidenceKind
from .base import OfUnit
from .todo import Action


class OfBlock(OfUnit):
    """What a school, child-care location or library writes about one of its bouwstenen."""

    block = models.CharField(max_length=30)

    class Meta:
        abstract = True


class BlockYear(OfBlock):
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


class BlockEvidence(OfBlock):
    """What shows where a bouwsteen stands. It counts from `first_year`, until `last_year` when it was taken away."""

    kind = models.CharField(max_length=8, choices=EvidenceKind)
    text = models.CharField(max_length=300, blank=True)  # may be empty for a record: it has a name of its own
    record = models.CharField(max_length=60, blank=True)  # source and id: "talk:12"
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    url = models.CharField(max_length=500, blank=True)
    name = models.CharField(max_length=100, blank=True)
    first_year = SchoolYearField()
    last_year = SchoolYearField(null=True)
    added_on = models.DateField()

    class Meta:
        ordering = ["added_on", "id"]

    class Privacy:
        none = "id unit block kind record file url first_year last_year added_on"
        personal = "text name"
        kept = "with the unit"


class BlockSolution(OfBlock):
    """A solution that somebody chose, with the action it became."""

    year = SchoolYearField()
    code = models.CharField(max_length=60)
    action = models.OneToOneField(Action, on_delete=models.CASCADE, related_name="solution")

    class Meta:
        ordering = ["id"]

    class Privacy:
        none = "id unit block year code action"
