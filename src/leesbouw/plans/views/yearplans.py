"""The library's own year plan: what the plans of its locations ask together, and who has the hours for it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.dates import MONTHS_3
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Location
from leesbouw.people.permissions import VIEW_STAFF
from leesbouw.ui.pages import Empty, FormPage, ListPage, PostPage, Preset
from leesbouw.ui.pages.lists import Listing

from .. import actions, forms, queries, tables
from ..models import LibraryWork
from ..permissions import EDIT_PLANS, VIEW_PLANS


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
        plan = queries.library_plan(self.actor, self.year, loads)
        return {
            "loads": [(one, [one.by_month.get(month) for month in months]) for one in loads],
            "months": [MONTHS_3[month] for month in months],
            "for_year": self.year,
            "plan": plan,
            "may_plan": bool(plan) and queries.may_plan_library(self.actor, plan.library_id, self.year),
            "in_year": "" if self.year == SchoolYear.running() else f"?jaar={self.year}",
            "shows_timetables": queries.works_at_library(self.actor),
        }


class WorkNew(FormPage):
    """A line of the library's own year plan."""

    permission = EDIT_PLANS
    template_name = "ui/form_page.html"
    form_class = forms.LibraryWorkForm
    title = _("Own work of the library")
    lead = _("What you do beside the plans of your locations, and for how many hours.")
    submit_label = _("Add")
    done = _("It stands in your year plan.")

    def load(self) -> None:
        library = queries.library_to_plan(self.actor, self.year)
        if library is None:
            raise Http404
        self.library = library

    def initial(self) -> dict[str, Any]:
        return {"kind": self.request.GET.get("soort", "")}

    def act(self, form: Any) -> LibraryWork:
        row = actions.WorkRow(**{name: form.cleaned_data[name] for name in ("kind", "what", "hours")})
        return actions.add_library_work(library=self.library, year=self.year, row=row, by=self.actor)

    def back_url(self) -> str:
        year = "" if self.year == SchoolYear.running() else f"?jaar={self.year}"
        return f"{reverse('plans:year-plans')}{year}#eigen"


class WorkDrop(PostPage):
    """One press; the message brings it back."""

    permission = EDIT_PLANS
    done = _("It is gone from your year plan.")

    def load(self) -> LibraryWork:
        try:
            return queries.library_work_by_id(self.actor, self.kwargs["pk"])
        except LibraryWork.DoesNotExist:
            raise Http404 from None

    def act(self, form: Any) -> None:
        actions.drop_library_work(id=self.kwargs["pk"], by=self.actor)

    def back_url(self) -> str:
        return f"{reverse('plans:year-plans')}#eigen"
