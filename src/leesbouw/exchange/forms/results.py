"""Forms for results of an earlier Monitor. What was read travels in the page, signed, so that nothing is kept before."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.core.errors import Sentence
from leesbouw.core.time import SchoolYear
from leesbouw.monitor import actions
from leesbouw.monitor.domain.answers import Answers
from leesbouw.monitor.domain.results import Codes, Result, read_results
from leesbouw.monitor.domain.results import Results as Found
from leesbouw.monitor.queries import Questionnaire, all_lists, own_locations, questionnaire
from leesbouw.organisations.models import Location
from leesbouw.ui.forms import Form, RowField

from ..domain.limits import Unreadable
from ..domain.results import answers_in, codes_in
from ..enums import FILE_REASONS

SALT = "exchange.results"
LASTS = 2 * 60 * 60  # seconds between looking and bringing in
YEARS_BACK = 15
MOST_LISTS = 2_000  # of one school; more is a file of many schools


class ResultsForm(Form):
    """Whose results, of which year, asked with which list, and the file. `found` is what it holds."""

    location = RowField(label=_("School or child-care location"), queryset=Location.objects.none())
    year = forms.ChoiceField(label=_("School year"))
    key = forms.ChoiceField(
        label=pgettext_lazy("results", "What was asked"),
        help_text=_("In other words than these? Then add a version of your own first."),
    )
    file = forms.FileField(label=_("Answers"), help_text=_("CSV, Excel or JSON: a row for each list."))
    codes = forms.FileField(
        label=_("Table of codes"),
        required=False,
        help_text=_("CSV or Excel: their column, our column, their value, our value."),
    )

    def __init__(self, *args: Any, actor: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.found: Found | None = None
        now = SchoolYear.running()
        years = [SchoolYear(now.first - back) for back in range(YEARS_BACK)]
        self.fields["location"].queryset = own_locations(actor)
        self.fields["year"].choices = [(str(year.first), str(year)) for year in years]
        self.fields["key"].choices = [(one.key, f"{one.title} ({one.key})") for one in all_lists()]
        if too_large:
            self.fields["file"].error_messages["required"] = FILE_REASONS["too_large"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.errors:
            codes = self._read("codes", codes_in) if cleaned.get("codes") else Codes()
            heads, rows = self._read("file", answers_in, cleaned["file"].name) or ((), ())
            if not self.errors:
                self.found = self._found(cleaned, heads, rows, codes)
        return cleaned

    def _read(self, name: str, read: Any, *more: str) -> Any:
        try:
            return read(self.cleaned_data[name].read(), *more)
        except Unreadable as error:
            self.add_error(name, str(FILE_REASONS[error.code]) % error.values)
            return None

    def _found(self, cleaned: dict[str, Any], heads: Any, rows: Any, codes: Codes) -> Found | None:
        asked = questionnaire(cleaned["key"])
        if len(rows) > MOST_LISTS:
            self.add_error("file", _("This file has more rows than one school has lists."))
            return None
        found = read_results(
            asked.body, heads, rows, codes, asked.body.variant_for(cleaned["location"].sector)
        )
        if not found.lists:
            told = _("No column of this file is a question of that list. Add a table of codes.")
            self.add_error("file", told)
            return None
        year = SchoolYear(int(cleaned["year"]))
        try:
            actions.try_results(
                location=cleaned["location"], year=year, questionnaire=asked, results=found, by=self.actor
            )
        except Sentence as sentence:
            self.add_error(None, str(sentence))
        return found

    def ticket(self) -> str:
        """What was read, for the page that asks whether it is right; it holds for two hours and for this person."""
        assert self.found is not None
        cleaned = self.cleaned_data
        lists = [(one.answers.coded, one.answers.year_group, str(one.weight)) for one in self.found.lists]
        wish = (self.actor.user_id, cleaned["location"].pk, int(cleaned["year"]), cleaned["key"], lists)
        return signing.dumps(wish, salt=SALT, compress=True)


class SureForm(Form):
    """Holds what was read. `wish` is what the action takes."""

    ticket = forms.CharField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.wish: dict[str, Any] = {}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        late = _("This took too long, or it is no longer there. Read the file again.")
        try:
            user_id, place, first, key, lists = signing.loads(
                cleaned.get("ticket", ""), salt=SALT, max_age=LASTS
            )
        except signing.BadSignature:
            raise forms.ValidationError(late) from None
        location = own_locations(self.actor).filter(pk=place).first()
        if user_id != self.actor.user_id or location is None:
            raise forms.ValidationError(late)
        asked: Questionnaire = questionnaire(key)
        results = tuple(Result(Answers(coded, {}, group), Decimal(weight)) for coded, group, weight in lists)
        self.wish = {
            "location": location,
            "year": SchoolYear(first),
            "questionnaire": asked,
            "results": Found(results, (), (), (), 0),
        }
        return cleaned
