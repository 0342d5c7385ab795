"""Counting a shelf, and what to weed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leesbouw.organisations.models import Location
from leesbouw.ui.forms import Form, RowField

MOST_AT_ONCE = 500


class StocktakeForm(Form):
    """The place where one counts."""

    location = RowField(
        label=_("Where do you count?"),
        queryset=Location.objects.none(),
        required=False,
        empty_label=_("at the library"),
    )
    place = forms.CharField(
        label=_("Only this shelf or room"),
        required=False,
        max_length=40,
        help_text=_("Leave empty for all that stands there. Write it as it stands with the copies."),
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["location"].queryset = places


class ScanForm(Form):
    """One barcode, or all that a scanner with a memory brings at once."""

    barcode = forms.CharField(
        label=_("Scan a barcode"),
        max_length=30 * MOST_AT_ONCE,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off", "inputmode": "numeric"}),
    )

    def clean_barcode(self) -> list[str]:
        return [one[:30] for one in self.cleaned_data["barcode"].split()[:MOST_AT_ONCE]]


class CloseForm(Form):
    """What becomes of the differences."""

    move_here = forms.BooleanField(
        label=_("What belongs elsewhere stands here from now on"),
        required=False,
        help_text=_("Leave this open when you bring those books back."),
    )
