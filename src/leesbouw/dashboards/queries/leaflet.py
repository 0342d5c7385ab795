"""The privacy leaflet of a location: for its own people, and for the library that works with it."""

from __future__ import annotations

from dataclasses import dataclass

from leesbouw.core.access import Actor
from leesbouw.core.time import today
from leesbouw.organisations.models import Location, Partnership
from leesbouw.organisations.queries import location_by_code
from leesbouw.privacy.queries.papers import leaflet_document, rights_words
from leesbouw.privacy.queries.processing import LeafletPart, leaflet
from leesbouw.pupils.queries import keeps_birth_years
from leesbouw.rendering.documents import Document


@dataclass(frozen=True, slots=True)
class Leaflet:
    """What stands in the leaflet of one location."""

    location: Location
    libraries: tuple[str, ...]
    parts: tuple[LeafletPart, ...]
    rights: tuple[str, ...]

    @property
    def document(self) -> Document:
        return leaflet_document(self.parts, school=self.location.name, libraries=self.libraries)


def leaflet_of(actor: Actor, code: str) -> Leaflet:
    """The leaflet, for who works there, its board, or a library that works with it. Raises Location.DoesNotExist."""
    location = location_by_code(actor, code)
    within = isinstance(actor.locations, frozenset) and location.pk in actor.locations
    if not (within or actor.unit_id == location.pk):
        raise Location.DoesNotExist
    partnerships = Partnership.objects.visible_to(actor).on(today()).filter(location=location)
    names = partnerships.order_by("library__name").values_list("library__name", flat=True)
    without = () if keeps_birth_years(location.pk) else ("birth_year",)
    return Leaflet(location, tuple(names), tuple(leaflet(without)), tuple(rights_words(location.name)))
