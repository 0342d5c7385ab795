"""The base of every form that writes.

It carries three hidden values: `request_id` (a second send is answered like the first), `version` (of the row as it was
when the form was opened) and `begin` (a short mark of what each field held then, to tell later who changed what).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from .fields import (
    DateField,
    HourField,
    HoursField,
    MoneyField,
    NameField,
    PhoneField,
    PostcodeField,
    QuickSelect,
    RowField,
    TextField,
    TicksField,
)

HIDDEN = ("request_id", "version", "begin")
LONGEST_ID = 64

__all__ = [
    "DateField",
    "Form",
    "HourField",
    "HoursField",
    "MoneyField",
    "NameField",
    "PhoneField",
    "PostcodeField",
    "QuickSelect",
    "RowField",
    "TextField",
    "TicksField",
]


class Form(forms.Form):
    """`version` is given when the form edits a row that has one. Fields of a subclass come before the hidden ones."""

    request_id = forms.CharField(max_length=LONGEST_ID, required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    begin = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)

    error_css_class = "wrong"

    def __init__(self, data: Any = None, *args: Any, version: int | None = None, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.order_fields([name for name in self.fields if name not in HIDDEN])
        for name in HIDDEN:
            self.initial.pop(name, None)
        self.initial["request_id"] = str(uuid4())
        if version is None:
            del self.fields["begin"]
        else:
            self.initial["version"] = version
            self.initial["begin"] = self.begin_now()

    @property
    def rows(self) -> list[forms.BoundField]:
        """The fields a person sees."""
        return [bound for bound in self if not bound.is_hidden]

    @property
    def request_key(self) -> str:
        return str(self.data.get(self.add_prefix("request_id"), ""))[:LONGEST_ID] if self.is_bound else ""

    @property
    def sent_version(self) -> int | None:
        """The version of the row that this form was made from, once the form is valid."""
        return self.cleaned_data.get("version")

    def values(self) -> dict[str, Any]:
        """The cleaned values without the hidden ones: what an action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name not in HIDDEN}

    # For the page that shows two versions side by side

    def initial_data(self) -> dict[str, list[str]]:
        """What each visible field would send if nobody touched it."""
        return {
            bound.html_name: value
            for bound in self.rows
            for value in [as_sent(bound.field, bound.initial)]
            if not isinstance(bound.field, forms.FileField)
        }

    def begin_now(self) -> str:
        """The marks of what the fields hold now; to be set anew by a form that adds fields of its own."""
        return json.dumps(self.marks(self.initial_data()))

    @staticmethod
    def marks(sent: dict[str, list[str]]) -> dict[str, str]:
        """A short mark per field; equal marks mean equal values."""
        return {
            name: hashlib.sha256("\x00".join(value).encode("utf-8", "replace")).hexdigest()[:8]
            for name, value in sent.items()
        }

    def begin_marks(self) -> dict[str, str]:
        """The marks this form was opened with; empty when they were not sent or spoilt on the way."""
        try:
            marks = json.loads(self.data.get(self.add_prefix("begin"), "") or "{}")
        except (ValueError, AttributeError):
            return {}
        return marks if isinstance(marks, dict) else {}


def as_sent(field: forms.Field, value: Any) -> list[str]:
    """What a browser sends for this value of a field."""
    widget = field.widget
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value else []
    prepared = field.prepare_value(value)
    if prepared is None or prepared == "":
        return []
    if isinstance(widget, forms.SelectMultiple | forms.CheckboxSelectMultiple):
        return sorted(str(one) for one in prepared)
    formatted = widget.format_value(prepared)
    if isinstance(formatted, list | tuple):  # a select answers with a list of one
        return [str(one) for one in formatted if one not in (None, "")]
    return [] if formatted in (None, "") else [str(formatted)]


class CarefulForm(Form):
    """Stops once when a child's first name stands in the words; who read that may keep them as they are.

    `find_names` gives the first names in a text.
    """

    sure = forms.BooleanField(label=_("It is no child that I mean. Keep it like this."), required=False)

    def __init__(self, *args: Any, find_names: Callable[[str], list[str]], **kwargs: Any) -> None:
        self.find_names = find_names
        self.names: list[str] = []
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.names = self.find_names("\n".join(self.said(cleaned)))
        if self.names and not cleaned.get("sure"):
            told = _text(
                "“%(names)s” is also the first name of a child here. Leave it out, or tick the box below."
            )
            self.add_error(None, told % {"names": "”, “".join(self.names)})
        return cleaned

    def said(self, cleaned: Mapping[str, Any]) -> list[str]:
        """The words that will be kept."""
        return [str(cleaned.get("text") or "")]

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != "sure"}

    @property
    def rows(self) -> list[forms.BoundField]:
        return [bound for bound in super().rows if bound.name != "sure" or self.names]


class RenameForm(Form):
    name = NameField(label=_("Name"), max_length=60)


class SaveViewForm(Form):
    """Keeping a selection; `next` leads back to the list."""

    name = NameField(label=_("Name of the selection"), max_length=60)
    shared = forms.BooleanField(label=_("My colleagues may see it too"), required=False)
    page = forms.CharField(max_length=60, widget=forms.HiddenInput)
    query = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)
