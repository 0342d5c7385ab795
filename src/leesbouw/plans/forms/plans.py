"""Forms of the text of a plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.organisations.enums import Sector
from leesbouw.ui.filters import ChoiceFilter, FilterSet, SearchFilter
from leesbouw.ui.forms import CarefulForm, Form, MoneyField, TextField

from .. import queries
from ..queries import PlanState

PLAN_STATES = {
    PlanState.NONE: _("Not begun yet"),
    PlanState.DRAFT: _("Being written"),
    PlanState.SENT: pgettext_lazy("plan", "With the team"),
    PlanState.APPROVED: pgettext_lazy("plan", "Agreed"),
    PlanState.CHANGED: _("Changed since it was agreed"),
}

LONGEST_SECTION, LONGEST_COMMENT = 20_000, 2000
LARGEST_FILE = 10 * 1024 * 1024  # bytes


class SectionForm(CarefulForm):
    """The text of one section."""

    text = TextField(
        label=_("Text"),
        required=False,
        max_length=LONGEST_SECTION,
        help_text=_("Do not write names of children."),
    )


class CommentForm(CarefulForm):
    """What somebody says about a plan; `code` names the section."""

    text = TextField(
        label=_("Your comment"), max_length=LONGEST_COMMENT, help_text=_("Do not write names of children.")
    )
    code = forms.CharField(max_length=30, required=False, widget=forms.HiddenInput)


class MoneyForm(Form):
    """What there is for the extra costs of a plan."""

    money_cents = MoneyField(
        label=_("What may the extra costs be?"), required=False, help_text=_("Empty when nobody knows.")
    )


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


class YearPlanFilters(FilterSet):
    """Where it is stuck: a plan that is not begun, a year without goals, more hours asked than agreed."""

    search = SearchFilter(["name", "town"], param="zoek", label=_("Name or town"))
    sector = ChoiceFilter("sector", param="soort", label=_("Kind"), choices=Sector.choices)
    state = ChoiceFilter(
        "plan_state",
        param="stand",
        label=_("Year plan"),
        choices=[(state.value, PLAN_STATES[state]) for state in queries.SHOWN_STATES],
    )
    goals = ChoiceFilter(
        param="doelen",
        label=_("Goals"),
        choices=[("ja", _("With goals")), ("nee", _("Without goals"))],
        method="by_goals",
    )
    hours = ChoiceFilter(
        param="uren",
        label=_("Hours"),
        choices=[("meer", _("Asks more hours than agreed"))],
        method="by_hours",
    )

    def by_goals(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(goals__gt=0) if value == "ja" else rows.filter(goals=0)

    def by_hours(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        return rows.filter(planned_hours__gt=F("hours_per_year"))
