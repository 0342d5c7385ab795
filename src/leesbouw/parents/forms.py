"""Forms of parent partnership. Those with words stop once when a child's first name stands in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.core.time import today
from leesbouw.organisations.models import Location
from leesbouw.plans.queries import parent_group_names, traits
from leesbouw.ui.forms import CarefulForm, DateField, Form, NameField, TextField

from . import queries
from .enums import Condition, DiscussedWith, Mark, Occasion, Present, TalkKind, Verdict

NO_NAMES = _("Write no names of children or parents.")
KNOWN = pgettext_lazy("indicator", "As Leesbouw knows it")
QUESTION, CHECK = "vraag-", "kenmerk-"


class IndicatorForm(Form):
    """The five indicators of a location, as somebody knows them; empty leaves what Leesbouw knows."""

    note = NameField(label=_("Note"), max_length=300, required=False, help_text=NO_NAMES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in queries.guide().indicators:
            self.fields[CHECK + one.code] = forms.ChoiceField(
                label=one.text,
                choices=[("", KNOWN), *Mark.choices],
                widget=forms.RadioSelect,
                required=False,
            )
        self.order_fields([*(CHECK + one.code for one in queries.guide().indicators), *self.fields])
        if "begin" in self.fields:
            self.initial["begin"] = self.begin_now()

    def values(self) -> dict[str, Any]:
        values = super().values()
        return {"answers": _of(values, CHECK, Mark), "note": values["note"]}


def _of(values: Mapping[str, Any], prefix: str, kind: Any) -> dict[str, Any]:
    """What was answered to the fields of one prefix, by code."""
    return {
        name.removeprefix(prefix): kind(value)
        for name, value in values.items()
        if name.startswith(prefix) and value
    }


class ChooseForm(Form):
    """Which locations one begins with."""

    kies = forms.MultipleChoiceField(
        label=_("Locations"), choices=(), error_messages={"required": _("Choose at least one location.")}
    )

    def __init__(self, *args: Any, rows: Sequence[queries.SelectionRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kies"].choices = [
            (str(row.location.pk), row.location.name) for row in rows if row.run is None
        ]


class PlanForm(Form):
    """The day of a talk, and who joins: a school and child care can share one."""

    planned_on = DateField(label=_("On which day?"))
    others = forms.MultipleChoiceField(
        label=_("Who else sits at the table?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("A school and child care can have one talk together."),
    )

    def __init__(self, *args: Any, others: Sequence[Location], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["others"].choices = [(str(one.pk), one.name) for one in others]
        if not others:
            del self.fields["others"]


class ReportForm(CarefulForm):
    """What came of a talk: who sat there, the questions of the guide, and what was agreed."""

    held_on = DateField(label=_("Held on"), latest=today)
    present = forms.MultipleChoiceField(
        label=_("Who sat at the table?"),
        choices=Present.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    outcome = TextField(label=_("What did you agree?"), max_length=2000, help_text=NO_NAMES)
    agreed = forms.TypedChoiceField(
        label=_("Does the location want to begin?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    next_on = DateField(
        label=_("When do you see each other again?"),
        required=False,
        help_text=_("After a “no”: when do you ask again?"),
    )

    def __init__(self, *args: Any, kind: TalkKind, guide: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = guide.questions if kind in (TalkKind.START, TalkKind.DEEPENING) else ()
        for one in self.questions:
            self.fields[QUESTION + one.code] = TextField(
                label=one.text, max_length=1000, required=False, help_text=one.hint
            )
        if kind != TalkKind.START:
            del self.fields["agreed"]
            self.fields["next_on"].help_text = ""
        asked = [QUESTION + one.code for one in self.questions]
        self.order_fields(["held_on", "present", *asked, "outcome", "agreed", "next_on", "sure"])
        if "begin" in self.fields:
            self.initial["begin"] = self.begin_now()

    def said(self, cleaned: Mapping[str, Any]) -> list[str]:
        return [
            str(value)
            for name, value in cleaned.items()
            if value and (name == "outcome" or name.startswith(QUESTION))
        ]

    def values(self) -> dict[str, Any]:
        values = super().values()
        return {
            "held_on": values["held_on"],
            "present": values["present"],
            "outcome": values["outcome"],
            "answers": _of(values, QUESTION, str),
            "agreed": values.get("agreed"),
            "next_on": values["next_on"],
        }


class WishForm(CarefulForm):
    """What one kind of parents wishes and expects."""

    occasion = forms.TypedChoiceField(
        label=_("Where did you hear it?"), choices=Occasion.choices, coerce=Occasion, widget=forms.RadioSelect
    )
    group = forms.ChoiceField(
        label=_("For which parents does it hold?"),
        widget=forms.RadioSelect,
        help_text=_("Write down what holds for several parents, never for one family."),
    )
    held_on = DateField(label=_("When?"), latest=today)
    parents = forms.IntegerField(
        label=_("How many parents, about?"), min_value=2, max_value=2000, required=False
    )
    wishes = TextField(label=_("What do they wish and expect?"), max_length=2000, help_text=NO_NAMES)
    agreements = TextField(label=_("What did you agree?"), max_length=2000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = list(parent_group_names().items())

    def said(self, cleaned: Mapping[str, Any]) -> list[str]:
        return [str(cleaned.get(name) or "") for name in ("wishes", "agreements")]

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != "sure"}


class ConditionForm(CarefulForm):
    """How the five conditions of partnership are met."""

    note = TextField(label=_("Note"), max_length=1000, required=False, help_text=NO_NAMES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        conditions = queries.guide().conditions
        for one in conditions:
            self.fields[CHECK + one.code] = forms.ChoiceField(
                label=one.name,
                choices=Condition.choices,
                widget=forms.RadioSelect,
                required=False,
                help_text=one.text,
            )
        self.order_fields([*(CHECK + one.code for one in conditions), "note", "sure"])

    def said(self, cleaned: Mapping[str, Any]) -> list[str]:
        return [str(cleaned.get("note") or "")]

    def values(self) -> dict[str, Any]:
        values = super().values()
        return {"answers": _of(values, CHECK, Condition), "note": values["note"]}


class DiscussedForm(CarefulForm):
    """With whom the activity plan was discussed."""

    discussed_with = forms.TypedChoiceField(
        label=_("With whom?"), choices=DiscussedWith.choices, coerce=DiscussedWith, widget=forms.RadioSelect
    )
    held_on = DateField(label=_("When?"), latest=today)
    outcome = TextField(label=_("What came of it?"), max_length=1000, required=False, help_text=NO_NAMES)

    def said(self, cleaned: Mapping[str, Any]) -> list[str]:
        return [str(cleaned.get("outcome") or "")]

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != "sure"}


class JudgeForm(Form):
    """A form or project after the ten questions."""

    name = NameField(label=_("Which form or project?"), max_length=120)
    characteristics = forms.MultipleChoiceField(
        label=_("Which characteristics has it?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    groups = forms.MultipleChoiceField(
        label=_("For which parents does it suit?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    verdict = forms.TypedChoiceField(
        label=_("What do you make of it?"), choices=Verdict.choices, coerce=Verdict, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = queries.guide()
        self.fields["characteristics"].choices = [
            (one.code, f"{one.letter}. {one.text}") for one in traits().characteristics
        ]
        self.fields["groups"].choices = list(parent_group_names().items())
        for one in body.questions:
            if one.code not in ("features", "suits"):  # asked as boxes
                self.fields[QUESTION + one.code] = NameField(label=one.text, max_length=300, required=False)
        asked = [name for name in self.fields if name.startswith(QUESTION)]
        self.order_fields(["name", *asked[:6], "characteristics", "groups", *asked[6:], "verdict"])

    def values(self) -> dict[str, Any]:
        values = super().values()
        kept = {name: values[name] for name in ("name", "verdict", "characteristics", "groups")}
        return kept | {"answers": _of(values, QUESTION, str)}
