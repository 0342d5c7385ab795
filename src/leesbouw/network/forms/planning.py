"""Forms around a talk: who is there, when it is, and how often one talks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leesbouw.accounts.enums import Level
from leesbouw.people.models import Contact, StaffMember
from leesbouw.people.queries import function_label
from leesbouw.ui.forms import DateField, Form, HourField, NameField

from ..enums import TalkKind
from ..queries import Attendees, Guide

NO_CHILDREN = _("Do not write names of children.")


class PeopleForm(Form):
    """What forms of a talk share: who is, or was, there."""

    contacts = forms.TypedMultipleChoiceField(
        label=_("From the organisation"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    more_contacts = forms.TypedMultipleChoiceField(
        label=_("Others of the organisation"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    near = forms.TypedMultipleChoiceField(
        label=_("From the library"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    others = forms.TypedMultipleChoiceField(
        label=_("Other colleagues"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: Attendees, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        for name in ("contacts", "more_contacts", "near", "others"):
            rows = getattr(people, name)
            self.fields[name].choices = [(row.pk, _with_function(row)) for row in rows]
            if not rows:
                del self.fields[name]

    def everybody(self) -> dict[str, tuple[int, ...]]:
        """`staff_ids` and `contact_ids` of who was ticked."""
        given = self.cleaned_data
        return {
            "contact_ids": (*given.get("contacts", ()), *given.get("more_contacts", ())),
            "staff_ids": (*given.get("near", ()), *given.get("others", ())),
        }


def _with_function(person: Contact | StaffMember) -> str:
    """A name with the function that tells two people apart."""
    if isinstance(person, Contact):
        return f"{person.name}, {function_label(person.function)}"
    return person.name


def chosen_people(people: Attendees) -> dict[str, list[int]]:
    """Initial ticks."""
    near = {row.pk for row in people.near}
    return {
        "contacts": people.chosen_contacts,
        "near": [pk for pk in people.chosen_staff if pk in near],
        "others": [pk for pk in people.chosen_staff if pk not in near],
    }


class PlanForm(PeopleForm):
    """A talk to plan, or one to write up right away."""

    kind = forms.ChoiceField(label=_("Kind of talk"), choices=TalkKind.choices)
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    planned_on = DateField(label=_("Day"))
    planned_at = HourField(label=_("Hour"), required=False)
    guide = forms.ChoiceField(label=_("Conversation guide"), required=False)
    subject = NameField(label=_("Subject"), max_length=160, required=False, help_text=NO_CHILDREN)

    field_order = [
        "kind",
        "level",
        "planned_on",
        "planned_at",
        "contacts",
        "more_contacts",
        "near",
        "others",
        "guide",
        "subject",
    ]

    def __init__(self, *args: Any, guides: Sequence[Guide], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guide"].choices = [("", _("No guide")), *((one.code, one.name) for one in guides)]

    def values(self) -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in ("kind", "level", "planned_on", "planned_at")}
        return (
            values
            | {"guide": self.cleaned_data["guide"], "subject": self.cleaned_data["subject"]}
            | self.everybody()
        )


class MoveForm(Form):
    planned_on = DateField(label=_("Day"))
    planned_at = HourField(label=_("Hour"), required=False)


class RhythmForm(Form):
    """How many talks a year at each level, and who of us sees to them; empty means as it is usual."""

    def __init__(
        self, *args: Any, levels: Sequence[tuple[str, Any]], staff: Sequence[StaffMember], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.levels = [code for code, _label in levels]
        people = [("", _("Nobody in particular")), *((row.pk, row.name) for row in staff)]
        for code, label in levels:
            self.fields[f"per_year_{code}"] = forms.IntegerField(
                label=label, required=False, min_value=0, max_value=52
            )
            self.fields[f"staff_{code}"] = forms.TypedChoiceField(
                label=_("Who sees to it"), choices=people, required=False, coerce=int, empty_value=None
            )
        self.order_fields([f"{part}_{code}" for code in self.levels for part in ("per_year", "staff")])

    @property
    def level_rows(self) -> list[list[forms.BoundField]]:
        return [[self[f"{part}_{code}"] for part in ("per_year", "staff")] for code in self.levels]

    def pairs(self) -> Iterable[tuple[str, int | None, int | None]]:
        """(level, talks a year or None, colleague or None)."""
        for code in self.levels:
            yield code, self.cleaned_data[f"per_year_{code}"], self.cleaned_data[f"staff_{code}"]
