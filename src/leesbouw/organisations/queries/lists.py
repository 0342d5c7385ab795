"""Lists: locations with the facts of a year, an area with its municipalities, the history of a partnership."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear, on_day, today

from ..models import (
    ClassGroup,
    CooperationCheck,
    ExploratoryTalk,
    GateDecision,
    LibraryArea,
    Location,
    LocationYear,
    Municipality,
    Partnership,
    PartnershipDecision,
)


def locations_for(actor: Actor, year: SchoolYear) -> QuerySet[Location]:
    """Locations the actor may see, open in that year, with: pupils, partnership_id, partnership_type, phase,
    hours_per_year, agreed_until, waiting_since, programme, library_name (of the partnership that holds today)."""
    facts = LocationYear.objects.filter(location=OuterRef("pk"), year=year)
    partnership = Partnership.objects.visible_to(actor).on(today()).filter(location=OuterRef("pk"))
    partnership = partnership.order_by("-starts_on", "-pk")

    def of_partnership(field: str) -> Subquery:
        return Subquery(partnership.values(field)[:1])

    rows = Location.objects.visible_to(actor).filter(Q(closed_on=None) | Q(closed_on__gt=year.starts_on))
    return rows.select_related("municipality", "board").annotate(
        pupils=Subquery(facts.values("pupils")[:1]),
        partnership_id=of_partnership("pk"),
        partnership_type=of_partnership("type"),
        programme=of_partnership("programme"),
        phase=of_partnership("phase"),
        hours_per_year=of_partnership("hours_per_year"),
        agreed_until=of_partnership("agreed_until"),
        waiting_since=of_partnership("waiting_since"),
        library_name=of_partnership("library__name"),
    )


def years_of(actor: Actor, location: Location) -> QuerySet[LocationYear]:
    """What belonged to whom in which year, newest first."""
    rows = LocationYear.objects.visible_to(actor).filter(location=location)
    return rows.select_related("board", "municipality", "library").order_by("-year")


def groups_of(actor: Actor, location: Location, year: SchoolYear) -> QuerySet[ClassGroup]:
    return ClassGroup.objects.visible_to(actor).filter(location=location, year=year).order_by("name")


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that was decided or recorded about a partnership."""

    on: date
    kind: str  # "exploratory" | "gate" | "decision" | "check"
    row: Any


def partnership_history(actor: Actor, location: Location) -> list[Moment]:
    """Exploratory talks, gates, decisions and yearly checks of a location, newest first."""
    talks = ExploratoryTalk.objects.visible_to(actor).filter(location=location)
    gates = GateDecision.objects.visible_to(actor).filter(location=location)
    decisions = PartnershipDecision.objects.visible_to(actor).filter(partnership__location=location)
    checks = CooperationCheck.objects.visible_to(actor).filter(partnership__location=location)
    moments = [Moment(row.held_on, "exploratory", row) for row in talks]
    moments += [Moment(row.decided_on, "gate", row) for row in gates]
    moments += [Moment(row.decided_on, "decision", row) for row in decisions]
    moments += [Moment(row.checked_on, "check", row) for row in checks]
    return sorted(moments, key=lambda moment: moment.on, reverse=True)


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
