"""The portfolio of whoever divides hours and guards agreements."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext

from leesbouw.core.time import today
from leesbouw.organisations.enums import Phase
from leesbouw.organisations.models import Location
from leesbouw.ui.pages import Empty, Preset
from leesbouw.ui.pages.lists import Listing

from ..enums import Attention
from ..permissions import VIEW_BLOCKS, VIEW_LOOK_BACK, VIEW_PARENTS, VIEW_PARTNERSHIP, VIEW_PLANS, VIEW_ROUTES
from ..queries.locations import works_at_library
from ..queries.portfolio import hours_by_consultant, portfolio_rows
from ..queries.waiting import gates_to_review, waiting_partnerships
from ..queries.words import in_words
from .locations import LocationList

SOON = timedelta(days=60)
MOST = 12


class Portfolio(LocationList):
    """Locations × cooperation, phase, hours and consultant; gates to look at again; who waits; hours per consultant."""

    template_name = "dashboards/portfolio.html"
    permission = VIEW_PARTNERSHIP
    page = "dashboards.portfolio"
    title = gettext_lazy("Portfolio")
    empty = Empty(
        gettext_lazy("No cooperation yet"),
        gettext_lazy("Open a location and start working together. It then stands here."),
        "/scholen/",
        gettext_lazy("Choose a location"),
    )
    presets = (
        Preset(gettext_lazy("Agreements run out"), f"aandacht={Attention.ENDING}"),
        Preset(gettext_lazy("Without consultant"), f"aandacht={Attention.UNSTAFFED}"),
        Preset(gettext_lazy("Getting acquainted"), f"fase={Phase.ACQUISITION}"),
        Preset(gettext_lazy("On the waiting list"), f"aandacht={Attention.WAITING}"),
    )

    def rows(self, request: HttpRequest) -> QuerySet[Location]:
        return portfolio_rows(self.actor, self.year)

    def heading(self, listing: Listing) -> str:
        number = listing.total
        if not number:
            return str(self.title)
        text = ngettext(
            "Cooperation with %(number)s location", "Cooperation with %(number)s locations", number
        )
        return text % {"number": in_words(number)}

    def more(self, listing: Listing) -> dict[str, Any]:
        hours = hours_by_consultant(self.actor)
        return {
            "lead": self.state(listing),
            "gates": list(gates_to_review(self.actor, until=today() + SOON)[:MOST]),
            "waiting": list(waiting_partnerships(self.actor)[:MOST]),
            "hours": hours,
            "hours_total": sum((line.hours or 0) for line in hours),
            "today": today(),
            "shows_blocks": self.actor.may(VIEW_BLOCKS),
            "shows_plans": self.actor.may(VIEW_PLANS),
            "shows_look_back": self.actor.may(VIEW_LOOK_BACK) and works_at_library(self.actor),
            "shows_routes": self.actor.may(VIEW_ROUTES),
            "shows_parents": self.actor.may(VIEW_PARENTS) and works_at_library(self.actor),
        }
