"""Lists: locations with the facts of a year, an area with its municipalities."""

from __future__ import annotations

from django.db.models import Count, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear, on_day, today

from ..enums import UnitKind
from ..models import (
    ClassGroup,
    LibraryArea,
    Location,
    LocationYear,
    Municipality,
    Partnership,
    Unit,
)


def locations_for(actor: Actor, year: SchoolYear) -> QuerySet[Location]:
    """Locations the actor may see, open in that year, with: pupils, board_then (its name in that year), partnership_id,
    partnership_type, phase, hours_per_year, agreed_until, waiting_since, programme and library_name (of the newest
    partnership that holds today). Two joins, so that thousands of rows can be sorted by any of these."""
    holds = on_day(today(), start="partnerships__starts_on", end="partnerships__ends_on")
    if actor.unit_kind in {
        UnitKind.LIBRARY,
        UnitKind.BRANCH,
    }:  # others see what any library has with a visible location
        holds &= Q(partnerships__library__in=actor.libraries)
    newest = Partnership.objects.visible_to(actor).on(today()).filter(location=OuterRef("pk"))
    rows = Location.objects.visible_to(actor).filter(Q(closed_on=None) | Q(closed_on__gt=year.starts_on))
    return (
        rows.select_related("municipality", "board")
        .annotate(
            facts=FilteredRelation("years", condition=Q(years__year=year)),
            held=FilteredRelation("partnerships", condition=holds),
        )
        .filter(Q(held=None) | Q(held=Subquery(newest.order_by("-starts_on", "-pk").values("pk")[:1])))
        .annotate(
            pupils=F("facts__pupils"),
            board_then=Coalesce("facts__board__name", "board__name"),
            partnership_id=F("held__pk"),
            partnership_type=F("held__type"),
            programme=F("held__programme"),
            phase=F("held__phase"),
            hours_per_year=F("held__hours_per_year"),
            agreed_until=F("held__agreed_until"),
            waiting_since=F("held__waiting_since"),
            library_name=Subquery(Unit.objects.filter(pk=OuterRef("held__library")).values("name")[:1]),
        )
    )


def years_of(actor: Actor, location: Location) -> QuerySet[LocationYear]:
    """What belonged to whom in which year, newest first."""
    rows = LocationYear.objects.visible_to(actor).filter(location=location)
    return rows.select_related("board", "municipality", "library").order_by("-year")


def group_by_id(actor: Actor, location: Location, pk: int) -> ClassGroup:
    """A group of a location. Raises ClassGroup.DoesNotExist."""
    return ClassGroup.objects.visible_to(actor).get(pk=pk, location=location.pk)


def groups_of(actor: Actor, location: Location, year: SchoolYear) -> QuerySet[ClassGroup]:
    return ClassGroup.objects.visible_to(actor).filter(location=location, year=year).order_by("name")


def area_rows(actor: Actor) -> QuerySet[Municipality]:
    """Every municipality to choose an area from, with `locations_open` and `library_id` / `library_name` of today."""
    serving = LibraryArea.objects.filter(on_day(today()), municipality=OuterRef("pk"))
    return (
        Municipality.objects.select_related("province")
        .annotate(
            locations_open=Count("locations", filter=Q(locations__closed_on=None)),
            library_id=Subquery(serving.values("library")[:1]),
            library_name=Subquery(serving.values("library__name")[:1]),
        )
        .order_by(F("province__name"), "name")
    )
