"""What who manages accounts fills in, and what somebody may change herself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import today
from leesbouw.organisations.models import Unit
from leesbouw.ui.fields import DateField, NameField
from leesbouw.ui.forms import Form

AT_ONCE, LATER = "at_once", "later"


class AtUnit(Form):
    """Chooses one of the units where a role may be given; when there is only one, nobody is asked."""

    unit = forms.TypedChoiceField(label=_("Organisation"), coerce=int)

    def __init__(self, *args: Any, units: Sequence[Unit] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.pk: unit for unit in units}
        field: Any = self.fields["unit"]
        names = [unit.name for unit in units]
        choices = [(unit.pk, _named(unit, names)) for unit in units]
        if len(units) == 1:
            field.widget = forms.HiddenInput()
            self.initial["unit"] = units[0].pk
        else:
            choices = [("", _("Choose …")), *choices]
        field.choices = choices

    def chosen_unit(self) -> Unit:
        return self.units[self.cleaned_data["unit"]]


def _named(unit: Unit, names: Sequence[str]) -> str:
    """Two schools may have one name; then the code tells them apart."""
    return f"{unit.name} ({unit.code})" if names.count(unit.name) > 1 else unit.name


class InviteForm(AtUnit):
    """One person, one address: accounts are never shared."""

    name = NameField(label=_("Name"), max_length=100)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The address of this person alone. An account is never shared, not even at the desk."),
    )
    field_order = ["name", "email", "unit"]


class AddRoleForm(AtUnit):
    """Where somebody who has an account gets another role."""


class EndRoleForm(Form):
    """At once, or after a last day."""

    when = forms.ChoiceField(
        label=_("When does the role end?"),
        choices=[(AT_ONCE, _("At once")), (LATER, _("After a last day"))],
        widget=forms.RadioSelect,
        initial=AT_ONCE,
    )
    last_on = DateField(label=_("Last day"), required=False, earliest=today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("when") == LATER and not cleaned.get("last_on") and "last_on" not in self.errors:
            self.add_error("last_on", _("Fill in the last day."))
        return cleaned

    def last_day(self) -> date | None:
        """None when the role ends at once."""
        return self.cleaned_data["last_on"] if self.cleaned_data["when"] == LATER else None


class MeForm(Form):
    name = NameField(
        label=_("Your name"),
        max_length=100,
        help_text=_("This is how colleagues see you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
