"""Filters of the logbook."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leesbouw.core.audit import AuditEvent
from leesbouw.ui.filters import ChoiceFilter, FilterSet, FromDateFilter, UntilDateFilter
from leesbouw.ui.forms import Form, TextField

from .enums import ROOMS
from .queries import users_in


class RoomFilter(ChoiceFilter):
    """Events of one room of the house."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.filter(verb__startswith=f"{value}.") if value else qs


class AuditFilters(FilterSet):
    """When, what and who."""

    since = FromDateFilter("at__date", param="vanaf", label=_("From"))
    until = UntilDateFilter("at__date", param="tot", label=_("Until"))
    room = RoomFilter(param="wat", label=_("What about"), choices=list(ROOMS.items()))
    who = ChoiceFilter(param="wie", label=_("Who"), field_name="by_user_id", choices=())

    class Meta:
        model = AuditEvent
        fields: list[str] = []

    def __init__(self, data: Any, queryset: QuerySet, *, request: Any) -> None:
        super().__init__(data, queryset, request=request)
        self.filters["wie"].extra["choices"] = users_in(request.actor)


class TermForm(Form):
    """How many days, between the limits of the content, and why."""

    days = forms.IntegerField(label=_("Number of days"))
    why = TextField(label=_("Why?"), max_length=200)

    def __init__(self, *args: Any, least: int = 0, most: int = 3650, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["days"]
        field.help_text = _("From %(least)s to %(most)s. A year is 365 days.") % {
            "least": least,
            "most": most,
        }
        field.validators += [MinValueValidator(least), MaxValueValidator(most)]
