"""Whose a goal, an activity or a task is, in the words of the place itself: a school is never “a school or child care”."""

from __future__ import annotations

from django.utils.translation import pgettext

from leesbouw.organisations.models import Location

from ..enums import Side


def owners_at(unit: Location) -> dict[Side, str]:
    """Each side by name, in the order of choosing."""
    return {
        Side.PARTNER: pgettext("owner", "The school")
        if unit.is_school
        else pgettext("owner", "The child care"),
        Side.LIBRARY: pgettext("owner", "The library"),
        Side.TOGETHER: pgettext("owner", "Both together"),
    }
