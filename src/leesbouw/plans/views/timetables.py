"""Minutes of reading a week, of all locations side by side."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from leesbouw.organisations.models import Location
from leesbouw.ui.pages import Empty, ListPage
from leesbouw.ui.pages.lists import Listing

from .. import forms, queries, tables
from ..enums import Habit
from ..permissions import VIEW_PLANS


class Timetables(ListPage):
    """Locations × year groups: what the timetable has beside what was agreed. For the library."""

    permission = VIEW_PLANS
    export_permission = "ui.export"
    template_name = "plans/timetables.html"
    page = "plans.timetables"
    title = _("Minutes of reading a week")
    export_name = _("minutes of reading a week")
    lead = _("What stands in the timetable of each group, of what was agreed. Locations stand by name.")
    table_class = tables.TimetableTable
    filterset_class = forms.TimetableFilters
    empty = Empty(
        _("No timetables yet"),
        _("What groups do every week stands here. A school fills it in at its year plan."),
    )

    @cached_property
    def timetables(self) -> queries.Timetables:
        habit = self.request.GET.get("wat", "")
        return queries.timetables_of(self.actor, self.year, habit if habit in Habit.values else "")

    def rows(self, request: HttpRequest) -> QuerySet[Location]:
        if not queries.works_at_library(self.actor):
            raise Http404
        return queries.timetable_rows(self.actor, self.year)

    def table_kwargs(self) -> dict[str, Any]:
        groups = sorted({group for told in self.timetables.values() for group in told})
        return {"timetables": self.timetables, "groups": groups, "year": self.year, "keep": True}

    def more(self, listing: Listing) -> dict[str, Any]:
        chosen = set(
            (listing.filters.qs if listing.filters else listing.table.data.data).values_list("pk", flat=True)
        )
        return {"sums": queries.timetable_sums(self.timetables, chosen), "for_year": self.year}
