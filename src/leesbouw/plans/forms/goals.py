"""Forms of goals, of the activities of a year plan and of what is structural."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import ClassGroup, Location
from leesbouw.people.models import Contact, StaffMember
from leesbouw.ui.forms import (
    CarefulForm,
    DateField,
    Form,
    HoursField,
    MoneyField,
    NameField,
    TextField,
    TicksField,
)
from leesbouw.ui.templatetags.ui import year_label

from .. import queries
from ..actions import ActivityRow, GoalRow, Minutes
from ..enums import Audience, Decision, GoalKind, GoalOrigin, Habit, Side
from ..models import Goal

NO_CHILDREN = _("Do not write names of children.")
MOST_HOURS, MOST_VISITS, MOST_MINUTES, LONGEST_TEXT = Decimal(2000), 200, 600, 4000


class _OfGroups(CarefulForm):
    """A form about something for certain groups of a location; `words` are the fields with words of one's own, `whose`
    the one that says whose it is."""

    words: tuple[str, ...] = ()
    whose = ""

    def __init__(self, *args: Any, unit: Location, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.whose:
            self.fields[self.whose].choices = list(queries.owners_at(unit).items())
        groups = [group for group in queries.groups_in_plan(unit) if group != queries.EVERY_GROUP]
        if groups:
            self.fields["groups"].choices = [(str(group), str(group)) for group in groups]
        else:
            del self.fields["groups"]
        if "begin" in self.fields:
            self.initial["begin"] = self.begin_now()

    def said(self, cleaned: Mapping[str, Any]) -> list[str]:
        return [str(cleaned.get(name) or "") for name in self.words]


class GoalForm(_OfGroups):
    """A goal: a figure of the Monitor with where one wants to go, or a change with what will show it."""

    words = ("what", "evidence", "why", "one_more")
    whose = "owner"

    what = NameField(label=_("What do you want to reach?"), max_length=200, help_text=NO_CHILDREN)
    kind = forms.TypedChoiceField(
        label=_("How will you see it?"), choices=GoalKind.choices, coerce=GoalKind, widget=forms.RadioSelect
    )
    measure = forms.ChoiceField(label=_("Which figure?"), required=False)
    target = forms.DecimalField(
        label=_("Where do you want to go?"),
        required=False,
        localize=True,
        min_value=0,
        max_value=10000,
        decimal_places=1,
        help_text=_("For a share in percent, such as 70."),
    )
    evidence = NameField(
        label=_("What will show the change?"),
        max_length=300,
        required=False,
        help_text=_("Something that somebody can look at, such as a timetable or a report of a talk."),
    )
    why = TextField(label=_("Why this goal?"), required=False, max_length=LONGEST_TEXT)
    owner = forms.TypedChoiceField(
        label=_("Whose goal is it?"), choices=Side.choices, coerce=Side, widget=forms.RadioSelect
    )
    audience = forms.TypedChoiceField(
        label=_("For whom?"), choices=Audience.choices, coerce=Audience, widget=forms.RadioSelect
    )
    groups = forms.MultipleChoiceField(
        label=_("Which groups?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Tick nothing for all groups."),
    )
    last_year = forms.TypedChoiceField(
        label=_("Until the end of"), coerce=SchoolYear.parse, help_text=_("Follow when you measure again.")
    )
    one_more = NameField(label=_("Why this one too?"), max_length=200)

    def __init__(
        self,
        *args: Any,
        choices: Sequence[queries.MeasureChoice],
        years: Sequence[SchoolYear],
        is_full: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [
            ("", _("Choose a figure")),
            *((one.measure.code, one.label) for one in choices),
        ]
        self.fields["last_year"].choices = [(str(year), year_label(year)) for year in years]
        if not is_full:
            del self.fields["one_more"]
        if "begin" in self.fields:
            self.initial["begin"] = self.begin_now()

    def goal_row(self, *, origin: GoalOrigin, finding_id: int | None = None, breakdown: str = "") -> GoalRow:
        """What `actions.add_goal` takes."""
        values = self.values()
        target = values.pop("target")
        groups = tuple(int(one) for one in values.pop("groups", ()))
        return GoalRow(
            **values,
            target=None if target is None else float(target),
            groups=groups,
            origin=origin,
            finding_id=finding_id,
            breakdown=breakdown,
        )


def goal_initial(goal: Goal) -> dict[str, Any]:
    """The values that the form of a goal begins with."""
    names = "what kind measure evidence why owner audience one_more"
    return {name: getattr(goal, name) for name in names.split()} | {
        "target": queries.target_as_said(goal.measure, goal.target) if goal.measure else None,
        "groups": [str(one) for one in goal.groups],
        "last_year": str(goal.last_year),
    }


class EvaluationForm(CarefulForm):
    """How a goal went, in the school's own words, and what is decided."""

    words = TextField(
        label=_("How did it go, in your own words?"), max_length=LONGEST_TEXT, help_text=NO_CHILDREN
    )
    decision = forms.TypedChoiceField(
        label=_("What do you decide?"), choices=Decision.choices, coerce=Decision, widget=forms.RadioSelect
    )

    def said(self, cleaned: Mapping[str, Any]) -> list[str]:
        return [str(cleaned.get("words") or "")]


