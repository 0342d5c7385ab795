"""What groups do every week, of all locations of a library side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from leesbouw.core.access import Actor, within
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Location
from leesbouw.organisations.queries import locations_for

from ..domain import WeekMinutes
from ..models import Structural

Timetables = Mapping[int, Mapping[int, WeekMinutes]]  # by location, then by year group


def timetable_rows(actor: Actor, year: SchoolYear) -> QuerySet[Location]:
    """Locations that cooperate."""
    rows = locations_for(actor, year)
    return rows.filter(within(actor.locations, "pk"), partnership_id__isnull=False)


def timetables_of(actor: Actor, year: SchoolYear, habit: str = "") -> Timetables:
    """By location and year group the minutes a week of a habit, or of all habits together. One query."""
    rows = Structural.objects.visible_to(actor).filter(year=year)
    if habit:
        rows = rows.filter(habit=habit)
    found: dict[int, dict[int, WeekMinutes]] = {}
    for unit, group, agreed, real in rows.values_list("unit", "group", "agreed", "real"):
        groups = found.setdefault(unit, {})
        minutes = WeekMinutes(agreed, real)
        groups[group] = groups[group] + minutes if group in groups else minutes
    return found


@dataclass(frozen=True, slots=True)
class TimetableSums:
    """Groups of these locations: how many keep to what was agreed, have less, or do not say."""

    kept: int
    short: int
    unknown: int


def timetable_sums(timetables: Timetables, units: set[int]) -> TimetableSums:
    """The groups of these locations together."""
    told = [one for unit in units for one in timetables.get(unit, {}).values()]
    kept = sum(one.is_kept for one in told)
    short = sum(bool(one.short) for one in told)
    return TimetableSums(kept, short, len(told) - kept - short)
