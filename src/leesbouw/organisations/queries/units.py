"""One organisation, by its code. What the actor may not see does not exist: ObjectDoesNotExist, 404 for a page."""

from __future__ import annotations

from django.db.models import F, FilteredRelation, Q, QuerySet

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear, today

from ..enums import UnitKind
from ..models import Board, Library, Location, Municipality, Nation, Partner, Partnership, Poi, Province, Unit


def location_by_code(actor: Actor, code: str, year: SchoolYear | None = None) -> Location:
    """A school or child-care location. Raises Location.DoesNotExist.

    With a `year` it has `pupils_then` and `counted_then`: how many pupils there were in it, and when they were counted.
    """
    rows = Location.objects.visible_to(actor).select_related("board", "municipality__province", "merged_into")
    if year is not None:
        facts = FilteredRelation("years", condition=Q(years__year=year))
        rows = rows.annotate(facts=facts, pupils_then=F("facts__pupils"), counted_then=F("facts__counted_on"))
    return rows.get(code=code)


def own_location(actor: Actor, place: str, code: str) -> Location:
    """A location that the actor works with, by its address: "school" or "kinderopvang", and code.

    Raises Location.DoesNotExist, also for one that the actor may merely know of.
    """
    found = location_by_code(actor, code)
    if found.place != place or found.pk not in actor.locations:
        raise Location.DoesNotExist
    return found


def library_by_code(actor: Actor, code: str) -> Library:
    return Library.objects.visible_to(actor).select_related("province").get(code=code)


def board_by_code(actor: Actor, code: str) -> Board:
    return Board.objects.visible_to(actor).get(code=code)


def municipality_by_code(actor: Actor, code: str) -> Municipality:
    return Municipality.objects.visible_to(actor).select_related("province").get(code=code)


def province_by_code(actor: Actor, code: str) -> Province:
    return Province.objects.visible_to(actor).select_related("poi").distinct().get(code=code)


def poi_by_code(actor: Actor, code: str) -> Poi:
    return Poi.objects.visible_to(actor).get(code=code)


def partner_by_code(actor: Actor, code: str) -> Partner:
    return Partner.objects.visible_to(actor).select_related("municipality").get(code=code)


def nation() -> Nation:
    """The one row that stands for the whole country. Raises Nation.DoesNotExist before it is made."""
    return Nation.objects.get()


def libraries_visible_to(actor: Actor) -> QuerySet[Library]:
    return Library.objects.visible_to(actor)


def partnership_for(actor: Actor, location: Location) -> Partnership | None:
    """The partnership that counts for this actor: her library's, else the one that holds today."""
    rows = Partnership.objects.visible_to(actor).filter(location=location).select_related("library")
    rows = rows.order_by("-starts_on", "-pk")
    current = [row for row in rows if row.ends_on is None or row.ends_on >= today()]
    return current[0] if current else rows.first()


def units_in_scope(actor: Actor) -> QuerySet[Unit]:
    """Every unit that somebody of a library works with: its own, its area's locations, boards and municipalities."""
    if actor.kind == "system":
        return Unit.objects.all()
    kinds = [
        Q(pk__in=model.objects.visible_to(actor).values("pk"))
        for model in (Location, Board, Municipality, Library, Partner)
    ]
    wanted = Q(pk=actor.unit_id)
    for kind in kinds:
        wanted |= kind
    return Unit.objects.filter(wanted)


def unit_by_id(actor: Actor, unit_id: int) -> Unit:
    """A unit within reach. Raises Unit.DoesNotExist."""
    return units_in_scope(actor).get(pk=unit_id)


def kind_label(unit: Unit) -> str:
    """What kind of organisation it is, for people: "Primary school", "Municipality"."""
    if unit.kind == UnitKind.LOCATION:
        location = Location.objects.filter(pk=unit.pk).first()
        return str(location.get_sector_display()) if location else ""
    return str(unit.get_kind_display())


def own_unit_url(actor: Actor) -> str | None:
    """The address of the unit somebody works at."""
    unit = Unit.objects.filter(pk=actor.unit_id).first()
    return unit.get_absolute_url() if unit else None


def unit_names(actor: Actor, ids: set[int]) -> dict[int, tuple[str, str]]:
    """Name and address of units that an event or file is about; no secret, so whoever reads the event may read it."""
    return {unit.pk: (unit.name, unit.get_absolute_url()) for unit in Unit.objects.filter(pk__in=ids)}
