"""The groups of a location with their teachers, its pupils in numbers, and what belonged to whom in which year."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from leesbouw.organisations.models import Location
from leesbouw.organisations.queries import location_by_code, years_of
from leesbouw.people.queries import teachers_of
from leesbouw.ui.pages import Page

from ..permissions import EDIT_CONTACTS, EDIT_GROUPS, VIEW
from ..queries.location_page import pupils_at_location
from ..queries.locations import works_at_library


class Groups(Page):
    """For who reads or keeps the groups of a school year."""

    template_name = "dashboards/groups.html"
    permission = VIEW

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            location = location_by_code(self.actor, kwargs["code"])
        except Location.DoesNotExist:
            raise Http404 from None
        if not self.request.path.startswith(location.get_absolute_url()):
            raise Http404
        own = works_at_library(self.actor) or self.actor.unit_id == location.pk
        return super().get_context_data(
            **kwargs,
            location=location,
            groups=teachers_of(self.actor, location, self.year),
            pupils=pupils_at_location(self.actor, location),
            years=list(years_of(self.actor, location)),
            year=self.year,
            rights={
                "groups": self.actor.may(EDIT_GROUPS),
                "contacts": self.actor.may(EDIT_CONTACTS) and own,
            },
        )
