"""Why a run of the retention calendar began."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class Occasion(models.TextChoices):
    DAILY = "daily", pgettext_lazy("occasion", "by itself, every day")
    ASKED = "asked", pgettext_lazy("occasion", "somebody asked for it")
    SHELL = "shell", pgettext_lazy("occasion", "from the shell")
