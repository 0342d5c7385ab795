"""Months of lending for who makes figures of them; nobody else reads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q

from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import ClassGroup
from leesbouw.pupils.models import Pupil
from leesbouw.pupils.queries import group_sizes

from ..domain.months import Month, month_of
from ..models import LendingMonth

Key = tuple[int, int | None]


def months_of_year(year: SchoolYear) -> dict[Key, list[Month]]:
    """The months of a school year, by location and group; the whole of a location is that of no group."""
    rows = LendingMonth.objects.trusted("figures of lending").filter(
        month__gte=year.starts_on, month__lte=month_of(year.ends_on)
    )
    found: dict[Key, list[Month]] = {}
    for row in rows.order_by("month"):
        month = Month(row.month, row.loans, row.at_home, row.borrowers, row.children, row.copies, row.is_over)
        found.setdefault((row.location_id, row.group_id), []).append(month)
    return found


def origins_of_year(year: SchoolYear) -> dict[int, tuple[str, date]]:
    """Where the figures of each location come from, and of which day the newest are."""
    rows = LendingMonth.objects.trusted("figures of lending").filter(
        month__gte=year.starts_on, month__lte=month_of(year.ends_on), group=None
    )
    return {row.location_id: (row.origin, row.told_on) for row in rows.order_by("month")}


def pupils_by_group(places: Collection[int], day: date) -> dict[int, dict[int, int]]:
    """How many pupils are in each group of these schools on a day."""
    groups = ClassGroup.objects.filter(location__in=places, year=SchoolYear.of(day))
    where = dict(groups.values_list("pk", "location"))
    found: dict[int, Counter[int]] = {}
    for pk, number in group_sizes(where, day=day).items():
        found.setdefault(where[pk], Counter())[pk] += number
    return {place: dict(those) for place, those in found.items()}


def pupils_at(places: Collection[int], day: date) -> dict[int, int]:
    """How many pupils each of these schools has, those without a group as well; who left before the day does not count."""
    rows = Pupil.objects.trusted("how many pupils a school has; gives a number only")
    rows = rows.filter(Q(left_on=None) | Q(left_on__gt=day), location__in=places).order_by()
    return dict(rows.values_list("location").annotate(n=Count("pk")))
