"""Mending the cells of faulty rows, on the page itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import pgettext

from leesbouw.ui.forms import Form

from ..domain.columns import Cell
from ..domain.limits import MOST_CELL
from ..enums import column_label


def field_name(number: int, at: int) -> str:
    return f"cel-{number}-{at}"


class RepairForm(Form):
    """The kept cells of some rows of a file. `texts` is row number → position in the header → what stands there now."""

    numbers = forms.CharField(max_length=400, required=False, widget=forms.HiddenInput)
    begin = forms.CharField(required=False, max_length=100_000, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        cells: Sequence[Cell],
        texts: Mapping[int, Mapping[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.shape, self.texts = cells, texts
        self.initial["numbers"] = ",".join(map(str, texts))
        for number, row in texts.items():
            for cell in cells:
                self.fields[field_name(number, cell.at)] = forms.CharField(
                    label=pgettext("import", "row %(number)s, %(column)s")
                    % {"number": number, "column": column_label(cell.code)},
                    required=False,
                    max_length=MOST_CELL,
                    initial=row.get(cell.at, ""),
                )
        if "begin" in self.fields:
            self.initial["begin"] = self.begin_now()

    def mended(self) -> dict[int, dict[int, str]]:
        """Row number → position → text, of the cells that hold something else than before."""
        changed: dict[int, dict[int, str]] = {}
        for number, row in self.texts.items():
            for cell in self.shape:
                text = self.cleaned_data[field_name(number, cell.at)]
                if text != row.get(cell.at, ""):
                    changed.setdefault(number, {})[cell.at] = text
        return changed
