"""The table in which last year's groups become those of the new year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from leesbouw.ui.forms import Form, NameField, QuickSelect

from ..domain import SCHOOL_YEAR_GROUPS, group_label, year_groups_of
from ..models import ClassGroup
from ..queries import GroupOffer

EMPTY_LINES = 3


@dataclass(frozen=True, slots=True)
class TableLine:
    """The fields of one group. `title` names the line for a screen reader."""

    title: Any
    keep: forms.BoundField
    name: forms.BoundField
    years: forms.BoundField | None
    follows: forms.BoundField | None


class NewGroupsForm(Form):
    """A line per group: whether it is there in the new year, its name, its years and which group it was."""

    def __init__(
        self,
        *args: Any,
        offers: Sequence[GroupOffer],
        last: Sequence[ClassGroup],
        sector: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offers = {offer.key: offer for offer in offers}
        self.allowed = SCHOOL_YEAR_GROUPS[sector]
        was = [("", _("New group")), *((group.pk, group.name) for group in last)]
        self.keys = [*self.offers, *(f"x{number}" for number in range(1, EMPTY_LINES + 1))]
        for key in self.keys:
            self._add_line(key, self.offers.get(key), was)

    def _add_line(self, key: str, offer: GroupOffer | None, was: list[tuple[Any, Any]]) -> None:
        self.fields[f"{key}-keep"] = forms.BooleanField(
            label=_("Is there"), required=False, initial=offer is not None
        )
        self.fields[f"{key}-name"] = NameField(
            label=_("Name of the group"), max_length=40, required=False, initial=offer.name if offer else ""
        )
        if self.allowed:
            self.fields[f"{key}-years"] = NameField(
                label=_("Year groups"),
                max_length=20,
                required=False,
                initial=group_label(offer.year_groups) if offer else "",
            )
        if len(was) > 1:
            self.fields[f"{key}-follows"] = forms.TypedChoiceField(
                label=_("Was last year"),
                choices=was,
                widget=QuickSelect,
                coerce=int,
                empty_value=None,
                required=False,
                initial=offer.follows if offer else None,
            )

    def table(self) -> list[TableLine]:
        """The lines in the order of the page."""
        return [
            TableLine(
                self.offers[key].name if key in self.offers else _("Another group"),
                self[f"{key}-keep"],
                self[f"{key}-name"],
                self[f"{key}-years"] if self.allowed else None,
                self[f"{key}-follows"] if f"{key}-follows" in self.fields else None,
            )
            for key in self.keys
        ]

    def clean(self) -> dict[str, Any]:
        """An empty line counts when a name was typed; names are there and differ."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        names: dict[str, str] = {}
        for key in self._kept(found):
            name = " ".join((found.get(f"{key}-name") or "").split())
            if not name and f"{key}-name" not in self.errors:
                self.add_error(f"{key}-name", ValidationError(_("Give this group a name.")))
            elif name.casefold() in names:
                self.add_error(f"{key}-name", ValidationError(_("There is a group with this name already.")))
            names[name.casefold()] = key
            self._clean_years(found, key)
        return found

    def _clean_years(self, found: dict[str, Any], key: str) -> None:
        try:
            years = year_groups_of(found.get(f"{key}-years") or "")
        except ValueError:
            self.add_error(f"{key}-years", ValidationError(_("Write the year groups like 5 or 5/6.")))
            return
        if any(number not in self.allowed for number in years):
            self.add_error(f"{key}-years", ValidationError(_("This location has no such year group.")))

    def _kept(self, found: dict[str, Any]) -> list[str]:
        return [
            key
            for key in self.keys
            if found.get(f"{key}-keep") or (key not in self.offers and found.get(f"{key}-name"))
        ]

    def groups(self) -> list[dict[str, Any]]:
        """What was chosen, as the arguments of a NextGroupRow."""
        found = self.cleaned_data
        return [
            {
                "name": found[f"{key}-name"],
                "year_groups": year_groups_of(found.get(f"{key}-years") or ""),
                "follows_id": found.get(f"{key}-follows"),
                "id": self.offers[key].id if key in self.offers else None,
            }
            for key in self._kept(found)
        ]
