"""Filters whose whole state is the URL, with Dutch names there and English ones here.

    class SchoolFilters(FilterSet):
        search = SearchFilter(["name", "code"], param="zoek", label=_("Name or BRIN"))
        municipality = ModelChoiceFilter(
            param="gemeente", label=_("Municipality"), empty_label=_("All municipalities"),
            to_field_name="code", queryset=lambda request: queries.municipalities(request.actor))
        sector = ChoiceFilter(param="soort", label=_("Kind of school"), choices=Sector.choices)

A value that cannot be used is shown with its reason and leaves the other filters at work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Model, Q, QuerySet
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .domain import clean_text, format_date
from .fields import DateField, ReadsRow
from .tables import PAGE_PARAM

FORMAT_PARAM = "formaat"
FORM_ID = "filters"  # of the form in ui/filters.html
MOST_WORDS = 8  # of a search; more words find nothing better and cost time
MOST_LETTERS = 100

__all__ = [
    "ChoiceFilter",
    "FilterSet",
    "FromDateFilter",
    "ModelChoiceFilter",
    "MultipleChoiceFilter",
    "Rows",
    "SearchFilter",
    "UntilDateFilter",
    "YesNoFilter",
]


class SearchFilter(django_filters.Filter):
    """Text of which every word must stand somewhere in one of the fields."""

    field_class = forms.CharField

    def __init__(self, fields: Sequence[str], **kwargs: Any) -> None:
        attrs = {"type": "search", "autocomplete": "off", "form": FORM_ID}  # stands outside its form
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        kwargs.setdefault("max_length", MOST_LETTERS)
        super().__init__(field_name=fields[0], **kwargs)
        self.fields = fields

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        for word in clean_text(value or "").split()[:MOST_WORDS]:
            hit = Q()
            for field in self.fields:
                hit |= Q(**{f"{field}__icontains": word})
            qs = qs.filter(hit)
        return qs


UNKNOWN_CHOICE = {"invalid_choice": gettext_lazy("This choice does not exist here.")}


class ChoiceFilter(django_filters.ChoiceFilter):
    """One of a list; the first line is "All", or what `empty_label` says."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", gettext_lazy("All"))
        kwargs.setdefault("error_messages", UNKNOWN_CHOICE)
        super().__init__(*args, **kwargs)


class _RowField(ReadsRow, django_filters.ModelChoiceFilter.field_class):
    pass


class ModelChoiceFilter(django_filters.ModelChoiceFilter):
    """One of the rows that `queryset(request)` gives: only what this actor may see."""

    field_class = _RowField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", gettext_lazy("All"))
        kwargs.setdefault("error_messages", UNKNOWN_CHOICE)
        super().__init__(*args, **kwargs)


class MultipleChoiceFilter(django_filters.MultipleChoiceFilter):
    """Any of a list, as boxes to tick."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(*args, **kwargs)


class YesNoFilter(django_filters.ChoiceFilter):
    """Yes, no, or all; `ja` and `nee` in the URL. The field may end in a lookup, such as `board__isnull`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", gettext_lazy("All"))
        kwargs.setdefault("error_messages", UNKNOWN_CHOICE)
        kwargs.setdefault("choices", [("ja", gettext_lazy("yes")), ("nee", gettext_lazy("no"))])
        super().__init__(*args, **kwargs)

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return self.get_method(qs)(**{self.field_name: value == "ja"}) if value else qs


class FromDateFilter(django_filters.Filter):
    """On this day or later; any way of writing a date."""

    field_class = DateField

    def __init__(self, field_name: str | None = None, lookup_expr: str = "gte", **kwargs: Any) -> None:
        super().__init__(field_name, lookup_expr, **kwargs)


class UntilDateFilter(FromDateFilter):
    """On this day or before."""

    def __init__(self, field_name: str | None = None, lookup_expr: str = "lte", **kwargs: Any) -> None:
        super().__init__(field_name, lookup_expr, **kwargs)


