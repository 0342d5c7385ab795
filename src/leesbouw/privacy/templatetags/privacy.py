"""Lengths of time in words."""

from __future__ import annotations

from datetime import timedelta

from django import template
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def duration_words(length: timedelta) -> str:
    """Days, hours or minutes, whichever is whole: "1 day", "6 hours"."""
    minutes = round(length.total_seconds() / 60)
    if minutes and minutes % 1440 == 0:
        return ngettext("%(number)s day", "%(number)s days", minutes // 1440) % {"number": minutes // 1440}
    if minutes and minutes % 60 == 0:
        return ngettext("%(number)s hour", "%(number)s hours", minutes // 60) % {"number": minutes // 60}
    return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}
