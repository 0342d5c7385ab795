"""When a round is, and whose turn it is: the usual days of a school year, and measuring every year or every other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

FIRST_MONTH = 8  # a school year begins on 1 August
EVERY_YEAR, EVEN, ODD = "every", "even", "odd"
SECTORS = {"po": ("po", "sbo", "so"), "vo": ("vo", "pro"), "ko": ("ko",)}  # of a kind of round


@dataclass(frozen=True, slots=True)
class Calendar:
    """The four days of a round: administration from, lists from, lists until (that day included), reports from."""

    prepare_on: date
    opens_on: date
    closes_on: date
    report_on: date

    @property
    def in_order(self) -> bool:
        return self.prepare_on <= self.opens_on < self.closes_on <= self.report_on


def usual_calendar(first: int, days: Mapping[str, str]) -> Calendar:
    """The days of the school year that begins in `first`, from days without a year: {"opens": "12-01", …}."""
    names = ("prepare", "opens", "closes", "report")
    return Calendar(*(day_in_year(first, days[name]) for name in names))


def day_in_year(first: int, day: str) -> date:
    """ "02-15" in the school year that begins in 2026 is 15 February 2027. Raises ValueError for no day."""
    month, number = (int(part) for part in day.split("-"))
    return date(first if month >= FIRST_MONTH else first + 1, month, number)


def half_of(first: int) -> str:
    """The half of the locations whose turn it is in the school year that begins in `first`."""
    return ODD if first % 2 else EVEN


def measures_in(rhythm: str, first: int) -> bool:
    """Whether a location with this rhythm measures in the school year that begins in `first` (handbook po)."""
    return rhythm in (EVERY_YEAR, half_of(first))


def asked_pupils(kind: str, by_year_group: Mapping[str, int]) -> int:
    """How many pupils a location has in the year groups that fill in: 5 to 8 in primary, all in secondary."""
    if kind == "ko":
        return 0
    return sum(
        number
        for year_group, number in by_year_group.items()
        if kind == "vo" or (year_group.isdigit() and int(year_group) >= 5)
    )


def asks_group(kind: str, year_groups: Sequence[int]) -> bool:
    """Whether pupils of a group fill in: in primary only from year group 5, a combination with 4 too."""
    return kind == "vo" or (kind == "po" and any(number >= 5 for number in year_groups))
