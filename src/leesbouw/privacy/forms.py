"""Filters of the logbook."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leesbouw.core.audit import AuditEvent
from leesbouw.ui.filters import ChoiceFilter, FilterSet, FromDateFilter, UntilDateFilter

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