class PlannedForm(_OfGroups):
    """An activity of the year plan: the columns of the planning form, with groups, hours and money."""

    words = ("what", "aim", "steps", "how", "evaluation")
    whose = "side"

    what = NameField(label=_("Activity"), max_length=200)
    goal = forms.ChoiceField(label=_("Which goal does it serve?"), required=False)
    aim = NameField(label=_("What do you want to reach with it?"), max_length=500, required=False)
    steps = TextField(label=_("What are you going to do?"), required=False, max_length=LONGEST_TEXT)
    audience = GoalForm.base_fields["audience"]
    groups = GoalForm.base_fields["groups"]
    classes = TicksField(
        label=_("Exactly which classes?"), help_text=_("Tick nothing for every class of these years.")
    )
    from_on = DateField(label=_("From"), required=False)
    until_on = DateField(label=_("Until"), required=False)
    side = forms.TypedChoiceField(
        label=_("Who is responsible?"), choices=Side.choices, coerce=Side, widget=forms.RadioSelect
    )
    who = forms.ChoiceField(label=_("Who does it?"), required=False)
    how = TextField(
        label=_("How is it organised?"), required=False, max_length=LONGEST_TEXT, help_text=NO_CHILDREN
    )
    times = forms.IntegerField(
        label=_("Visits of the library"), min_value=0, max_value=MOST_VISITS, required=False
    )
    hours = HoursField(label=_("Hours of the library, all together"), most=MOST_HOURS, required=False)
    school_hours = HoursField(label=_("Hours of the school"), most=MOST_HOURS, required=False)
    cost_cents = MoneyField(label=_("Extra costs"), required=False)
    learning = forms.MultipleChoiceField(
        label=_("Which learning goals does it serve?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    evaluation = TextField(
        label=_("How did it go?"), required=False, max_length=LONGEST_TEXT, help_text=NO_CHILDREN
    )

    def __init__(
        self,
        *args: Any,
        goals: Sequence[Goal],
        staff: Sequence[StaffMember],
        contacts: Sequence[Contact],
        classes: Sequence[ClassGroup],
        is_new: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        taught = queries.learning_goals(kwargs["unit"].sector)
        self.fields["learning"].choices = [(goal.code, goal.name) for goal in taught.values()]
        if not taught:
            del self.fields["learning"]
        TicksField.offer(self, "classes", [(one.pk, one.name) for one in classes])
        self.fields["goal"].choices = [
            ("", _("None in particular")),
            *((str(goal.pk), goal.what) for goal in goals),
        ]
        self.fields["who"].choices = queries.doer_choices(staff, contacts)
        if is_new:
            del self.fields["evaluation"]
        if "begin" in self.fields:
            self.initial["begin"] = self.begin_now()

    def activity_row(self, form: str = "") -> ActivityRow:
        """What `actions.add_activity` takes."""
        values = self.values()
        goal, groups = values.pop("goal"), tuple(int(one) for one in values.pop("groups", ()))
        classes = tuple(values.pop("classes", ()))
        zero = Decimal(0)
        return ActivityRow(
            **values
            | queries.doer_of(values.pop("who"))
            | {
                "goal_id": int(goal) if goal else None,
                "groups": groups,
                "class_ids": classes,
                "form": form,
                "learning": values.get("learning"),
                "times": values["times"] or 0,
                "hours": values["hours"] or zero,
                "school_hours": values["school_hours"] or zero,
            }
        )


def planned_initial(activity: Any, learning: Sequence[str]) -> dict[str, Any]:
    """The values that the form of a planned activity begins with; `learning` are the learning goals it serves."""
    names = "what aim steps audience from_on until_on side how times hours school_hours cost_cents evaluation"
    return {name: getattr(activity, name) for name in names.split()} | {
        "goal": str(activity.goal_id or ""),
        "groups": [str(one) for one in activity.groups],
        "learning": list(learning),
        "classes": [one.pk for one in activity.classes.all()],
        "who": queries.doer_value(activity),
    }


AGREED, REAL = "afspraak", "echt"


class StructuralForm(Form):
    """Minutes a week by year group and habit: what was agreed, and what really happens."""

    def __init__(self, *args: Any, rows: Sequence[queries.HabitRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.habits = rows
        for row in rows:
            for group, told in row.cells:
                for part, value in ((AGREED, told and told.agreed), (REAL, told and told.real)):
                    self.fields[_cell(row.habit, group, part)] = forms.IntegerField(
                        label=_label(row.habit, group, part),
                        min_value=0,
                        max_value=MOST_MINUTES,
                        required=False,
                        initial=value,
                    )

    @property
    def table(self) -> list[tuple[Any, list[tuple[int, Any, Any]]]]:
        """For each habit its boxes by group: group, agreed, real."""
        return [
            (
                row.habit.label,
                [
                    (group, self[_cell(row.habit, group, AGREED)], self[_cell(row.habit, group, REAL)])
                    for group, _told in row.cells
                ],
            )
            for row in self.habits
        ]

    def minutes(self) -> dict[tuple[int, Habit], Minutes]:
        """What `actions.set_structural` takes: every cell in which somebody filled in something."""
        found = {}
        for row in self.habits:
            for group, _told in row.cells:
                agreed = self.cleaned_data[_cell(row.habit, group, AGREED)]
                real = self.cleaned_data[_cell(row.habit, group, REAL)]
                if agreed is not None or real is not None or _told is not None:
                    found[group, row.habit] = Minutes(agreed or 0, real)
        return found


def _cell(habit: Habit, group: int, part: str) -> str:
    return f"{habit}-{group}-{part}"


def _label(habit: Habit, group: int, part: str) -> str:
    words = (
        _("%(habit)s, group %(group)s, minutes agreed")
        if part == AGREED
        else _("%(habit)s, group %(group)s, minutes that are real")
    )
    return words % {"habit": habit.label, "group": group}
