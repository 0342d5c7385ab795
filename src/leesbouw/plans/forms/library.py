"""A line of the library's own year plan."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.organisations.enums import Sector
from leesbouw.ui.filters import ChoiceFilter, FilterSet, ModelChoiceFilter, SearchFilter
from leesbouw.ui.forms import Form, HoursField, NameField

from .. import queries
from ..enums import Habit, LibraryWorkKind

MOST_HOURS = Decimal(9999)


class LibraryWorkForm(Form):
    """What the library does itself, and for how many hours."""

    kind = forms.ChoiceField(label=_("Kind of work"), choices=LibraryWorkKind.choices)
    what = NameField(label=_("What will you do?"), max_length=200)
    hours = HoursField(label=_("Hours in this year"), most=MOST_HOURS)


class TimetableFilters(FilterSet):
    """Part of the locations, and one habit or all together."""

    search = SearchFilter(["name", "town"], param="zoek", label=_("Name or town"))
    sector = ChoiceFilter("sector", param="soort", label=_("Kind"), choices=Sector.choices)
    municipality = ModelChoiceFilter(
        "municipality",
        param="gemeente",
        label=_("Municipality"),
        queryset=lambda request: queries.municipalities_of_matrix(request.actor),
    )
    habit = ChoiceFilter(
        param="wat",
        label=pgettext_lazy("timetable", "What"),
        choices=Habit.choices,
        method="as_it_is",
        empty_label=_("All together"),
    )

    def as_it_is(self, rows, _name, _value):  # type: ignore[no-untyped-def]
        """A habit chooses what stands in the cells, and leaves the rows."""
        return rows
