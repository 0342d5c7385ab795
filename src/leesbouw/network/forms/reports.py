"""The report of a talk: one page, at most four fields that one has to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leesbouw.accounts.enums import Level
from leesbouw.core.time import today
from leesbouw.people.models import StaffMember
from leesbouw.plans.enums import Side
from leesbouw.plans.queries import doer_choices, doer_of
from leesbouw.ui.forms import DateField, NameField, TextField

from .. import queries
from ..enums import TalkKind
from .planning import NO_CHILDREN, HourField, PeopleForm

MOST_AGREEMENTS = 6
SHOWN_AGREEMENTS = 3  # the others lie folded below


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
