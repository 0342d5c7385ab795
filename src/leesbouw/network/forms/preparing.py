"""Which findings one brings to a talk, and in which words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from leesbouw.ui.forms import Form, TextField

from .. import actions, queries
from ..domain import MOST_FINDINGS
from .planning import NO_CHILDREN

LONGEST = 300


class FindingsForm(Form):
    """A tick and a line of words for everything that is proposed, and one of one's own."""

    own = TextField(
        label=_("Something of your own"),
        required=False,
        help_text=NO_CHILDREN,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, proposed: Sequence[queries.Found], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposed = list(proposed)
        for number, one in enumerate(self.proposed):
            self.fields[f"take_{number}"] = forms.BooleanField(
                label=_("Bring: %(text)s") % {"text": one.text}, required=False
            )
            self.fields[f"words_{number}"] = TextField(
                label=_("In your words"),
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.order_fields(
            [*(f"{part}_{n}" for n in range(len(self.proposed)) for part in ("take", "words")), "own"]
        )

    @property
    def lines(self) -> list[tuple[queries.Found, BoundField, BoundField]]:
        return [(one, self[f"take_{n}"], self[f"words_{n}"]) for n, one in enumerate(self.proposed)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if len(self.brought()) > MOST_FINDINGS:
            raise forms.ValidationError(
                _("Bring at most %(most)s findings: who tells everything is not remembered.")
                % {"most": MOST_FINDINGS}
            )
        return given

    def brought(self) -> list[actions.Brought]:
        """What is brought; a text that was left as it was proposed is not kept."""
        given = self.cleaned_data
        told = []
        for number, one in enumerate(self.proposed):
            if given.get(f"take_{number}"):
                words = (given.get(f"words_{number}") or "").strip()
                told.append(actions.Brought(one.code, "" if words == one.text else words))
        own = (given.get("own") or "").strip()
        return [*told, actions.Brought(queries.OWN, own)] if own else told
