"""What to take out: where, and why."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leesbouw.ui.filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from ..enums import CopyReason
from ..queries import places_for_copies

WEEDED = (CopyReason.WORN, CopyReason.OLD, CopyReason.UNLENT, CopyReason.DOUBLE)


class WeedFilters(FilterSet):
    """Where, and for which reason."""

    location = ModelChoiceFilter(
        param="plek",
        label=_("Where"),
        empty_label=_("Everywhere"),
        queryset=lambda request: places_for_copies(request.actor),
    )
    reason = ChoiceFilter(
        param="reden",
        label=_("Why"),
        choices=[(one.value, one.label) for one in WEEDED],
        method="because",
    )

    def because(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(**{f"is_{value}": True})
