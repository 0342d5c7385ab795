"""What the library itself does in a year, beside what the plans of its locations ask."""

from __future__ import annotations

from django.db import models

from leesbouw.core.time import SchoolYearField, now

from ..enums import LibraryWorkKind
from .base import OfUnit


class LibraryWork(OfUnit):
    """One line of the library's own year plan; `unit` is the library."""

    year = SchoolYearField(db_index=True)
    kind = models.CharField(max_length=10, choices=LibraryWorkKind)
    what = models.CharField(max_length=200)
    hours = models.DecimalField(max_digits=6, decimal_places=2)
    created_at = models.DateTimeField(default=now)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["kind", "id"]

    class Privacy:
        none = "id unit year kind hours created_at dropped_at"
        personal = "what"
        kept = "with the unit"

    def __str__(self) -> str:
        return self.what
