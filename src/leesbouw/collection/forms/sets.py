"""Collections that go round."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.organisations.models import Location
from leesbouw.ui.filters import ChoiceFilter, FilterSet, SearchFilter
from leesbouw.ui.forms import DateField, Form, NameField, RowField, TextField

from ..enums import SetKind

MOST_BARCODES = 500


class SetFilters(FilterSet):
    search = SearchFilter(["name", "theme"], param="zoek", label=_("Name or theme"))
    kind = ChoiceFilter("kind", param="soort", label=pgettext_lazy("title", "Kind"), choices=SetKind.choices)


class SetForm(Form):
    """What a collection is called and what it is about."""

    name = NameField(label=_("Name"), max_length=80)
    kind = forms.ChoiceField(
        label=pgettext_lazy("title", "Kind"), choices=SetKind.choices, widget=forms.RadioSelect
    )
    theme = forms.CharField(
        label=_("Theme"), required=False, max_length=60, help_text=_("Such as: autumn, or animals.")
    )
    about = forms.CharField(label=_("What is in it?"), required=False, max_length=300)


class FillForm(Form):
    """The barcodes of copies."""

    barcodes = TextField(
        label=_("Barcodes"), help_text=_("Scan them one after the other. What is in it rotates.")
    )

    def clean_barcodes(self) -> list[str]:
        given = list(dict.fromkeys(self.cleaned_data["barcodes"].split()))
        if len(given) > MOST_BARCODES or any(len(one) > 30 for one in given):
            raise forms.ValidationError(_("These are not the barcodes of books."))
        return given


class _AtPlace(Form):
    location = RowField(label=_("Which school or child care?"), queryset=Location.objects.none())

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["location"].queryset = places


class StayForm(_AtPlace):
    """Who gets it, from when until when."""

    starts_on = DateField(label=_("First day"))
    ends_on = DateField(label=_("Last day"))


class MoveForm(_AtPlace):
    """Where it stands now."""

    location = RowField(
        label=_("Where?"),
        queryset=Location.objects.none(),
        required=False,
        empty_label=_("at the library"),
        help_text=_("All books of the collection get this place."),
    )
