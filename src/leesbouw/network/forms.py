"""Forms and filters of talks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leesbouw.accounts.enums import Level
from leesbouw.core.time import today
from leesbouw.organisations.enums import UnitKind
from leesbouw.people.models import Contact, StaffMember
from leesbouw.people.queries import function_label
from leesbouw.plans.enums import Side
from leesbouw.plans.queries import doer_choices, doer_of
from leesbouw.ui.filters import (
    ChoiceFilter,
    FilterSet,
    FromDateFilter,
    ModelChoiceFilter,
    SearchFilter,
    UntilDateFilter,
)
from leesbouw.ui.forms import DateField, Form, NameField, TextField

from . import queries
from .domain import WANTS_WORK, DueState
from .enums import TalkKind
from .queries import AgendaRow, Attendees, Guide

NO_CHILDREN = _("Do not write names of children.")
MOST_AGREEMENTS = 6
SHOWN_AGREEMENTS = 3  # the others lie folded below
MINE, WORK = "mij", "werk"

STATE_LABELS = {
    DueState.UNWRITTEN: _("Write it up"),
    DueState.OVERDUE: _("Too late"),
    DueState.DUE: _("It is time"),
    DueState.SOON: _("Soon"),
    DueState.PLANNED: _("Planned"),
    DueState.LATER: _("Later"),
    DueState.HELD: _("Held"),
}
PARTNER_KINDS = (UnitKind.LOCATION, UnitKind.BOARD, UnitKind.MUNICIPALITY, UnitKind.PARTNER)


class HourField(forms.TimeField):
    """An hour of the day as people write it: 9, 9.30, 09:30."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%H:%M", "%H.%M", "%H"])
        kwargs.setdefault("error_messages", {"invalid": _("We cannot read this hour. Write it like 9.30.")})
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%H:%M") if isinstance(value, time) else value


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


