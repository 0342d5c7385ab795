"""Who does which task."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.organisations.models import Location
from leesbouw.ui.forms import CarefulForm, NameField

from ..domain.tasks import Said
from ..enums import Side
from ..queries import Division, owners_at

WHOSE, HOW = "taak_", "hoe_"  # before the code of a task: whose it is, and how


class TasksForm(CarefulForm):
    """For each task whose it is, and a note; and one task more."""

    own = NameField(label=_("One more task"), max_length=200, required=False)
    own_side = forms.TypedChoiceField(
        label=_("Who does that?"), choices=Side.choices, coerce=Side, initial=Side.TOGETHER, required=False
    )

    def __init__(self, *args: Any, unit: Location, division: Division, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = division.lines
        sides = list(owners_at(unit).items())
        self.fields["own_side"].choices = sides
        for line in division.lines:
            nobody = _("Take this task off the list") if line.is_own else pgettext_lazy("task", "Not with us")
            self.fields[WHOSE + line.code] = forms.ChoiceField(
                label=line.text,
                choices=[*sides, ("", nobody)],
                required=False,
                initial=line.side,
                help_text=line.block,
            )
            self.fields[HOW + line.code] = NameField(
                label=_("Note with: %(task)s") % {"task": line.text},
                max_length=200,
                required=False,
                initial=line.note,
            )

        if "begin" in self.fields:
            self.initial["begin"] = self.begin_now()

    def said(self, cleaned: Mapping[str, Any]) -> list[str]:
        return [str(value) for name, value in cleaned.items() if name == "own" or name.startswith(HOW)]

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The two fields of each task."""
        return [(self[WHOSE + line.code], self[HOW + line.code]) for line in self.lines]

    def division(self) -> dict[str, Any]:
        """What `actions.divide_tasks` takes."""
        told = self.cleaned_data
        said = {
            line.code: Said(told[WHOSE + line.code], told[HOW + line.code])
            for line in self.lines
            if WHOSE + line.code in told
        }
        own_side = told.get("own_side") or Side.TOGETHER
        return {"said": said, "own": told.get("own") or "", "own_side": own_side}
