"""Forms and filters of pupils."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import today
from leesbouw.ui.filters import MOST_LETTERS, ChoiceFilter, FilterSet, SearchFilter
from leesbouw.ui.forms import DateField, Form, NameField

from .. import queries
from ..enums import Answer, AskedBy, Channel, ExportFormat, ExportReason, RequestKind, RequestOutcome
from ..models import LONGEST_KEY

OPEN, ANSWERED = "open", "klaar"
PERSONS = [(AskedBy.PARENT.value, AskedBy.PARENT.label), (AskedBy.PUPIL.value, AskedBy.PUPIL.label)]


class ForgivingFilter(SearchFilter):
    """A name that may be spelt otherwise."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return queries.searched(qs, value[:MOST_LETTERS]) if value else qs


class PupilFilters(FilterSet):
    """Where the children are, and what they are called. `request.pupil_places` says which places there are."""

    search = ForgivingFilter(["first_name"], param="zoek", label=_("Name of the child"))
    place = ChoiceFilter(
        param="groep",
        label=_("Group"),
        choices=(),
        empty_label=_("Everybody at school"),
    )

    def __init__(self, data: Any, queryset: QuerySet, *, request: Any) -> None:
        super().__init__(data, queryset, request=request)
        self.filters["groep"].extra["choices"] = request.pupil_places

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Without a wish who left stays out."""
        place = self.form.cleaned_data.get("groep") or ""
        rows = queries.in_place(queryset, place, self.request.pupil_day)
        wish = self.form.cleaned_data.get("zoek") or ""
        return self.filters["zoek"].filter(rows, wish)


class RequestFilters(FilterSet):
    state = ChoiceFilter(
        param="staat",
        label=_("State"),
        choices=[(OPEN, _("Still open")), (ANSWERED, _("Answered"))],
        method="by_state",
    )
    kind = ChoiceFilter(param="soort", label=_("What was asked"), choices=RequestKind.choices)

    def by_state(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return queries.requests_of_kind(rows, is_open=value == OPEN)


class CorrectionForm(Form):
    """A child's own data. The year of birth is there only where the school keeps it."""

    first_name = NameField(label=_("First name"), max_length=100, required=False)
    infix = NameField(label=_("Infix"), max_length=20, required=False, help_text=_("Such as “van der”."))
    last_name = NameField(label=_("Last name"), max_length=100, required=False)
    key = NameField(
        label=_("Number in the school's administration"),
        max_length=LONGEST_KEY,
        required=False,
        help_text=_("Zeros in front count. With this number the next file finds the child."),
    )
    birth_year = forms.IntegerField(label=_("Year of birth"), required=False, min_value=1990, max_value=2100)

    def __init__(self, *args: Any, birth_years: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not birth_years:
            del self.fields["birth_year"]


class RequestForm(Form):
    """What was asked, by whom, on which day."""

    kind = forms.ChoiceField(
        label=_("What was asked?"), widget=forms.RadioSelect, choices=RequestKind.choices
    )
    asked_by = forms.ChoiceField(label=_("Who asked it?"), widget=forms.RadioSelect, choices=AskedBy.choices)
    asked_on = DateField(label=_("Asked on"), latest=today)


class AnswerForm(Form):
    """How a request ended. Erasing is done on the page of the child, so that it really happens."""

    outcome = forms.ChoiceField(label=_("How did it end?"), widget=forms.RadioSelect)
    reason = NameField(
        label=_("Why, when you refuse"),
        max_length=300,
        required=False,
        help_text=_("You tell the parent this reason. Do not write names of children."),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = [RequestOutcome.DONE, RequestOutcome.REFUSED, RequestOutcome.WITHDRAWN]
        if kind == RequestKind.ERASURE:
            ends.remove(RequestOutcome.DONE)
        self.fields["outcome"].choices = [(one.value, one.label) for one in ends]


class EraseForm(Form):
    """The last question before a child is wiped; nearly always a parent asked, and erasing is two clicks."""

    asked_by = forms.ChoiceField(
        label=_("Who asked it?"),
        widget=forms.RadioSelect,
        choices=AskedBy.choices,
        initial=AskedBy.PARENT,
    )


class ConsentForm(Form):
    """The same answer for the children that are ticked."""

    pupils = forms.TypedMultipleChoiceField(
        label=_("Children"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one child.")},
    )
    answer = forms.ChoiceField(
        label=_("Answer of the parents"), widget=forms.RadioSelect, choices=Answer.choices
    )
    given_by = forms.ChoiceField(
        label=_("Who gave it?"),
        widget=forms.RadioSelect,
        choices=PERSONS,
        help_text=_("From 16 years on a pupil decides herself."),
    )
    channel = forms.ChoiceField(label=_("How did it reach you?"), choices=Channel.choices)
    given_on = DateField(label=_("Day of the answer"), latest=today)

    def __init__(self, *args: Any, children: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pupils"].choices = children

    def values(self) -> dict[str, Any]:
        values = super().values()
        values["ids"] = values.pop("pupils")
        return values


class WithdrawForm(Form):
    """The parents take their yes back."""

    withdrawn_on = DateField(label=_("Withdrawn on"), latest=today)
    channel = forms.ChoiceField(label=_("How did it reach you?"), choices=Channel.choices)


class RegisterForm(Form):
    """The library made these memberships."""

    pupils = ConsentForm.base_fields["pupils"]
    registered_on = DateField(label=_("Member since"), latest=today)

    def __init__(self, *args: Any, children: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pupils"].choices = children


class SettingsForm(Form):
    birth_years = forms.BooleanField(
        label=_("Keep the year of birth"),
        required=False,
        help_text=_("Only the year, never the day. You need it to see who is about as old."),
    )


class ExportForm(Form):
    """Why a list with names goes along, and as what."""

    reason = forms.ChoiceField(label=_("What do you need it for?"), widget=forms.RadioSelect)
    form = forms.ChoiceField(label=_("As what?"), widget=forms.RadioSelect, choices=ExportFormat.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = ExportReason.choices
        self.initial.setdefault("form", ExportFormat.PDF)
