"""Forms about the partnership of a library with a location (promise N5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import SchoolYear, today, years_around
from leesbouw.ui.forms import DateField, Form, HoursField, MoneyField, TextField

from ..enums import (
    CheckOutcome,
    DecisionKind,
    Domain,
    Gate,
    Outcome,
    PartnershipType,
    Phase,
    Programme,
    Scenario,
    Sector,
)
from ..queries import described, partnership_options, phases

MOST_HOURS = 2000  # of one person's working year; more is a slip of the pen

PROGRAMMES = {
    Sector.CHILDCARE: (Programme.BOEKSTART,),
    Sector.PO: (Programme.PO,),
    Sector.SBO: (Programme.PO,),
    Sector.SO: (Programme.PO, Programme.VO),
    Sector.VO: (Programme.VO,),
    Sector.PRO: (Programme.VO,),
    Sector.MBO: (Programme.MBO,),
}


def explained(choices: Iterable[tuple[str, Any]], words: dict[str, str]) -> list[tuple[str, Any]]:
    """Choices with a quiet line under each that says what it means, as content has it."""
    return [
        (code, format_html("{}<br><small>{}</small>", label, words[code]) if words.get(code) else label)
        for code, label in choices
    ]


def _texts(options: Iterable[Any]) -> dict[str, str]:
    return {code: option.description for code, option in described(tuple(options)).items()}


def _radio(label: Any, **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, widget=forms.RadioSelect, **kwargs)


class _AgreementForm(Form):
    """What both starting and changing ask."""

    type = _radio(_("Kind of cooperation"))
    domains = forms.MultipleChoiceField(
        label=_("What is it about?"),
        choices=Domain.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    scenario = _radio(_("Which situation fits?"), required=False)

    def __init__(self, *args: Any, sector: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = partnership_options().body
        self.fields["type"].choices = explained(PartnershipType.choices, _texts(options.types))
        fitting = [(one.value, one.label) for one in PROGRAMMES[Sector(sector)]]
        self.fields["programme"].choices = [("", _("No programme")), *fitting]
        if Programme.VO in PROGRAMMES[Sector(sector)]:
            self.fields["scenario"].choices = explained(Scenario.choices, _texts(options.vo_scenarios))
        else:
            del self.fields["scenario"]


class PartnershipStartForm(_AgreementForm):
    phase = _radio(_("How far are you?"), initial=Phase.ACQUISITION)
    starts_on = DateField(label=_("Together from"))
    hours_per_year = HoursField(label=_("Hours a year"), required=False, most=MOST_HOURS)
    agreed_until = DateField(label=_("Agreed until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phase"].choices = phase_choices()
        self.fields["starts_on"].initial = today()

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        _check_order(self, found, "starts_on", "agreed_until")
        return found


class PartnershipChangeForm(_AgreementForm):
    starts_on = DateField(label=_("Together from"))
    agreed_until = DateField(label=_("Agreed until"), required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        _check_order(self, found, "starts_on", "agreed_until")
        return found


def _check_order(form: forms.Form, values: dict[str, Any], first: str, last: str) -> None:
    if values.get(first) and values.get(last) and values[last] < values[first]:
        form.add_error(last, ValidationError(_("The end comes before the beginning.")))


def phase_choices() -> list[tuple[str, Any]]:
    """The phases of a location, in order, with what they mean."""
    words = sorted(phases().location_phases, key=lambda phase: phase.order)
    known = [phase for phase in words if phase.code in Phase.values]
    return explained(
        [(phase.code, phase.name[:1].upper() + phase.name[1:]) for phase in known],
        {phase.code: phase.description for phase in known},
    )


class PhaseForm(Form):
    phase = _radio(_("Phase"))
    since = DateField(label=_("From"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phase"].choices = phase_choices()


class GateForm(Form):
    """A go / no-go question. A "no" is an outcome: it needs a day to look again."""

    gate = _radio(_("Which question?"))
    outcome = _radio(_("What is the answer?"), choices=Outcome.choices)
    reason = TextField(label=_("Why?"), required=False)
    decided_on = DateField(label=_("Decided on"), latest=today)
    review_on = DateField(
        label=_("Look again on"),
        required=False,
        help_text=_("Only with a “no”. On that day the question comes back."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        questions = {phase.gate.code: phase.gate.question for phase in phases().phases if phase.gate}
        self.fields["gate"].choices = [(code, questions.get(code, label)) for code, label in Gate.choices]

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if (
            found.get("outcome") == Outcome.NO
            and not found.get("review_on")
            and "review_on" not in self.errors
        ):
            self.add_error("review_on", ValidationError(_("Choose a day on which you look at this again.")))
        return found


class DecisionForm(Form):
    """Intensify, continue, scale down or end; what changes with it stands in the same form."""

    kind = _radio(_("What did you decide?"))
    decided_on = DateField(label=_("Decided on"), latest=today)
    hours_per_year = HoursField(
        label=_("Hours a year from now on"), required=False, most=MOST_HOURS, help_text=_("Empty: as it was.")
    )
    contribution_cents = MoneyField(label=_("What the location pays a year"), required=False)
    agreed_until = DateField(
        label=_("Agreed until"), required=False, help_text=_("When you stop: the last day.")
    )
    reason = TextField(label=_("Why?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = partnership_options().body
        self.fields["kind"].choices = explained(DecisionKind.choices, _texts(options.decision_kinds))


class ExploratoryTalkForm(Form):
    held_on = DateField(label=_("When was the talk?"), latest=today)
    note = TextField(
        label=_("What was it about?"), required=False, help_text=_("Write no names of children here.")
    )


class CheckForm(Form):
    """The yearly question: is this still cooperation, or only service?"""

    outcome = _radio(_("What is it this year?"))
    note = TextField(label=_("Explanation"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = partnership_options().body
        self.fields["outcome"].choices = explained(CheckOutcome.choices, _texts(options.yearly_checks))


class WaitingForm(Form):
    waiting_since = DateField(
        label=_("On the waiting list since"),
        required=False,
        help_text=_("Empty: not on the waiting list."),
    )
    start_wave = forms.ChoiceField(label=_("Starts in school year"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = sorted(years_around(SchoolYear.running(), before=0, after=4))
        self.fields["start_wave"].choices = [
            ("", _("Not known yet")),
            *((str(year), str(year).replace("-", "–")) for year in years),
        ]

    def clean_start_wave(self) -> SchoolYear | None:
        value = self.cleaned_data["start_wave"]
        return SchoolYear.parse(value) if value else None
