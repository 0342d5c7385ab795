"""The page of one school or child-care location."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Location
from leesbouw.organisations.queries import location_by_code
from leesbouw.ui.pages import Page

from ..enums import Moment
from ..permissions import (
    ASSIGN,
    DECIDE_PARTNERSHIP,
    EDIT_ACTIONS,
    EDIT_CONTACTS,
    EDIT_GROUPS,
    EDIT_PARTNERSHIP,
    EDIT_RULES,
    EDIT_TALKS,
    EDIT_UNITS,
    EDIT_VISITS,
    HANDOVER,
    SET_RHYTHM,
    SHARE_CALENDAR,
    VIEW,
    VIEW_BOOKS,
    VIEW_PARENTS,
    VIEW_PARTNERSHIP,
    VIEW_TALKS,
)
from ..queries.location_page import LocationPage, location_page
from ..queries.locations import works_at_library


class LocationDetail(Page):
    """What a location is, how library and location work together, who they are, and what was agreed."""

    template_name = "dashboards/location.html"
    permission = VIEW

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            location = location_by_code(self.actor, kwargs["code"], self.year)
        except Location.DoesNotExist:
            raise Http404 from None
        if not self.request.path.startswith(location.get_absolute_url()):
            raise Http404
        page = location_page(
            self.actor,
            location,
            self.year,
            moment=self.moment(),
            whole_timeline=self.request.GET.get("tijdlijn") == "alles",
        )
        return super().get_context_data(
            **kwargs,
            page=page,
            location=location,
            rights=self.rights(location),
            primary=self.primary(page),
            in_year="" if self.year == SchoolYear.running() else f"?jaar={self.year}",
        )

    def moment(self) -> Moment | None:
        """The kind of moment that the address asks for."""
        wish = self.request.GET.get("soort", "")
        return Moment(wish) if wish in Moment.values else None

    def rights(self, location: Location) -> dict[str, bool]:
        """What this actor may do from here, by short name."""
        at_library = works_at_library(self.actor)
        return {
            "at_library": at_library,
            "agreements": self.actor.may(VIEW_PARTNERSHIP),
            "partnership": at_library and self.actor.may(EDIT_PARTNERSHIP),
            "decide": at_library and self.actor.may(DECIDE_PARTNERSHIP),
            "groups": self.actor.may(EDIT_GROUPS),
            "units": self.actor.may(EDIT_UNITS),
            "talks": at_library and self.actor.may(VIEW_TALKS),
            "plan_talk": at_library and self.actor.may(EDIT_TALKS) and location.closed_on is None,
            "rhythm": at_library and self.actor.may(SET_RHYTHM),
            "handover": at_library and self.actor.may(HANDOVER),
            "contacts": self.actor.may(EDIT_CONTACTS) and (at_library or self.actor.unit_id == location.pk),
            "actions": self.actor.may(EDIT_ACTIONS) and (at_library or self.actor.unit_id == location.pk),
            "parents": self.actor.may(VIEW_PARENTS) and location.pk in self.actor.locations,
            "books": self.actor.may(VIEW_BOOKS) and location.pk in self.actor.locations,
            "desks": self.actor.may(EDIT_RULES) and location.pk in self.actor.locations,
            "visits": at_library and self.actor.may(EDIT_VISITS) and location.closed_on is None,
            "calendar": self.actor.may(SHARE_CALENDAR) and location.pk in self.actor.locations,
            "assign": at_library and self.actor.may(ASSIGN),
        }

    def primary(self, page: LocationPage) -> str:
        """Which one thing this page asks for: "prepare", "plan", "do" or nothing."""
        rights = self.rights(page.location)
        if rights["talks"] and page.next_talk:
            return "prepare"
        if rights["plan_talk"]:
            return "plan"
        if not rights["at_library"] and page.actions and page.actions.partner:
            return "do"
        return ""
