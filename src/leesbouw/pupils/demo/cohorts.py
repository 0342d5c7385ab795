"""Who is at a school in three years: children move up, some leave, others come. Plain Python, the same every time.

The numbers are those that the story tells of each year group, so that the pages about numbers and those about children
agree. Who left in an earlier year is not made: of her nothing is kept any more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random

from leesbouw.core.story import YEARS, Row

from .names import Namer

ZEROS = 2  # every so many schools have numbers that begin with zeros
DAYS_GONE = (12, 64, 33, 47, 25)  # in turn; more than sixty is due to go
MOVED_AWAY = 70  # one in so many children left in this school year


@dataclass(slots=True)
class Place:
    """A group and the year group of a child in it."""

    group: str
    year_group: int


@dataclass(slots=True)
class Made:
    """A child of the story. `places`: year → where it was; `days_gone`: how many days ago it left, 0 when it is there."""

    key: str
    eck_id: str
    first_name: str
    infix: str
    last_name: str
    places: dict[str, Place] = field(default_factory=dict)
    days_gone: int = 0


def children_of(
    row: Row,
    number: int,
    names: Sequence[Row],
    groups: Callable[[str], Sequence[str]],
    year_groups: Callable[[str], Sequence[int]],
) -> list[Made]:
    """The children of one school who are kept today. `groups(year)`: names; `year_groups(name)`: the years in it."""
    chance = Random(f"pupils of {row['code']}")
    school = _School(row, number, Namer(names, chance))
    here: dict[int, list[Made]] = {}
    for year in YEARS:
        counts = row["pupils"][year]
        moved = {at: here.get(at - 1, []) for at in range(1, len(counts) + 1)}
        here = {at: school.grown(moved[at], size) for at, size in enumerate(counts, 1)}
        _place(here, year, groups(year), year_groups)
    there = [child for at in sorted(here) for child in here[at]]
    gone = school.grown([], max(1, len(there) // MOVED_AWAY))
    for at, child in enumerate(gone):
        child.days_gone = DAYS_GONE[at % len(DAYS_GONE)]
        child.places = dict(there[(at * 37 + 5) % len(there)].places)
    return there + gone


class _School:
    """Makes new children with numbers in the way of this school's system."""

    def __init__(self, row: Row, number: int, namer: Namer) -> None:
        self.code, self.namer = row["code"], namer
        self.has_zeros = number % ZEROS == 1
        self.has_eck = number % 3 != 2
        self.next = 1200 + 7 * number if row["sector"] not in {"vo", "pro"} else 110_300 + 900 * number

    def grown(self, moved: list[Made], size: int) -> list[Made]:
        """As many as are told: who is too many left last summer, who is missing is new."""
        return moved[:size] + [self.new() for _missing in range(size - len(moved))]

    def new(self) -> Made:
        self.next += 1
        digest = sha256(f"{self.code}/{self.next}".encode()).hexdigest()
        eck_id = f"https://ketenid.example/201703/{digest}{digest[::-1]}" if self.has_eck else ""
        key = f"{self.next:06d}" if self.has_zeros else str(self.next)
        return Made(key, eck_id, *self.namer.draw())


def _place(
    here: dict[int, list[Made]],
    year: str,
    groups: Sequence[str],
    year_groups: Callable[[str], Sequence[int]],
) -> None:
    """Gives everybody a group: with the letter she had where that is still there, else where there is room.

    Groups without a year in their name, as in special education, take children in the order of their years.
    """
    everybody = [(at, child) for at in sorted(here) for child in here[at]]
    for position, (at, child) in enumerate(everybody):
        options = [name for name in groups if at in year_groups(name)]
        if not options:
            name = groups[position * len(groups) // len(everybody)]
        else:
            name = _chosen(child, options, year)
        child.places[year] = Place(name, at)


def _chosen(child: Made, options: Sequence[str], year: str) -> str:
    if len(options) == 1:
        return options[0]
    last = child.places.get(YEARS[YEARS.index(year) - 1]) if year != YEARS[0] else None
    same = [name for name in options if last and name[-1] == last.group[-1] and name[-1].isalpha()]
    return same[0] if same else options[int(child.key) % len(options)]
