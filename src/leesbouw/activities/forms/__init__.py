"""Forms of visits and hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.core.time import AMSTERDAM, today
from leesbouw.organisations.models import ClassGroup, Unit
from leesbouw.people.models import StaffMember
from leesbouw.plans.enums import Audience, Region
from leesbouw.plans.models import PlannedActivity
from leesbouw.ui.forms import (
    CarefulForm,
    DateField,
    Form,
    HourField,
    HoursField,
    NameField,
    TextField,
    TicksField,
)

from ..enums import Done, TeachersPart, Work
from .look_back import LookBackFilters  # noqa: F401 -- a form like the others

NO_CHILDREN = _("Do not write names of children.")
IN_HOURS = _("In hours, such as 1,5 or 1:30.")
LONGEST_DAY = Decimal(12)
MINUTES = 60


class TimesForm(Form):
    """When a visit is: a day, and from when to when on it."""

    day = DateField(label=_("Day"))
    begins = HourField(label=pgettext_lazy("clock", "From"))
    ends = HourField(label=pgettext_lazy("clock", "Until"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("A visit ends later than it begins."))
        return cleaned

    def times(self) -> dict[str, datetime]:
        """When it starts and ends, as the clock is in the Netherlands that day."""
        given = self.cleaned_data
        return {
            "starts_at": datetime.combine(given["day"], given["begins"], AMSTERDAM),
            "ends_at": datetime.combine(given["day"], given["ends"], AMSTERDAM),
        }


class VisitForm(CarefulForm, TimesForm):
    """A visit at one location; what of its year plan it serves, when there is one."""

    activity = forms.TypedChoiceField(
        label=_("From the year plan"), required=False, coerce=int, empty_value=None
    )
    what = NameField(label=_("What will you do?"), max_length=160, help_text=NO_CHILDREN)
    staff = forms.TypedChoiceField(label=_("Who goes?"), required=False, coerce=int, empty_value=None)
    groups = forms.TypedMultipleChoiceField(
        label=_("Groups"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    classes = TicksField(
        label=_("Exactly which classes?"), help_text=_("Tick nothing for every class of these years.")
    )
    audience = forms.ChoiceField(label=_("For whom?"), choices=Audience.choices)
    part = forms.ChoiceField(label=_("The teacher"), choices=TeachersPart.choices)
    take = TextField(
        label=_("Take along"), required=False, max_length=600, help_text=_("One thing on each line.")
    )

    field_order = [
        "day",
        "begins",
        "ends",
        "activity",
        "what",
        "staff",
        "groups",
        "classes",
        "audience",
        "part",
        "take",
    ]

    def __init__(
        self,
        *args: Any,
        activities: Sequence[PlannedActivity],
        staff: Sequence[StaffMember],
        groups: Sequence[int],
        classes: Sequence[ClassGroup],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        TicksField.offer(self, "classes", [(one.pk, one.name) for one in classes])
        self.fields["staff"].choices = [("", _("Nobody yet")), *((row.pk, row.name) for row in staff)]
        self.fields["activity"].choices = [
            ("", _("Nothing of the year plan")),
            *((row.pk, row.what) for row in activities),
        ]
        self.fields["groups"].choices = [(number, str(number)) for number in groups]
        for name, wanted in (("activity", activities), ("groups", groups)):
            if not wanted:
                del self.fields[name]

    def said(self, cleaned: Any) -> list[str]:
        return [str(cleaned.get(name) or "") for name in ("what", "take")]

    def row(self) -> dict[str, Any]:
        """What an action takes, without the unit."""
        given = self.cleaned_data
        return self.times() | {
            "activity_id": given.get("activity"),
            "staff_id": given["staff"],
            "groups": tuple(given.get("groups", ())),
            "class_ids": tuple(given.get("classes", ())),
            **{name: given[name] for name in ("what", "audience", "part", "take")},
        }


class CancelForm(CarefulForm):
    reason = NameField(
        label=_("Why?"),
        max_length=160,
        required=False,
        help_text=_("For example: the group is out that day."),
    )

    def said(self, cleaned: Any) -> list[str]:
        return [str(cleaned.get("reason") or "")]


class TakeoverForm(CarefulForm):
    """Who goes instead; one's own name comes first."""

    staff = forms.TypedChoiceField(label=_("Who goes instead?"), coerce=int)
    why = NameField(
        label=_("Why?"),
        max_length=160,
        required=False,
        help_text=_("Your colleagues see this. Write “ill” at most, nothing about an illness."),
    )

    def __init__(self, *args: Any, staff: Sequence[StaffMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].choices = [(row.pk, row.name) for row in staff]

    def said(self, cleaned: Any) -> list[str]:
        return [str(cleaned.get("why") or "")]


class ReportForm(CarefulForm):
    """Four fields, in under a minute."""

    done = forms.ChoiceField(label=_("Did it work out?"), choices=Done.choices, widget=forms.RadioSelect)
    time = HoursField(label=_("How long were you busy?"), most=LONGEST_DAY, help_text=IN_HOURS)
    noticed = TextField(
        label=_("What stood out?"),
        required=False,
        max_length=2000,
        help_text=NO_CHILDREN,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    next_step = NameField(label=_("Next step"), max_length=200, required=False)
    as_action = forms.BooleanField(label=_("Put this on my list of actions"), required=False)

    def said(self, cleaned: Any) -> list[str]:
        return [str(cleaned.get(name) or "") for name in ("noticed", "next_step")]

    def row(self) -> dict[str, Any]:
        """What an action takes; an action has two weeks."""
        given = self.cleaned_data
        return {
            "done": given["done"],
            "minutes": int(given["time"] * MINUTES),
            "noticed": given["noticed"],
            "next_step": given["next_step"],
            "as_action": given["as_action"],
            "due_on": today() + timedelta(days=14),
        }


class HoursForm(Form):
    """Work that is no visit."""

    work = forms.ChoiceField(label=_("What was it?"), choices=Work.choices)
    words = NameField(label=_("In your own words"), max_length=100, required=False, help_text=NO_CHILDREN)
    unit = forms.TypedChoiceField(
        label=_("For which location?"), required=False, coerce=int, empty_value=None
    )
    worked_on = DateField(label=_("Day"), latest=today)
    time = HoursField(label=_("How long?"), most=LONGEST_DAY, help_text=IN_HOURS)

    def __init__(self, *args: Any, own: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [
            ("", pgettext_lazy("location", "None in particular")),
            *((row.pk, row.name) for row in own),
        ]

    def row(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "work": given["work"],
            "words": given["words"],
            "unit_id": given["unit"],
            "worked_on": given["worked_on"],
            "minutes": int(given["time"] * MINUTES),
        }


WEEKDAYS = (
    ("1", pgettext_lazy("day of the week", "Monday")),
    ("2", pgettext_lazy("day of the week", "Tuesday")),
    ("3", pgettext_lazy("day of the week", "Wednesday")),
    ("4", pgettext_lazy("day of the week", "Thursday")),
    ("5", pgettext_lazy("day of the week", "Friday")),
)
MOST_A_DAY, LONGEST_TRAVEL = 8, 120


class RhythmForm(Form):
    """How somebody works, for a proposal of her diary."""

    days = forms.TypedMultipleChoiceField(
        label=_("On which days do you visit schools?"),
        choices=WEEKDAYS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    begins = HourField(label=_("First hour at a school"))
    ends = HourField(label=_("Last hour at a school"))
    most = forms.IntegerField(label=_("Visits a day, at most"), min_value=1, max_value=MOST_A_DAY)
    travel_near = forms.IntegerField(
        label=_("In one neighbourhood"),
        help_text=_("The same four digits of the postcode. Empty: half of the time in one municipality."),
        required=False,
        min_value=0,
        max_value=LONGEST_TRAVEL,
    )
    travel = forms.IntegerField(label=_("In one municipality"), min_value=0, max_value=LONGEST_TRAVEL)
    travel_far = forms.IntegerField(
        label=_("To another municipality"),
        help_text=_("Empty: half as much again."),
        required=False,
        min_value=0,
        max_value=LONGEST_TRAVEL,
    )
    region = forms.ChoiceField(
        label=_("Whose school holidays?"),
        choices=[("", _("Of the region of each school")), *Region.choices],
        required=False,
    )


class ShiftForm(TimesForm):
    """Another day or hour for a proposal."""


class GroupNoteForm(CarefulForm):
    """A few words for the teacher, about the group."""

    text = TextField(
        label=_("What can the teacher use?"),
        required=False,
        max_length=600,
        help_text=_("About the group, never about one child. Leave it empty to take the note away."),
    )
