"""Forms about the processing agreement: recording, asking to sign, signing, ending."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import today
from leesbouw.organisations.actions import TOO_LARGE
from leesbouw.organisations.domain import MOST_BYTES
from leesbouw.organisations.models import Location
from leesbouw.organisations.queries import agreement_models
from leesbouw.ui.forms import DateField, Form, NameField, TextField


def usual_end(starts_on: date, months: int) -> date:
    """The last day when it holds for whole months from a first day on."""
    year, month = divmod(starts_on.year * 12 + starts_on.month - 1 + months, 12)
    first_after = date(year, month + 1, min(starts_on.day, monthrange(year, month + 1)[1]))
    return date.fromordinal(first_after.toordinal() - 1)


def versions(*, also_old: bool) -> list[tuple[str, Any]]:
    """The versions of the model to choose from, each with what it is for."""
    return [
        (one.code, format_html("{}<br><small>{}</small>", one.name, one.description))
        for one in agreement_models().body.versions
        if one.current or also_old
    ]


class _TermForm(Form):
    version_code = forms.ChoiceField(label=_("Which model do you sign?"), widget=forms.RadioSelect)
    starts_on = DateField(label=_("Holds from"))
    ends_on = DateField(
        label=_("Holds until"), required=False, help_text=_("Empty when no end has been agreed.")
    )

    also_old = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = agreement_models().body
        self.fields["version_code"].choices = versions(also_old=self.also_old)
        self.initial.setdefault("version_code", body.usual)
        self.initial.setdefault("starts_on", today())
        self.initial.setdefault("ends_on", usual_end(today(), body.usual_months))

    def values(self) -> dict[str, Any]:
        values = super().values()
        values["version"] = values.pop("version_code")
        return values


class AskForm(_TermForm):
    """To whom the link goes, and for what."""

    name = NameField(label=_("Who signs for the school?"), max_length=100)
    email = forms.EmailField(label=_("E-mail address of who signs"))

    field_order = ["name", "email", "version_code", "starts_on", "ends_on"]


class RecordForm(_TermForm):
    """What was signed on paper, with the file."""

    file = forms.FileField(
        label=_("The signed agreement"), help_text=_("A PDF, PNG or JPG of at most 10 MB.")
    )
    signed_on = DateField(label=_("Signed on"))
    signer_name = NameField(label=_("Signed by"), max_length=120)
    signer_function = forms.CharField(label=_("Function of who signed"), max_length=120)
    annexes = forms.MultipleChoiceField(
        label=_("Which annexes are with it?"),
        choices=[("privacy", _("Privacy annex")), ("security", _("Security annex"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    others = forms.TypedMultipleChoiceField(
        label=_("Does it hold for more schools of this board?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    also_old = True

    def __init__(
        self, *args: Any, schools: Sequence[Location], too_large: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".pdf,.png,.jpg,.jpeg"
        if too_large:  # so large that it was stopped on its way in
            self.fields["file"].error_messages["required"] = TOO_LARGE
        if schools:
            self.fields["others"].choices = [(one.pk, one.name) for one in schools]
        else:
            del self.fields["others"]

    def values(self) -> dict[str, Any]:
        values = super().values()
        annexes, file = values.pop("annexes"), values.pop("file")
        values.pop("others", None)
        return {
            **values,
            "privacy_annex": "privacy" in annexes,
            "security_annex": "security" in annexes,
            "content": file.read(MOST_BYTES + 1),
        }

    def others_chosen(self) -> list[int]:
        """Ids of the other schools of the board for which it holds as well."""
        return self.cleaned_data.get("others", [])


class EndForm(Form):
    ended_on = DateField(label=_("From which day does it hold no more?"))
    reason = TextField(label=_("Why?"), max_length=300)


class SignForm(forms.Form):
    """What the head fills in when she signs."""

    signer_name = NameField(label=_("Your name"), max_length=120)
    signer_function = forms.CharField(label=_("Your function"), max_length=120)
    agrees = forms.BooleanField(label=_("I have read this and I agree on behalf of the school"))
