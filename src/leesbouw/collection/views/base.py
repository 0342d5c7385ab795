"""The school or child care in the address of a page about its books."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property

from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Location
from leesbouw.organisations.queries import own_location

from .. import queries


class OfPlace:
    """A page about the books of one place. Who is not near it gets 404."""

    actor: Any
    request: Any
    kwargs: dict[str, Any]
    year: SchoolYear

    @cached_property
    def location(self) -> Location:
        try:
            return own_location(self.actor, self.kwargs["place"], self.kwargs["code"])
        except Location.DoesNotExist:
            raise Http404 from None

    @property
    def shelf_url(self) -> str:
        return f"{self.location.get_absolute_url()}collectie/"

    def may_edit(self) -> bool:
        return queries.may_edit_provision(self.actor, self.location)

    def back_url(self) -> str:
        return self.shelf_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"location": self.location, "shelf_url": self.shelf_url}
        return super().get_context_data(**shown | kwargs)  # type: ignore[misc]
