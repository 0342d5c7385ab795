"""Some children at the schools of the cast."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from leesbouw.core.access import SYSTEM
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.actions import GroupRow, save_groups
from leesbouw.organisations.models import ClassGroup, Location
from leesbouw.pupils.actions import PupilRow, put_pupils
from leesbouw.pupils.models import Pupil

START = date(2026, 8, 1)
NAMES = (
    # first name, infix, last name, key, group
    ("Noor", "de", "Vriezenaar", "001", "5"),
    ("Noor", "", "Vlinderman", "002", "5"),
    ("Sem", "", "Kwartel", "003", "6"),
    ("Yusuf", "", "Zandloper", "004", ""),
)


@dataclass
class Class:
    """The children of one school by first and last name, and its groups by name."""

    location: Location
    groups: dict[str, ClassGroup]
    pupils: list[Pupil]

    @property
    def noor(self) -> Pupil:
        return self.pupils[0]

    @property
    def sem(self) -> Pupil:
        return self.pupils[2]

    @property
    def yusuf(self) -> Pupil:
        return self.pupils[3]


def make_class(location: Location, year: SchoolYear | None = None) -> Class:
    """Two groups, two girls called Noor V., one boy without a group."""
    year = year or SchoolYear.running()
    groups = save_groups([GroupRow("5", (5,)), GroupRow("6", (6,))], location=location, year=year, by=SYSTEM)
    rows = [
        PupilRow(
            first_name=first,
            infix=infix,
            last_name=last,
            key=key,
            group_id=groups[group].pk if group else None,
            starts_on=year.starts_on,
        )
        for first, infix, last, key, group in NAMES
    ]
    ids = put_pupils(rows, location=location, by=SYSTEM)
    at = {pupil.pk: pupil for pupil in Pupil.objects.visible_to(SYSTEM).filter(pk__in=ids)}
    return Class(location, groups, [at[pk] for pk in ids])


def put_more(where: Class, number: int) -> list[int]:
    """So many more children in group 6."""
    rows = [
        PupilRow(
            first_name=f"Kind {n}", last_name="Extra", key=f"9{n}", group_id=where.groups["6"].pk,
            starts_on=START,
        )
        for n in range(number)
    ]  # fmt: skip
    return put_pupils(rows, location=where.location, by=SYSTEM)
