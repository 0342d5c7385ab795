"""Forms about a round: its plan, questions of the library's own, followers, more time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import today
from leesbouw.ui.forms import DateField, Form, HoursField, NameField, TextField

from ..actions import Hours
from ..domain.calendar import Calendar
from ..enums import Cohort, Respondent

EVERYBODY, HALF = "iedereen", "beurt"
MOST_HOURS = 9999
LONGEST_OPTION = 60
DAYS = ("prepare_on", "opens_on", "closes_on", "report_on")
HOURS = ("management", "filling", "analysis", "feedback")


class PlanForm(Form):
    """Days, hours and modules of a round. `modules` are those that the lists know; None leaves them as they are."""

    who = forms.ChoiceField(label=_("Which schools measure?"), widget=forms.RadioSelect)
    prepare_on = DateField(label=_("Administration from"))
    opens_on = DateField(label=_("Filling in from"))
    closes_on = DateField(label=_("Filling in up to and including"))
    report_on = DateField(label=_("Reports from"))
    management = HoursField(label=_("Administration"), required=False, most=MOST_HOURS)
    filling = HoursField(label=_("Filling in"), required=False, most=MOST_HOURS)
    analysis = HoursField(label=_("Analysis"), required=False, most=MOST_HOURS)
    feedback = HoursField(label=_("Talks about the results"), required=False, most=MOST_HOURS)
    modules = forms.MultipleChoiceField(
        label=_("Which extra parts are asked?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self, *args: Any, half: str, modules: Sequence[tuple[str, str, bool]] | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.half = half
        self.fields["who"].choices = [
            (HALF, _("Those whose turn it is this year")),
            (EVERYBODY, _("All schools, whatever their turn")),
        ]
        if modules:
            self.fields["modules"].choices = [(code, title) for code, title, _default in modules]
        else:
            del self.fields["modules"]
        if "begin" in self.fields:
            self.initial["begin"] = self.begin_now()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if all(cleaned.get(name) for name in DAYS) and not self.calendar_of(cleaned).in_order:
            self.add_error(
                "closes_on", _("Put the days in order: administration, filling in, closing, reports.")
            )
        return cleaned

    @staticmethod
    def calendar_of(values: Mapping[str, Any]) -> Calendar:
        return Calendar(*(values[name] for name in DAYS))

    def values(self) -> dict[str, Any]:
        values = super().values()
        return {
            "calendar": self.calendar_of(values),
            "hours": Hours(**{name: values[name] for name in HOURS}),
            "cohort": Cohort.EVERY_YEAR if values["who"] == EVERYBODY else self.half,
            "modules": values.get("modules"),
        }

    @property
    def day_rows(self) -> list[Any]:
        return [self[name] for name in DAYS]

    @property
    def hour_rows(self) -> list[Any]:
        return [self[name] for name in HOURS]


class QuestionForm(Form):
    """A question of the library's own; without answers to choose from it asks for words."""

    respondent = forms.ChoiceField(label=_("On which list?"), widget=forms.RadioSelect)
    text = NameField(label=_("The question"), max_length=200)
    options = TextField(
        label=_("Answers to choose from"),
        required=False,
        max_length=600,
        help_text=_("One on each line. Leave it empty for an answer in one's own words."),
    )

    def __init__(self, *args: Any, respondents: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["respondent"].choices = [(code, Respondent(code).label) for code in respondents]
        if "begin" in self.fields:
            self.initial["begin"] = self.begin_now()

    def values(self) -> dict[str, Any]:
        values = super().values()
        lines = (line.strip()[:LONGEST_OPTION] for line in values["options"].split("\n"))
        return values | {"options": list(dict.fromkeys(line for line in lines if line))}


class FollowerForm(Form):
    name = NameField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"))


class ExtendForm(Form):
    until = DateField(label=_("Filling in up to and including"), earliest=today)


class LettersForm(Form):
    """Words of one's own below each reminder."""

    extra = TextField(
        label=_("Something of your own"),
        required=False,
        max_length=600,
        help_text=_("Stands in every reminder. The head gets a fixed text with a link."),
    )


class AskForm(Form):
    """To whom the link goes."""

    name = NameField(label=_("Who decides for the school?"), max_length=100)
    email = forms.EmailField(label=_("E-mail address"))
