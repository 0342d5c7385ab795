"""What a shelf is worth: books per pupil against a norm, age, renewal, and what it is made of beside a profile.

Norms and profiles are content; product.md C2 names them, lending.md §0 tells where they come from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ..enums import AgeBand, Category, TitleKind

A_YEAR = timedelta(days=365)
DAYS = 365.25
RECENT = 3 * A_YEAR
OWN_LANGUAGES = frozenset({"dut", "fry", ""})
RECENT_STEPS = (0.10, 0.20, 0.30)  # the answers of the national list: less than 10 %, to 20 %, to 30 %, more
NEAR = 0.05  # a share that is nearer to the profile than this is as wished

OF_KIND = {
    TitleKind.PICTURE: Category.PICTURE,
    TitleKind.INFORMATION: Category.INFORMATION,
    TitleKind.COMIC: Category.COMIC,
    TitleKind.POETRY: Category.POETRY,
}
OF_AGE = {
    AgeBand.B: Category.STORIES_B,
    AgeBand.BP: Category.STORIES_B,
    AgeBand.C: Category.STORIES_C,
    AgeBand.D: Category.STORIES_C,
}


class Standing(StrEnum):
    """Where a number is beside a norm."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


def standing_of(value: float, low: float, high: float) -> Standing:
    """Where books per pupil are beside a norm; its ends are within it."""
    if value < low:
        return Standing.BELOW
    return Standing.ABOVE if value > high else Standing.WITHIN


def books_short(fixed: int, pupils: int, low: float) -> int:
    """How many books must be bought to come to the lower end of a norm."""
    wanted = -(-round(low * pupils * 1000) // 1000)
    return max(wanted - fixed, 0)


def category_of(kind: str, age_band: str, language: str) -> Category:
    """Where a title counts; each in one place. Another language goes before all else, a story goes by age."""
    if language not in OWN_LANGUAGES:
        return Category.LANGUAGES
    if kind == TitleKind.STORY:
        return OF_AGE.get(AgeBand(age_band), Category.STORIES_A) if age_band else Category.STORIES_A
    return OF_KIND.get(TitleKind(kind), Category.OTHER)


@dataclass(frozen=True, slots=True)
class Mix:
    """One part of what a shelf is made of: how many, which share that is (0-1), and which share is wished."""

    category: Category
    number: int
    share: float
    wished: float | None

    @property
    def gap(self) -> float:
        """How much too little there is (0-1); below zero is too much."""
        return 0.0 if self.wished is None else self.wished - self.share

    @property
    def percent(self) -> int:
        return round(self.share * 100)

    @property
    def wished_percent(self) -> int:
        return round((self.wished or 0) * 100)

    @property
    def is_short(self) -> bool:
        return self.gap > NEAR

    @property
    def is_ample(self) -> bool:
        return self.gap < -NEAR


def mixed(numbers: Mapping[Category, int], wished: Mapping[str, float]) -> list[Mix]:
    """What a shelf is made of, in the order of the categories; those that are neither there nor wished are left out."""
    total = sum(numbers.values())
    return [
        Mix(
            one,
            numbers.get(one, 0),
            numbers.get(one, 0) / total if total else 0.0,
            wished.get(one.value) if wished else None,
        )
        for one in Category
        if numbers.get(one) or wished.get(one.value)
    ]


@dataclass(frozen=True, slots=True)
class Ages:
    """When the copies of a shelf came: how many there are, days of age together, and how many came lately."""

    copies: int = 0
    days: int = 0
    last_year: int = 0
    recent: int = 0

    @property
    def years(self) -> float | None:
        """The mean age in years."""
        return self.days / self.copies / DAYS if self.copies else None

    @property
    def renewal(self) -> float | None:
        """The share that came in the last twelve months."""
        return self.last_year / self.copies if self.copies else None

    @property
    def recent_share(self) -> float | None:
        """The share that came in the last three years."""
        return self.recent / self.copies if self.copies else None


def ages_of(came: Iterable[tuple[date, int]], on: date) -> Ages:
    """Counts (day, how many came) as they are on a day. Raises nothing; who came later counts as new."""
    total: Counter[str] = Counter()
    for day, number in came:
        age = max((on - day).days, 0)
        total["copies"] += number
        total["days"] += number * age
        total["last_year"] += number * (age <= A_YEAR.days)
        total["recent"] += number * (age <= RECENT.days)
    return Ages(**total)


def recent_answer(share: float) -> int:
    """The answer of the national list to “which share was bought in the last three years”, 1-4."""
    first, *others = RECENT_STEPS
    return 1 + (share >= first) + sum(share > step for step in others)


@dataclass(frozen=True, slots=True)
class LendingRight:
    """The three conditions under which the nation pays the lending right (handbook po, chapter 3); None is unknown."""

    library_is_responsible: bool | None
    loans_are_registered: bool | None
    books_go_home: bool | None

    @property
    def all_met(self) -> bool:
        return all((self.library_is_responsible, self.loans_are_registered, self.books_go_home))

    @property
    def conditions(self) -> tuple[bool | None, ...]:
        return self.library_is_responsible, self.loans_are_registered, self.books_go_home
