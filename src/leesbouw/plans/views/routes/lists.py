"""All runs as a list, and all locations beside each other."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.organisations.models import Location
from leesbouw.ui.pages import Empty, ListPage, Preset
from leesbouw.ui.pages.lists import Listing

from ... import forms, queries, tables
from ...domain import RunState
from ...models import RouteRun
from ...permissions import VIEW_ROUTES


class RunList(ListPage):
    """Which routes run, with whom, and where it is stuck."""

    template_name = "plans/routes/list.html"
    permission = VIEW_ROUTES
    export_permission = "ui.export"
    page = "plans.routes"
    title = _("Routes")
    export_name = _("routes")
    table_class = tables.RunTable
    filterset_class = forms.RunFilters
    presets = (
        Preset(_("Where it is stuck"), f"stand={forms.STUCK_WISH}"),
        Preset(_("Complete"), f"stand={RunState.COMPLETE}"),
    )
    empty = Empty(
        _("No route runs yet"),
        _("A route shows step by step what to do and what must be there. Choose one below and start it."),
    )

    def rows(self, request: HttpRequest) -> QuerySet[RouteRun]:
        return queries.runs_for(self.actor)

    def heading(self, listing: Listing) -> str:
        if not listing.total:
            return str(self.title)
        text = ngettext("%(number)s route runs", "%(number)s routes run", listing.total)
        return text % {"number": listing.total}

    def more(self, listing: Listing) -> dict[str, Any]:
        return {"routes": list(queries.routes_of(queries.library_of(self.actor)).values())}


class Overview(ListPage):
    """Locations × routes: who is how far."""

    permission = VIEW_ROUTES
    export_permission = "ui.export"
    template_name = "plans/routes/overview.html"
    page = "plans.routes_overview"
    title = _("Routes of all locations")
    export_name = _("routes of all locations")
    table_class = tables.OverviewTable
    filterset_class = forms.OverviewFilters
    empty = Empty(_("No locations yet"), _("What each school or child care reached stands here."))

    @cached_property
    def routes(self) -> list[queries.Route]:
        routes = queries.routes_of(queries.library_of(self.actor)).values()
        return [route for route in routes if "location" in route.body.of]

    def rows(self, request: HttpRequest) -> QuerySet[Location]:
        return queries.overview_rows(self.actor, self.routes, self.year)

    def table_kwargs(self) -> dict[str, Any]:
        return {"routes": self.routes, "runs": queries.runs_by_id(self.actor), "keep": True}