class ReportForm(PeopleForm):
    """A talk written up in a minute: when, who, what was said, what was agreed, when again; the questions folded below."""

    held_on = DateField(label=_("Held on"), latest=today)
    summary = TextField(
        label=_("What did you talk about?"),
        help_text=NO_CHILDREN,
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=10_000,
    )
    next_on = DateField(label=_("Next talk on"), required=False)
    next_at = HourField(label=_("Hour"), required=False)
    kind = forms.ChoiceField(label=_("Kind of talk"), choices=TalkKind.choices)
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    subject = NameField(label=_("Subject"), max_length=160, required=False)

    def __init__(
        self, *args: Any, staff: Sequence[StaffMember], questions: Sequence[queries.Answered], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = list(questions)
        people = doer_choices(staff, [*self.people.contacts, *self.people.more_contacts])
        for number in range(MOST_AGREEMENTS):
            self._add_agreement(number, people)
        for one in self.asked:
            self.fields[f"answer_{one.code}"] = TextField(
                label=one.text,
                required=False,
                help_text=one.hint,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.order_fields(
            [
                "held_on",
                "contacts",
                "more_contacts",
                "near",
                "others",
                "summary",
                *(f"{part}_{n}" for n in range(MOST_AGREEMENTS) for part in ("what", "side", "who", "due")),
                "next_on",
                "next_at",
                "kind",
                "level",
                "subject",
            ]
        )

    def _add_agreement(self, number: int, people: Any) -> None:
        shown = {"number": number + 1}
        self.fields[f"what_{number}"] = NameField(
            label=_("Agreement %(number)s: what") % shown, max_length=200, required=False
        )
        self.fields[f"side_{number}"] = forms.ChoiceField(
            label=_("Agreement %(number)s: whose turn") % shown, choices=Side.choices, initial=Side.LIBRARY
        )
        self.fields[f"side_{number}"].required = False
        self.fields[f"who_{number}"] = forms.ChoiceField(
            label=_("Agreement %(number)s: who") % shown, choices=people, required=False
        )
        self.fields[f"due_{number}"] = DateField(
            label=_("Agreement %(number)s: before") % shown, required=False
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for number in range(MOST_AGREEMENTS):
            if (cleaned.get(f"who_{number}") or cleaned.get(f"due_{number}")) and not cleaned.get(
                f"what_{number}"
            ):
                self.add_error(f"what_{number}", _("Tell what was agreed."))
        held_on, next_on = cleaned.get("held_on"), cleaned.get("next_on")
        if held_on and next_on and next_on <= held_on:
            self.add_error("next_on", _("The next talk comes after this one."))
        return cleaned

    @property
    def agreement_rows(self) -> list[list[forms.BoundField]]:
        """The fields of each agreement that always shows."""
        return [self._row(number) for number in range(SHOWN_AGREEMENTS)]

    @property
    def more_agreement_rows(self) -> list[list[forms.BoundField]]:
        return [self._row(number) for number in range(SHOWN_AGREEMENTS, MOST_AGREEMENTS)]

    def _row(self, number: int) -> list[forms.BoundField]:
        return [self[f"{part}_{number}"] for part in ("what", "side", "who", "due")]

    @property
    def questions(self) -> list[tuple[forms.BoundField, queries.Answered]]:
        """Each question with its last known answer."""
        return [(self[f"answer_{one.code}"], one) for one in self.asked]

    @property
    def has_answers(self) -> bool:
        """Whether some question was answered in this form, so that it should lie open."""
        return any(bound.value() for bound, _known in self.questions)

    @property
    def has_more_agreements(self) -> bool:
        return any(row[0].value() or row[0].errors for row in self.more_agreement_rows)

    @property
    def required_count(self) -> int:
        """How many fields one has to fill in; promised to be at most four."""
        return sum(bound.field.required for bound in self.rows)

    def agreements(self) -> list[dict[str, Any]]:
        """What was agreed, as arguments of an AgreementRow."""
        given = self.cleaned_data
        return [
            {
                "what": given[f"what_{n}"],
                "side": given[f"side_{n}"] or Side.LIBRARY,
                "due_on": given[f"due_{n}"],
                **doer_of(given[f"who_{n}"]),
            }
            for n in range(MOST_AGREEMENTS)
            if given.get(f"what_{n}")
        ]

    def answers(self) -> dict[str, str]:
        """Question → text, as far as they were sent."""
        return {one.code: self.cleaned_data.get(f"answer_{one.code}", "") for one in self.asked}


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


class Rows(list):
    """Rows in memory, with as much of a QuerySet as a FilterSet asks for."""

    model = None

    def all(self) -> Rows:
        return self


class AgendaFilters(FilterSet):
    """Filters over the lines of the agenda, which are worked out and stand in no table."""

    search = SearchFilter(["unit"], param="zoek", label=_("Organisation"))
    state = ChoiceFilter(
        param="staat",
        label=_("State"),
        choices=[
            (WORK, _("Asks for work")),
            *((state.value, label) for state, label in STATE_LABELS.items()),
        ],
    )
    owner = ChoiceFilter(param="wie", label=_("Who of us"), choices=())
    level = ChoiceFilter(param="niveau", label=_("Level"), choices=Level.choices)
    kind = ChoiceFilter(param="soort", label=_("Kind of talk"), choices=TalkKind.choices)
    unit_kind = ChoiceFilter(
        param="partner",
        label=_("Kind of organisation"),
        choices=[(kind.value, kind.label) for kind in PARTNER_KINDS],
    )
    municipality = ChoiceFilter(param="gemeente", label=_("Municipality"), choices=())

    def __init__(self, data: Any, rows: Sequence[AgendaRow], *, request: Any) -> None:
        super().__init__(data, Rows(rows), request=request)  # type: ignore[arg-type]
        owners = {str(row.owner_id): row.owner for row in rows if row.owner}
        places = {str(row.municipality_id): row.municipality for row in rows if row.municipality}
        self.filters["wie"].extra["choices"] = [(MINE, _("Me")), *_by_name(owners)]
        self.filters["gemeente"].extra["choices"] = _by_name(places)

    def filter_queryset(self, queryset: Any) -> Any:
        given = {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "", [])}
        mine = set(queries.my_staff_ids(self.request.actor)) if given.get("wie") == MINE else set()
        return Rows(row for row in queryset if self._keeps(row, given, mine))

    def _keeps(self, row: AgendaRow, given: dict[str, Any], mine: set[int]) -> bool:
        wish = given.get("staat", "")
        if wish == WORK:
            fits = row.state in WANTS_WORK
        else:
            fits = row.state == wish if wish else row.state != DueState.LATER
        checks = {
            "niveau": row.level,
            "soort": row.kind,
            "partner": row.unit.kind,
            "gemeente": str(row.municipality_id),
        }
        fits = fits and all(given[name] == value for name, value in checks.items() if name in given)
        if "wie" in given:
            fits = fits and (
                row.owner_id in mine if given["wie"] == MINE else str(row.owner_id) == given["wie"]
            )
        words = str(given.get("zoek", "")).lower().split()
        return fits and all(word in f"{row.unit.name} {row.municipality}".lower() for word in words)


def _by_name(pairs: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(pairs.items(), key=lambda pair: pair[1])


class TalkFilters(FilterSet):
    search = SearchFilter(["unit__name", "subject", "summary"], param="zoek", label=_("Words"))
    kind = ChoiceFilter(param="soort", label=_("Kind of talk"), choices=TalkKind.choices)
    level = ChoiceFilter(param="niveau", label=_("Level"), choices=Level.choices)
    unit_kind = ChoiceFilter(
        "unit__kind",
        param="partner",
        label=_("Kind of organisation"),
        choices=[(kind.value, kind.label) for kind in PARTNER_KINDS],
    )
    unit = ModelChoiceFilter(
        param="eenheid",
        label=_("Organisation"),
        queryset=lambda request: queries.units_with_talks(request.actor),
    )
    owner = ChoiceFilter(param="wie", label=_("Who of us"), choices=(), method="by_owner")
    since = FromDateFilter("held_on", param="vanaf", label=_("From"))
    until = UntilDateFilter("held_on", param="tot", label=_("Until"))

    def __init__(self, data: Any, queryset: QuerySet, *, request: Any) -> None:
        super().__init__(data, queryset, request=request)
        people = queries.colleagues_with_talks(request.actor)
        self.filters["wie"].extra["choices"] = [(MINE, _("Me")), *people]

    def by_owner(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        actor = self.request.actor
        return queries.talks_of_staff(rows, queries.my_staff_ids(actor) if value == MINE else [int(value)])
