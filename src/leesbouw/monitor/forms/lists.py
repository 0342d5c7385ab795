"""Adding a version of a list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leesbouw.ui.forms import Form

from ..queries import questionnaires

MOST_BYTES = 1024 * 1024


class ListForm(Form):
    code = forms.ChoiceField(label=_("Which list"))
    file = forms.FileField(label=_("File"), help_text=_("TOML or JSON, such as the file of a list here."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [(code, one.title) for code, one in questionnaires().items()]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than a list can be."))
        return file
