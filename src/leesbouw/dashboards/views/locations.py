"""The list of locations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext

from leesbouw.organisations.models import Location
from leesbouw.ui.pages import Empty, ListPage, Preset
from leesbouw.ui.pages.lists import Listing
from leesbouw.ui.templatetags.ui import safe_url

from ..enums import Attention
from ..forms import MINE, LocationFilters
from ..permissions import EDIT_UNITS, EXPORT, IMPORT, VIEW, VIEW_PARTNERSHIP, VIEW_STAFF
from ..queries.locations import location_rows, works_at_library
from ..queries.words import in_words
from ..tables import LocationTable
from ..templatetags.dashboards import capital


class LocationList(ListPage):
    """Every school and child-care location within reach, with the facts of a school year."""

    template_name = "dashboards/locations.html"
    permission = VIEW
    export_permission = EXPORT
    page = "dashboards.locations"
    title = gettext_lazy("Schools and child care")
    table_class = LocationTable
    filterset_class = LocationFilters
    definitions = (
        (
            gettext_lazy("Pupils"),
            gettext_lazy("Pupils on the counting date of the school year; child care: places."),
        ),
        (
            gettext_lazy("Cooperation"),
            gettext_lazy(
                "dBos is structural, as de Bibliotheek op school; comparable is structural in another way."
            ),
        ),
        (gettext_lazy("Agreed until"), gettext_lazy("The day until which the present agreement runs.")),
    )

    def rows(self, request: HttpRequest) -> QuerySet[Location]:
        return location_rows(self.actor, self.year)

    def table_kwargs(self) -> dict[str, Any]:
        return {"actor": self.actor, "year": self.year}

    @property
    def presets(self) -> Sequence[Preset]:  # type: ignore[override]
        found = []
        if works_at_library(self.actor) and self.actor.may(VIEW_STAFF):
            found.append(Preset(gettext_lazy("Mine"), f"consulent={MINE}"))
        if self.actor.may(VIEW_PARTNERSHIP):
            found.append(Preset(gettext_lazy("Agreements run out"), f"aandacht={Attention.ENDING}"))
        return found

    @property
    def empty(self) -> Empty:  # type: ignore[override]
        title = gettext_lazy("There are no locations here yet")
        if self.actor.may(IMPORT):
            text = gettext_lazy("Read in the list of schools, or choose the municipalities you work in.")
            return Empty(title, text, "/import/", gettext_lazy("Read in a list"))
        return Empty(
            title, gettext_lazy("Ask the administrator of your library to read in the list of schools.")
        )

    def heading(self, listing: Listing) -> str:
        number = listing.total
        if not number:
            return str(self.title)
        text = ngettext("Your location", "Your %(number)s locations", number)
        return text % {"number": in_words(number)}

    def more(self, listing: Listing) -> dict[str, Any]:
        return {
            "lead": self.state(listing),
            "add_url": safe_url("organisations:location-add") if self.actor.may(EDIT_UNITS) else "",
        }

    def state(self, listing: Listing) -> str:
        """One line about how the shown locations stand."""
        if not self.actor.may(VIEW_PARTNERSHIP) or not listing.total:
            return ""
        totals = listing.table.totals
        well, asks = totals.on_course, totals.asking
        said = []
        if well:
            said.append(
                ngettext("%(number)s is on course.", "%(number)s are on course.", well)
                % {"number": in_words(well)}
            )
        if asks:
            said.append(
                ngettext("%(number)s asks something of you.", "%(number)s ask something of you.", asks)
                % {"number": in_words(asks)}
            )
        return " ".join(capital(one) for one in said)
