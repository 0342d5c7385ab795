"""What a head says: yes, or no with a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leesbouw.ui.forms import Form, NameField, TextField

YES, NO = "ja", "nee"


class _Answer(forms.Form):
    answer = forms.ChoiceField(
        label=_("Do you take part in the Monitor?"),
        widget=forms.RadioSelect,
        choices=[(YES, _("Yes, we take part")), (NO, _("No, not this time"))],
    )
    reason = TextField(
        label=_("Why not?"),
        required=False,
        max_length=300,
        help_text=_("Only with a no. The library reads it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == NO and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say in a few words why not."))
        return cleaned


class TaskAnswerForm(_Answer):
    """Of who came by a link."""

    name = NameField(label=_("Your name"), max_length=120)

    field_order = ["answer", "reason", "name"]


class AnswerForm(_Answer, Form):
    """Of who signed in; `asks_name` is for the library, which records what somebody else said."""

    name = NameField(label=_("Who said so?"), max_length=120)

    def __init__(self, *args: Any, asks_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_name:
            del self.fields["name"]
        self.order_fields(["answer", "reason", "name", "request_id", "version", "begin"])
        if "begin" in self.fields:
            self.initial["begin"] = self.begin_now()
