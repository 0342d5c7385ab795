"""The list of organisations an administrator looks after."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from leesbouw.organisations.models import Unit
from leesbouw.organisations.queries import libraries_visible_to
from leesbouw.ui.pages import Empty, ListPage, Preset
from leesbouw.ui.pages.lists import Listing

from ..forms import OrganisationFilters
from ..permissions import EDIT_UNITS, EXPORT
from ..queries.organisations import KINDS, organisation_rows
from ..tables import OrganisationTable


class OrganisationList(ListPage):
    """Libraries, branches, boards, municipalities and partners."""

    template_name = "dashboards/organisations.html"
    permission = EDIT_UNITS
    export_permission = EXPORT
    page = "dashboards.organisations"
    title = gettext_lazy("The organisations you work with")
    export_name = gettext_lazy("Organisations")
    lead = gettext_lazy(
        "Boards and municipalities come from the registers; branches and partners you add yourself."
    )
    table_class = OrganisationTable
    filterset_class = OrganisationFilters
    presets = tuple(Preset(label, f"soort={kind}") for kind, label in KINDS)
    empty = Empty(
        gettext_lazy("No organisations yet"),
        gettext_lazy("Read in the list of schools; boards and municipalities come along."),
        "/import/",
        gettext_lazy("Read in a list"),
    )

    def rows(self, request: HttpRequest) -> QuerySet[Unit]:
        return organisation_rows(self.actor)

    def more(self, listing: Listing) -> dict[str, Any]:
        return {"library": libraries_visible_to(self.actor).first()}
