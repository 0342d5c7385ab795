"""How this installation is doing: one line per thing that must keep working."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .registry import health_checks


class Condition(models.TextChoices):
    NEW = "new", _("New")
    GOOD = "good", _("Good")
    LATE = "late", _("Late")
    FAILED = "failed", _("Failed")


@dataclass(frozen=True, slots=True)
class Health:
    """The state of one thing: when it last went well, a sentence, and where it can be mended."""

    label: Any
    condition: Condition
    sentence: Any
    last_at: datetime | None = None
    url: str = ""


def report() -> list[Health]:
    """Every registered check, worst first."""
    order = [Condition.FAILED, Condition.LATE, Condition.NEW, Condition.GOOD]
    return sorted(
        (check() for check in health_checks.values()), key=lambda health: order.index(health.condition)
    )
