"""What every page about one location or one library asks first."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404

from leesbouw.core.access import Actor
from leesbouw.ui.pages import FormPage

from ..enums import UnitKind
from ..models import Library, Location, Partnership
from ..queries import libraries_visible_to, library_by_code, location_by_code, partnership_for


class UnitForm(FormPage):
    """A form that lies under the page of a unit."""

    template_name = "organisations/form.html"
    unit: Any = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(unit=self.unit, **kwargs)

    def back_url(self) -> str:
        return self.unit.get_absolute_url() if self.unit is not None else "/"

    def own_library(self) -> Library:
        """The library on whose behalf the actor writes. Raises Http404 for whoever works at none."""
        if self.actor.unit_kind not in {UnitKind.LIBRARY, UnitKind.BRANCH}:
            raise Http404
        found = libraries_visible_to(self.actor).first()
        if found is None:
            raise Http404
        return found


def find_location(actor: Actor, kwargs: dict[str, Any]) -> Location:
    """The location that an address names. Raises Http404."""
    try:
        found = location_by_code(actor, kwargs["code"])
    except Location.DoesNotExist:
        raise Http404 from None
    if found.place != kwargs["place"]:
        raise Http404
    return found


class LocationForm(UnitForm):
    """A form about one location."""

    def load(self) -> Any:
        self.unit = self.location()
        return self.unit

    def location(self) -> Location:
        return find_location(self.actor, self.kwargs)


class PartnershipForm(LocationForm):
    """A form about the partnership that the actor's library has with a location."""

    def load(self) -> Partnership:
        self.unit = self.location()
        self.own_library()
        found = partnership_for(self.actor, self.unit)
        if found is None or found.ends_on is not None:
            raise Http404
        return found

    def back_url(self) -> str:
        return self.unit.get_absolute_url()


class LibraryForm(UnitForm):
    """A form about one library."""

    def load(self) -> None:
        try:
            self.unit = library_by_code(self.actor, self.kwargs["code"])
        except ObjectDoesNotExist:
            raise Http404 from None
        if self.unit.pk != self.own_library().pk:
            raise Http404
