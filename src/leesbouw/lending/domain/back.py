"""By which day a school wants books back, for who looks ahead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from .due import DAY
from .rules import Holiday, Rules

FRIDAY = 5


def back_by(day: date, rules: Rules, holidays: Sequence[Holiday] = ()) -> date:
    """The library day that comes, today included; where a school has none, the Friday that comes."""
    wanted = rules.library_day or FRIDAY
    while day.isoweekday() != wanted or any(day in one for one in holidays):
        day += DAY
    return day
