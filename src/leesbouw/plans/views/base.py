"""The unit in the address of a page, for who works at it or with it."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property

from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Library, Location, Unit
from leesbouw.organisations.queries import library_by_code, location_by_code


class OfUnit:
    """A page about the school, child-care location or library in the address. Who is not near it gets 404."""

    actor: Any
    request: Any
    kwargs: dict[str, Any]
    year: SchoolYear

    @cached_property
    def unit(self) -> Unit:
        find = location_by_code if "place" in self.kwargs else library_by_code
        try:
            found = find(self.actor, self.kwargs["code"])
        except (Location.DoesNotExist, Library.DoesNotExist):
            raise Http404 from None
        if getattr(found, "place", None) != self.kwargs.get("place"):
            raise Http404
        if found.pk not in self.actor.locations and found.pk not in self.actor.libraries:
            raise Http404
        return found

    @property
    def in_year(self) -> str:
        """What keeps an address in the year that one is looking at."""
        return "" if self.year == SchoolYear.running() else f"?jaar={self.year}"
