"""What to take out, and why."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leesbouw.ui.filters import ChoiceFilter, FilterSet

from ..enums import CopyReason

WEEDED = (CopyReason.WORN, CopyReason.OLD, CopyReason.UNLENT, CopyReason.DOUBLE)


class WeedFilters(FilterSet):
    """For which reason."""

    reason = ChoiceFilter(
        param="reden",
        label=_("Why"),
        choices=[(one.value, one.label) for one in WEEDED],
        method="because",
    )

    def because(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(**{f"is_{value}": True})
