"""How long things are kept, as changed here, and what was wiped. No names, only codes and counts."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from leesbouw.core.time import now

from .enums import Occasion


class RetentionTerm(models.Model):
    """Another term than the content gives, from the moment of the row. The newest that was not taken back holds."""

    code = models.CharField(max_length=40, db_index=True)
    days = models.PositiveIntegerField()
    why = models.CharField(max_length=200)
    at = models.DateTimeField(default=now)
    by_user_id = models.PositiveBigIntegerField(null=True)
    by_unit_id = models.PositiveBigIntegerField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    class Privacy:
        none = "id code days why at by_unit_id revoked_at"
        personal = "by_user_id"
        kept = "destruction"


class DestructionRun(models.Model):
    """One time that all was wiped of which the time was over. `sha256` is the mark of the marks of its lists."""

    code = models.CharField(max_length=40, unique=True)
    occasion = models.CharField(max_length=10, choices=Occasion)
    started_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True)
    by_user_id = models.PositiveBigIntegerField(null=True)
    by_unit_id = models.PositiveBigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-id"]

    class Privacy:
        none = "id code occasion started_at finished_at by_unit_id sha256"
        personal = "by_user_id"
        kept = "destruction"

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("privacy:run-detail", args=[self.pk])


class DestructionCount(models.Model):
    """What a run found and wiped of one kind: rows of which the last day lay before `limit_on`."""

    run = models.ForeignKey(DestructionRun, on_delete=models.CASCADE, related_name="counts")
    holder = models.CharField(max_length=40)
    term = models.CharField(max_length=40)
    days = models.PositiveIntegerField()
    limit_on = models.DateField()
    due = models.PositiveIntegerField()
    erased = models.PositiveIntegerField(null=True)  # None: not finished
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["run", "holder"], name="privacy_count_once")]

    class Privacy:
        none = "id run holder term days limit_on due erased sha256"
