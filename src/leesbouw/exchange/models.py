"""Imports: the run, what was read of its file, and what each row did. The file itself is never stored."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models

from leesbouw.core.access import Actor, ScopedQuerySet
from leesbouw.core.jobs import Job
from leesbouw.core.time import now

from .enums import BUSY, WORKING, Decision, RowKind, RunState

UNDO_FOR = timedelta(days=14)


def in_fourteen_days() -> Any:
    return now() + UNDO_FOR


class ImportRun(models.Model):
    """One file that somebody brought, from choosing it to its receipt. `unit_id` 0 is the installation itself."""

    importer = models.CharField(max_length=30)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    unit_id = models.PositiveBigIntegerField(default=0, db_index=True)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.DRAFT, db_index=True)
    headers = models.JSONField(default=list)  # names as in the file
    mapping = models.JSONField(default=dict)  # column code → positions in `headers`
    kept = models.JSONField(default=list)  # positions whose values were kept
    options = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    notices = models.JSONField(default=list)  # codes of what is remarkable about the file
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    by_user_id = models.PositiveBigIntegerField(null=True)
    created_at = models.DateTimeField(default=now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(default=in_fourteen_days, db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit_id"],
                condition=models.Q(state__in=["running", "undoing"]),
                name="exchange_one_run_at_once",
            )
        ]

    class Privacy:
        none = (
            "id importer sha256 size unit_id state headers mapping kept options counts notices job created_at"
            " started_at finished_at undone_at expires_at"
        )
        personal = "file_name by_user_id"
        kept = "import"

    def __str__(self) -> str:
        return self.file_name

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q(unit_id=actor.unit_id or 0)

    @property
    def version(self) -> int:
        """Which check its rows come from, so that a page with mistakes of an earlier one is known as stale."""
        return self.job_id or 0

    @property
    def is_working(self) -> bool:
        """Whether a job is supposed to be at it."""
        return self.state in WORKING

    @property
    def is_stuck(self) -> bool:
        """Its job is over or gone and did not say how it ended: a worker that was killed too often."""
        return self.is_working and (self.job is None or self.job.is_over)

    @property
    def has_nothing_new(self) -> bool:
        """It was checked, and all that it tells was there already."""
        waits = ("writes", RowKind.DOUBTFUL.value, RowKind.FAULTY.value)
        return self.state == RunState.PREVIEWED and not any(self.counts.get(one) for one in waits)

    @property
    def is_lapsed(self) -> bool:
        return self.expires_at <= now()

    @property
    def can_be_undone(self) -> bool:
        """Also when it was undone but for rows that were in use."""
        rest = self.state == RunState.UNDONE and bool(self.counts.get("blocked"))
        return (rest or self.state in {RunState.FINISHED, RunState.FAILED}) and not self.is_lapsed

    @property
    def can_be_started(self) -> bool:
        return self.state in {RunState.PREVIEWED, RunState.FAILED} and not self.is_lapsed

    @property
    def is_busy(self) -> bool:
        return self.state in BUSY


class ImportPart(models.Model):
    """Rows as texts, only of columns that may be kept; goes when the run is finished."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    first = models.PositiveIntegerField(default=0)  # number of its first row in the file
    rows = (
        models.JSONField()
    )  # [[row number, text, text, …], …]; a minus before the number: the row stops half-way

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="exchange_part_once")]

    class Privacy:
        none = "id run number first"
        personal = "rows"
        kept = "import-rows"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q(run__unit_id=actor.unit_id or 0)


class ImportRow(models.Model):
    """What one row of the file means: new, changed, gone…; and after the run what it did, for undo.

    `before` is {} until the row was applied; then {"was": …, "now": …, "made": …} as the importer writes it.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # row in the file, 0 for what is not in it
    kind = models.CharField(max_length=8, choices=RowKind)
    code = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=160, blank=True)
    cleaned = models.JSONField(default=dict)  # of a faulty row the kept texts
    errors = models.JSONField(default=list)  # [[column code, reason code], …]
    changes = models.JSONField(default=dict)  # field → [old, new], for the page
    decision = models.CharField(max_length=4, choices=Decision, default=Decision.NONE, blank=True)
    object_id = models.PositiveBigIntegerField(null=True)
    before = models.JSONField(default=dict)
    applied = models.BooleanField(default=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["number", "id"]
        indexes = [models.Index(fields=["run", "kind", "number"], name="exchange_row_kind")]

    class Privacy:
        none = "id run number kind code errors decision object_id applied"
        personal = "label cleaned changes before"
        kept = "import-rows"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q(run__unit_id=actor.unit_id or 0)


class ColumnChoice(models.Model):
    """The columns somebody chose for files with this header, so that next year nobody has to choose again."""

    unit_id = models.PositiveBigIntegerField(default=0)
    importer = models.CharField(max_length=30)
    header_sha256 = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)  # column code → names of headers
    used_at = models.DateTimeField(default=now)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit_id", "importer", "header_sha256"], name="exchange_column_choice_once"
            )
        ]

    class Privacy:
        none = "id unit_id importer header_sha256 mapping used_at"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q(unit_id=actor.unit_id or 0)
