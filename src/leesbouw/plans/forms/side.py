"""What a school or child care itself puts in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leesbouw.ui.forms import Form, HoursField

MOST, MOST_HOURS = 200, Decimal(60)
ANSWERS = (("", _("Not known")), ("yes", _("Yes")), ("no", _("No")))


def _number(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST, help_text=help_text)


class OwnSideForm(Form):
    """Numbers only; who it is stands with the people."""

    coordinators = _number(_("How many reading coordinators are there?"))
    coordinator_hours = HoursField(
        label=_("How many hours a week do they have together?"), required=False, most=MOST_HOURS
    )
    trained = _number(_("How many of them followed Open Boek?"))
    media_coach = forms.ChoiceField(label=_("Is there a media coach?"), choices=ANSWERS, required=False)
    team = _number(_("How many people are in the reading team?"))
    parents = _number(_("How many of them are parents?"))
    reached = _number(
        _("How many teachers took part this year?"), _("In a training, a team meeting or a visit.")
    )

    def numbers(self) -> dict[str, Any]:
        """The answers as `actions.SideRow` takes them."""
        told = dict(self.cleaned_data)
        answer = told.pop("media_coach", "")
        names = ("coordinators", "coordinator_hours", "trained", "team", "parents", "reached")
        found = {name: told.get(name) for name in names}
        if found["coordinator_hours"] == "":
            found["coordinator_hours"] = None
        return found | {"has_media_coach": {"yes": True, "no": False}.get(answer)}
