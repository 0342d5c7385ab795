"""Filters of what came of a year."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leesbouw.organisations.enums import Sector
from leesbouw.plans.queries import municipalities_of_matrix
from leesbouw.ui.filters import ChoiceFilter, FilterSet, ModelChoiceFilter, SearchFilter


class LookBackFilters(FilterSet):
    """Part of the locations: of one municipality, of one kind."""

    search = SearchFilter(["name", "town"], param="zoek", label=_("Name or town"))
    sector = ChoiceFilter("sector", param="soort", label=_("Kind"), choices=Sector.choices)
    municipality = ModelChoiceFilter(
        "municipality",
        param="gemeente",
        label=_("Municipality"),
        queryset=lambda request: municipalities_of_matrix(request.actor),
    )
