"""A school on its way to 2027-2028."""

from __future__ import annotations

from leesbouw.core.access import SYSTEM
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.actions import GroupRow, NextGroupRow, save_groups, take_over_groups
from leesbouw.organisations.models import Location
from leesbouw.organisations.queries import group_offers
from leesbouw.pupils.actions import PupilRow, put_pupils

JUNE = "2027-06-15 09:00:00+00:00"
YEAR = SchoolYear(2027)
GROUPS = (GroupRow("1/2", (1, 2)), GroupRow("5A", (5,)), GroupRow("7/8", (7, 8)))


def furnish(location: Location, *, per_group: int = 3, groups=GROUPS) -> list[int]:
    """Groups of 2026-2027 with pupils; those of a combination group by turns in each of its years."""
    saved = save_groups(groups, location=location, year=YEAR.previous, by=SYSTEM)
    rows = []
    for group in saved.values():
        years = group.year_groups or [None]
        rows += [
            PupilRow(
                first_name=f"Kind{number}",
                last_name=f"Van{group.pk}",
                key=f"{group.pk}-{number}",
                group_id=group.pk,
                year_group=years[number % len(years)] if len(years) > 1 else None,
                starts_on=YEAR.previous.starts_on,
            )
            for number in range(per_group)
        ]
    return put_pupils(rows, location=location, by=SYSTEM)


def take_over(location: Location, by):  # type: ignore[no-untyped-def]
    """The groups as proposed."""
    rows = [
        NextGroupRow(offer.name, offer.year_groups, offer.follows, offer.id)
        for offer in group_offers(by, location, YEAR)
    ]
    return take_over_groups(rows, location=location, year=YEAR, by=by)
