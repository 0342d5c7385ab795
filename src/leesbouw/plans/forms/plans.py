"""Forms of the text of a plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leesbouw.ui.forms import Form, TextField

LONGEST_SECTION, LONGEST_COMMENT = 20_000, 2000
LARGEST_FILE = 10 * 1024 * 1024  # bytes


class SectionForm(Form):
    """The text of one section."""

    text = TextField(
        label=_("Text"),
        required=False,
        max_length=LONGEST_SECTION,
        help_text=_("Do not write names of children."),
    )


class CommentForm(Form):
    """What somebody says about a plan; `code` names the section."""

    text = TextField(
        label=_("Your comment"), max_length=LONGEST_COMMENT, help_text=_("Do not write names of children.")
    )
    code = forms.CharField(max_length=30, required=False, widget=forms.HiddenInput)


class ReadInForm(Form):
    """A plan as a Word file."""

    file = forms.FileField(label=_("Word file"), help_text=_("A .docx of at most 10 MB."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".docx"

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is too big for a plan."))
        return file
