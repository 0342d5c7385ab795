"""Forms of lending: the rules of a school, its desks and who opens them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.plans.enums import Region
from leesbouw.ui.filters import ChoiceFilter, FilterSet, SearchFilter
from leesbouw.ui.forms import Form, NameField

from .domain.pairing import PIN_LENGTH
from .domain.rules import LONGEST_LINK
from .enums import Away
from .queries.coming_back import in_group, leaving

LIMIT = "groep-"
SCHOOL_DAYS = 5


class RulesForm(Form):
    """How a school lends. For each year group so many books at a time."""

    days = forms.IntegerField(label=_("How many days may a book stay away?"), min_value=1, max_value=365)
    renewals = forms.IntegerField(
        label=_("How often may one renew it?"), min_value=0, max_value=20, initial=1
    )
    books = forms.IntegerField(
        label=_("How many books at a time?"),
        help_text=_("Where a year group has no number of its own."),
        min_value=1,
        max_value=99,
    )
    library_day = forms.TypedChoiceField(
        label=_("On which day do books come back?"),
        choices=[("", _("Any school day")), *((n + 1, capfirst(WEEKDAYS[n])) for n in range(SCHOOL_DAYS))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    region = forms.ChoiceField(
        label=pgettext_lazy("lending", "Whose school holidays?"), choices=Region.choices
    )
    holiday_lending = forms.BooleanField(
        label=_("Books may stay at home in the holidays"),
        help_text=_("If not, every book comes back before the holiday."),
        required=False,
    )
    holiday_extra = forms.IntegerField(
        label=_("How many books more just before a holiday?"), min_value=0, max_value=20, initial=0
    )
    cut_days = forms.IntegerField(
        label=_("How many days do you keep who had a book?"),
        help_text=_("Counted from when it came back, from 0 to 90. After that nobody can see it."),
        min_value=0,
        max_value=LONGEST_LINK,
    )

    def __init__(self, *args: Any, year_groups: list[int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for year in year_groups or []:
            self.fields[f"{LIMIT}{year}"] = forms.IntegerField(
                label=_("Books at a time in year group %(year)s") % {"year": year},
                min_value=0,
                max_value=99,
                required=False,
            )

    def values(self) -> dict[str, Any]:
        values = super().values()
        limits = {
            int(name.removeprefix(LIMIT)): values.pop(name) for name in list(values) if name.startswith(LIMIT)
        }
        return {**values, "limits": {year: books for year, books in limits.items() if books is not None}}


class DeskForm(Form):
    """A computer or tablet that becomes a desk."""

    name = NameField(
        label=_("What do you call this desk?"), help_text=_("Such as “laptop library”."), max_length=60
    )
    is_self = forms.BooleanField(
        label=_("Children help themselves on this device"),
        help_text=_("They choose their class, their name and their three pictures, and scan the book."),
        required=False,
    )


class VolunteerForm(Form):
    """Somebody who opens the desk with a PIN."""

    name = NameField(
        label=pgettext_lazy("volunteer", "First name"),
        help_text=_("A name that is there already gets the new PIN."),
        max_length=40,
    )
    pin = forms.CharField(
        label=_("PIN of four digits"),
        help_text=_("Not an easy one, such as 1234."),
        min_length=PIN_LENGTH,
        max_length=PIN_LENGTH,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class GroupBackFilters(FilterSet):
    """Which book."""

    search = SearchFilter(["title__title", "copy__barcode"], param="zoek", label=_("Title or barcode"))


class BackFilters(GroupBackFilters):
    """Of which group, and whether only who leaves. `request.groups_out` says which groups there are."""

    group = ChoiceFilter(
        param="groep", label=_("Group"), choices=(), empty_label=_("All groups"), method="of"
    )
    who = ChoiceFilter(
        param="wie",
        label=_("Who"),
        choices=[("weg", _("Only who leaves"))],
        empty_label=_("Everybody"),
        method="only",
    )

    def __init__(self, data: Any, queryset: QuerySet, *, request: Any) -> None:
        super().__init__(data, queryset, request=request)
        self.filters["groep"].extra["choices"] = [(str(pk), name) for pk, name, _n in request.groups_out]

    def of(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return in_group(rows, int(value))

    def only(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return leaving(rows)


class StackForm(Form):
    """Barcodes of a stack: a scanner ends each with Enter, so they come below each other."""

    codes = forms.CharField(
        label=_("Scan or type the barcodes"),
        help_text=_("Scan book after book. Every barcode stands on a line of its own."),
        max_length=4000,
        widget=forms.Textarea(
            attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false", "autofocus": True}
        ),
    )


class AwayForm(Form):
    """A book that does not stand where it should."""

    barcode = forms.CharField(label=_("Barcode of the book"), max_length=40)
    what = forms.ChoiceField(label=_("What is the matter?"), choices=Away.choices, widget=forms.RadioSelect)
