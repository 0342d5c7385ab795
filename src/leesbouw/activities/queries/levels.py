"""What a municipality, board, province or library reads of a year: sums that leave through `indicators.figures`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.enums import Reason
from leesbouw.indicators.queries import Shown, figures
from leesbouw.organisations.models import Unit
from leesbouw.plans.domain import Counted, Sums

from ..enums import YEAR_WORDS

BACK = 4  # years that stand beside the one that is looked back on


def total_of(shown: Shown) -> Decimal:
    """What the locations of a figure have together: a mean times their number."""
    return Decimal(str(round(shown.value * shown.base, 2)))


@dataclass(frozen=True, slots=True)
class YearLine:
    """One number through the years; None in a year of which nothing may be shown, or nothing was counted."""

    code: str
    heading: Any
    label: Any
    values: Mapping[SchoolYear, Decimal]

    def value(self, year: SchoolYear) -> Decimal | None:
        return self.values.get(year)


@dataclass(frozen=True, slots=True)
class LevelYears:
    """A level in a year and the ones before. `years` has the newest first, and only those that show something."""

    unit: Unit
    year: SchoolYear
    years: Sequence[SchoolYear]
    lines: Sequence[YearLine]
    sums: Sums | None  # of the year itself; None when nothing of it may be shown
    reason: Reason | None
    locations: int
    left_out: int
    hidden: Mapping[str, Reason]  # of the year itself: what may not be shown, beside sums that may


def level_years(actor: Actor, unit: Unit, year: SchoolYear) -> LevelYears:
    """What came of a year at a level, beside the years before it. Two queries."""
    asked = [SchoolYear(year.first - back) for back in range(BACK + 1)]
    values: dict[str, dict[SchoolYear, Decimal]] = {code: {} for code in Counted}
    newest: Shown | None = None
    hidden: dict[str, Reason] = {}
    for one in figures(actor, list(Counted), [unit], asked):
        if isinstance(one.result, Shown):
            values[one.code][one.year] = total_of(one.result)
            newest = one.result if one.year == year else newest
        elif one.year == year:
            hidden[one.code] = one.result.reason
    years = [one for one in asked if any(one in found for found in values.values())]
    lines = [
        YearLine(code, heading, label, values[code])
        for heading, words in YEAR_WORDS.items()
        for code, label in words.items()
    ]
    told = [code for code in Counted if code not in hidden]
    sums: Sums | None = {code: values[code].get(year, Decimal(0)) for code in told} if newest else None
    reason = None if newest else next(iter(hidden.values()), None)
    locations, left_out = (newest.locations, newest.left_out) if newest else (0, 0)
    return LevelYears(unit, year, years, lines, sums, reason, locations, left_out, hidden)
