"""What the year plans ask of one colleague, how she works, and what was proposed to her."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import groupby

from django.db.models import Count, Q

from leesbouw.core.access import Actor, within
from leesbouw.core.time import AMSTERDAM, SchoolYear, now, on_day, today
from leesbouw.organisations.models import Location
from leesbouw.people.models import ConsultantAssignment, StaffMember
from leesbouw.people.queries import staff_today
from leesbouw.plans.enums import Region, Side
from leesbouw.plans.models import PlannedActivity
from leesbouw.plans.queries import campaigns_between, campaigns_met, holidays_between, region_of

from ..domain import Map, Place, Rhythm, Slot, Wish, monday_of, public_holidays, spread
from ..models import Proposal, Visit, WorkRhythm

USUAL = Rhythm(frozenset({1, 2, 4, 5}), time(8, 30), time(15, 30), 3, 30, 15, 45)
AREA = 4  # digits of a postcode: a neighbourhood
SHORTEST, QUARTER, HOUR = 30, 15, 60  # minutes
AROUND = timedelta(days=13)  # an activity with one day alone may move two weeks on
LAST_WEEKS = timedelta(weeks=5)  # of a school year: summer holidays


def rhythm_of(actor: Actor, staff: StaffMember) -> WorkRhythm | None:
    """How a colleague works, when she said so."""
    return WorkRhythm.objects.visible_to(actor).filter(pk=staff.pk).first()


def as_rhythm(row: WorkRhythm) -> Rhythm:
    """The same as the rule takes it."""
    return Rhythm(
        frozenset(row.days),
        row.begins,
        row.ends,
        row.most,
        row.travel,
        near_of(row.travel) if row.travel_near is None else row.travel_near,
        far_of(row.travel) if row.travel_far is None else row.travel_far,
    )


def near_of(travel: int) -> int:
    """What we take for schools in one neighbourhood where nobody said so: half (ours)."""
    return travel // 2


def far_of(travel: int) -> int:
    """And for schools in two municipalities: half as much again (ours)."""
    return travel * 3 // 2


def wishes_of(actor: Actor, staff: StaffMember, year: SchoolYear) -> list[Wish]:
    """The visits that year plans still ask of a colleague: of activities on her name, and of activities without a name
    at locations where nobody has more hours than she. An activity on the name of somebody who does not work here (any
    more), such as at a school that came from another library, counts as without a name. Those that stand in a diary
    already are not asked again."""
    rows = list(_activities(actor, staff, year))
    there = Visit.objects.visible_to(actor).filter(activity__in=[row.pk for row in rows], cancellation=None)
    planned = dict(
        there.order_by().values("activity").annotate(found=Count("pk")).values_list("activity", "found")
    )
    wishes: list[Wish] = []
    for row in rows:
        first, last = _period(row, year)
        days = spread(first, last, row.times)
        minutes = (
            max(SHORTEST, round(float(row.hours) * HOUR / row.times / QUARTER) * QUARTER)
            if row.hours
            else HOUR
        )
        wishes += [
            Wish(row.pk, row.unit_id, minutes, first, last, best) for best in days[planned.get(row.pk, 0) :]
        ]
    return wishes


def _activities(actor: Actor, staff: StaffMember, year: SchoolYear):  # type: ignore[no-untyped-def]
    mine = _first_at(actor, staff)
    here = list(staff_today(actor).values_list("pk", flat=True))
    return PlannedActivity.objects.visible_to(actor).filter(
        Q(staff=staff.pk) | Q(unit__in=mine) & (Q(staff=None) | ~Q(staff__in=here)),
        year=year,
        dropped_at=None,
        done_on=None,
        times__gt=0,
        side__in=[Side.LIBRARY, Side.TOGETHER],
    )


def _first_at(actor: Actor, staff: StaffMember) -> list[int]:
    """The locations where this colleague has most hours of all."""
    rows = ConsultantAssignment.objects.visible_to(actor).filter(on_day(today()))
    first: dict[int, int] = {}
    for who, location, _hours in sorted(
        rows.values_list("staff", "partnership__location", "hours_per_year"),
        key=lambda row: (-(row[2] or 0), row[0]),
    ):
        first.setdefault(location, who)
    return [location for location, who in first.items() if who == staff.pk]


def _period(row: PlannedActivity, year: SchoolYear) -> tuple[date, date]:
    """Between which days the visits of an activity lie; without a day anywhere in what is left of the year."""
    if row.from_on is None:
        end = year.ends_on - LAST_WEEKS
        return min(max(year.starts_on, today() + timedelta(days=1)), end), end
    until = row.until_on or row.from_on + AROUND + timedelta(weeks=max(0, row.times - 2))
    return row.from_on, min(until, year.ends_on)


def busy_of(actor: Actor, staff: StaffMember) -> list[tuple[date, Slot]]:
    """What stands in the diary of a colleague from today on."""
    rows = Visit.objects.visible_to(actor).filter(staff=staff.pk, starts_at__gte=now(), cancellation=None)
    found = []
    for unit, begin, end in rows.values_list("unit", "starts_at", "ends_at"):
        first, last = begin.astimezone(AMSTERDAM), end.astimezone(AMSTERDAM)
        slot = Slot(unit, first.hour * HOUR + first.minute, last.hour * HOUR + last.minute)
        found.append((first.date(), slot))
    return found


def public_holidays_in(year: SchoolYear) -> frozenset[date]:
    return frozenset(public_holidays(year.first)) | frozenset(public_holidays(year.first + 1))


def map_of(actor: Actor, units: Collection[int], chosen: str, year: SchoolYear) -> Map:
    """Where schools lie, by their postcode and municipality, and when their region has school holidays; of a school of
    which we do not know the region the holidays of all three. `chosen` counts for every school. One query."""
    rows = Location.objects.visible_to(actor).filter(pk__in=units).order_by()
    town = ("municipality_id", "municipality__code", "municipality__province__name")
    places, closed = {}, {}
    by_region = {region: _school_holidays(region, year) for region in ("", *Region.values)}
    for pk, postcode, municipality, code, province in rows.values_list("pk", "postcode", *town):
        places[pk] = Place(postcode[:AREA], municipality)
        closed[pk] = by_region[chosen or region_of(code, province) or ""]
    return Map(places, closed)


def _school_holidays(region: str, year: SchoolYear) -> frozenset[date]:
    days: set[date] = set()
    for one in holidays_between(region, year.starts_on, year.ends_on):
        days |= {one.starts_on + timedelta(days=n) for n in range((one.ends_on - one.starts_on).days + 1)}
    return frozenset(days)


@dataclass(frozen=True, slots=True)
class Assumed:
    """What a proposal takes for granted: minutes of travel, whose holidays count (empty: of each school), and the
    municipalities of which we do not know the region."""

    rhythm: Rhythm
    region: str
    unknown: Sequence[str]

    @property
    def region_label(self) -> str:
        return str(Region(self.region).label) if self.region else ""


def assumed_for(actor: Actor, staff: StaffMember) -> Assumed | None:
    """None for who did not say yet how she works. Two queries."""
    row = rhythm_of(actor, staff)
    if row is None:
        return None
    proposed = Proposal.objects.visible_to(actor).filter(staff=staff.pk).order_by().values("unit")
    places = Location.objects.visible_to(actor).filter(pk__in=proposed).order_by("municipality__name")
    towns = places.values_list(
        "municipality__code", "municipality__province__name", "municipality__name"
    ).distinct()
    unknown = [] if row.region else [name for code, province, name in towns if not region_of(code, province)]
    return Assumed(as_rhythm(row), row.region, unknown)


@dataclass(frozen=True, slots=True)
class ProposedWeek:
    """The proposals of one week; with each the campaigns that it falls in."""

    monday: date
    rows: Sequence[tuple[Proposal, str]]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What was proposed to a colleague: by week, and what got no place, by reason."""

    weeks: Sequence[ProposedWeek]
    refused: Sequence[Proposal]
    count: int

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """How many visits got no place, by why."""
        return list(Counter(str(row.get_refusal_display()) for row in self.refused).items())


def proposed_to(actor: Actor, staff: StaffMember) -> Proposed:
    """Four queries, however much was proposed."""
    rows = list(proposals_of(actor, staff))
    placed = [row for row in rows if row.day]
    campaigns = campaigns_between(actor, placed[0].day, placed[-1].day) if placed else []  # type: ignore[arg-type]
    weeks = [
        ProposedWeek(
            monday,
            [(row, campaigns_met(campaigns, row.day, form=row.activity.form)) for row in some],
        )
        for monday, some in groupby(placed, key=lambda row: monday_of(row.day))
    ]
    return Proposed(weeks, [row for row in rows if not row.day], len(placed))


def proposals_of(actor: Actor, staff: StaffMember):  # type: ignore[no-untyped-def]
    """Proposals to a colleague, by day; not at a school that went to another library since."""
    rows = Proposal.objects.visible_to(actor).filter(within(actor.locations, "unit"), staff=staff.pk)
    return rows.select_related("unit__as_location", "activity__goal")
