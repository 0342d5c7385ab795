"""The library's own year plan: what the plans of its locations ask together, and who has the hours for it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.dates import MONTHS_3
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from leesbouw.organisations.models import Location
from leesbouw.people.permissions import VIEW_STAFF
from leesbouw.ui.pages import Empty, ListPage, Preset
from leesbouw.ui.pages.lists import Listing

from .. import forms, queries, tables
from ..permissions import VIEW_PLANS


class YearPlans(ListPage):
    """Locations × their year plan: how far it is, goals, activities, hours asked and agreed; hours per consultant."""

    permission = VIEW_PLANS
    export_permission = "ui.export"
    template_name = "plans/year_plans.html"
    page = "plans.year_plans"
    title = _("Year plans")
    export_name = _("year plans")
    table_class = tables.YearPlanTable
    filterset_class = forms.YearPlanFilters
    empty = Empty(_("No year plans yet"), _("What each location plans stands here."))
    presets = (
        Preset(_("Not begun"), f"stand={queries.PlanState.NONE}"),
        Preset(pgettext_lazy("plan", "With the team"), f"stand={queries.PlanState.SENT}"),
        Preset(_("Without goals"), "doelen=nee"),
        Preset(_("Asks more hours than agreed"), "uren=meer"),
    )

    def rows(self, request: HttpRequest) -> QuerySet[Location]:
        return queries.year_plan_rows(self.actor, self.year)

    def table_kwargs(self) -> dict[str, Any]:
        return {"year": self.year}

    def heading(self, listing: Listing) -> str:
        number = listing.total
        text = ngettext(
            "The year plan of %(number)s location", "The year plans of %(number)s locations", number
        )
        return text % {"number": number}

    def more(self, listing: Listing) -> dict[str, Any]:
        loads = queries.consultant_loads(self.actor, self.year) if self.actor.may(VIEW_STAFF) else []
        months = queries.months_of(loads)
        return {
            "loads": [(one, [one.by_month.get(month) for month in months]) for one in loads],
            "months": [MONTHS_3[month] for month in months],
            "for_year": self.year,
        }
