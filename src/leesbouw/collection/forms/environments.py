"""The reading environment: the checklist and a photo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leesbouw.ui.forms import Form, NameField

from ..enums import Met
from ..queries import PointBody


class EnvironmentForm(Form):
    """A question for each point of the list; none needs an answer."""

    note = forms.CharField(label=_("Anything else?"), required=False, max_length=300)

    def __init__(self, *args: Any, points: Sequence[PointBody], **kwargs: Any) -> None:
        self.points = points
        super().__init__(*args, **kwargs)
        for one in points:
            self.fields[one.code] = forms.ChoiceField(
                label=one.text, choices=Met.choices, widget=forms.RadioSelect, required=False
            )
        self.order_fields([*(one.code for one in points), "note"])

    def answers(self) -> Mapping[str, str]:
        return {one.code: self.cleaned_data[one.code] for one in self.points if self.cleaned_data[one.code]}


class PhotoForm(Form):
    """A photo of the place."""

    file = forms.FileField(label=_("Photo"), help_text=_("A PNG or JPG of at most 10 MB."))
    says = NameField(label=_("What is to be seen?"), max_length=120)
    nobody = forms.BooleanField(
        label=_("There are no children on the photo"),
        error_messages={"required": _("Choose a photo without children.")},
    )
