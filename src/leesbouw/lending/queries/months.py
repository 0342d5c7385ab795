"""Months of lending for who makes figures of them; nobody else reads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q

from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import ClassGroup
from leesbouw.pupils.models import Pupil
from leesbouw.pupils.queries import group_sizes

from ..domain.months import Month, begin_of_month, month_after, month_of
from ..enums import MonthOrigin
from ..models import LendingMonth, Loan

Key = tuple[int, int | None]
IMAGE = {  # as a file calls it → as it is stored
    "loans": "loans",
    "at_home": "at_home",
    "borrowers": "borrowers",
    "members": "children",
    "holdings": "copies",
}


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


def month_images(keys: Iterable[tuple[int, date]]) -> dict[tuple[int, date], dict[str, Any]]:
    """What is stored of whole schools in these months, as a file tells it."""
    wanted = set(keys)
    rows = LendingMonth.objects.trusted("figures of lending").filter(
        location__in={place for place, _day in wanted}, month__in={day for _place, day in wanted}, group=None
    )
    found = {
        (row.location_id, row.month): {name: getattr(row, field) for name, field in IMAGE.items()}
        for row in rows
    }
    return {key: image for key, image in found.items() if key in wanted}


def counted_here(keys: Iterable[tuple[int, date]]) -> set[tuple[int, date]]:
    """The months of which Leesbouw itself has the loans of a school: no file tells them."""
    wanted = set(keys)
    rows = LendingMonth.objects.trusted("figures of lending").filter(
        location__in={place for place, _day in wanted}, origin=MonthOrigin.COUNTED, loans__gt=0
    )
    found = set(rows.values_list("location", "month"))
    loans = Loan.objects.trusted("figures of lending").order_by()
    for day in {day for _place, day in wanted}:
        of_month = loans.filter(
            borrowed_at__gte=begin_of_month(day),
            borrowed_at__lt=begin_of_month(month_after(day)),
            location__in={place for place, at in wanted if at == day},
        )
        found |= {(pk, day) for pk in of_month.values_list("location", flat=True).distinct()}
    return found & wanted
