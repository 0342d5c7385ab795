"""The table of minutes a week."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Location
from leesbouw.ui.tables import Column, Table
from leesbouw.ui.templatetags.ui import tag

from ..domain import WeekMinutes
from ..enums import PlanKind
from ..queries import EVERY_GROUP, Timetables, plan_url

UNKNOWN = "?"


class GroupColumn(Column):
    """One year group; what is less than agreed stands out by a mark as well as by its words."""

    css = "num"

    def __init__(self, group: int, timetables: Timetables) -> None:
        self.group, self.timetables = group, timetables
        label = _("Every group") if group == EVERY_GROUP else str(group)
        super().__init__(label, param=f"groep-{group}", accessor="pk", orderable=False)

    def minutes(self, pk: int) -> WeekMinutes | None:
        return self.timetables.get(pk, {}).get(self.group)

    def value(self, value: int) -> str:
        told = self.minutes(value)
        if told is None:
            return ""
        return f"{UNKNOWN if told.real is None else told.real} / {told.agreed}"

    def render(self, value: int) -> Any:
        told = self.minutes(value)
        words = self.value(value)
        return format_html("{}", tag("let", words)) if told and told.short else words


class TimetableTable(Table):
    """Locations × year groups, by name."""

    name = Column(_("Name"), param="naam")
    municipality = Column(
        _("Municipality"), param="gemeente", accessor="municipality__name", order_by="municipality__name"
    )

    class Meta:
        order_by = "name"

    def __init__(
        self, data: Any, *, timetables: Timetables, groups: Sequence[int], year: SchoolYear, **kwargs: Any
    ) -> None:
        self.year = year
        kwargs["extra_columns"] = [(f"group_{group}", GroupColumn(group, timetables)) for group in groups]
        super().__init__(data, **kwargs)

    def row_url(self, record: Location) -> str:
        return plan_url(record, PlanKind.YEAR, self.year)