class Rows(list):
    """Rows in memory, with as much of a QuerySet as a FilterSet asks for."""

    model = None

    def all(self) -> Rows:
        return self


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter in words, and the address without it."""

    label: str
    text: str
    url: str


class FilterSet(django_filters.FilterSet):
    """Base of every set of filters. `request` needs `.actor`; a job may give any object that has one."""

    def __init__(self, data: Mapping[str, Any] | None, queryset: QuerySet, *, request: Any) -> None:
        super().__init__(data if data is not None else QueryDict(), queryset, request=request)
        self.is_bound = True  # an empty address is a choice too: everything
        named = {}
        for name, each in self.filters.items():
            named[each.extra.pop("param", name)] = each
        self.filters = named

    @property
    def searches(self) -> list[BoundField]:
        """What one types in; on a phone it is always in sight."""
        return [field for field in self.form if _is_search(field)]

    @property
    def choices(self) -> list[BoundField]:
        """What one chooses from; on a phone it unfolds."""
        return [field for field in self.form if not _is_search(field)]

    @property
    def is_active(self) -> bool:
        """Whether any filter narrows the rows, or was meant to."""
        return bool(self.chips or self.form.errors)

    @property
    def chips(self) -> list[Chip]:
        """What the rows are narrowed to, each with the way back."""
        if not hasattr(self, "_chips"):
            self._chips = list(self._each_chip())
        return self._chips

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Names and values in the address that a new choice of filters must keep: order, columns, year."""
        gone = {*self.filters, PAGE_PARAM, FORMAT_PARAM}
        query = self._query()
        return [(name, value) for name in query if name not in gone for value in query.getlist(name)]

    @property
    def clear_url(self) -> str:
        """The address without any filter."""
        query = self._query()
        for name in (*self.filters, PAGE_PARAM, FORMAT_PARAM):
            query.pop(name, None)
        return f"?{query.urlencode(safe=',')}"

    def _query(self) -> QueryDict:
        if isinstance(self.data, QueryDict):
            return self.data.copy()
        query = QueryDict(mutable=True)
        query.update(self.data)
        return query

    def _each_chip(self) -> Iterator[Chip]:
        if not self.form.is_valid() and not self.form.cleaned_data:
            return
        for name, value in self.form.cleaned_data.items():
            if value in (None, "", []) or (isinstance(value, QuerySet) and not value):
                continue
            label = str(self.filters[name].label)
            if isinstance(value, list | tuple | QuerySet):
                for one in value:
                    yield Chip(label, self._words(name, one), self._without(name, one))
            else:
                yield Chip(label, self._words(name, value), self._without(name))

    def _words(self, name: str, value: Any) -> str:
        if isinstance(value, Model):
            return str(value)
        if isinstance(value, date):
            return format_date(value)
        choices = getattr(self.form.fields[name], "choices", None)
        if choices is not None:
            return str(dict(_flat(choices)).get(value, dict(_flat(choices)).get(str(value), value)))
        return str(value)

    def _without(self, name: str, one: Any = None) -> str:
        query = self._query()
        query.pop(PAGE_PARAM, None)
        query.pop(FORMAT_PARAM, None)
        left = [] if one is None else [value for value in query.getlist(name) if value != _as_param(one)]
        query.setlist(name, left)
        if not left:
            query.pop(name, None)
        return f"?{query.urlencode(safe=',')}"

    @property
    def in_words(self) -> str:
        """Every filter in one line, for the sheet that explains a download."""
        if not self.chips:
            return _("none")
        return "; ".join(f"{chip.label}: {chip.text}" for chip in self.chips)


def _is_search(field: BoundField) -> bool:
    return field.field.widget.attrs.get("form") == FORM_ID


def _as_param(value: Any) -> str:
    return str(value.pk) if isinstance(value, Model) else str(value)


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    """Choices without their groups."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield value, label
