"""Weeks and hours: what a week is, and how far hours are from what was meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

DEVIATES = Decimal("0.10")  # of the budget; more is shown as a deviation


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of(text: str) -> date | None:
    """The Monday of "2026-W48"; None for what is no week."""
    try:
        return date.fromisoformat(f"{text}-1")
    except ValueError:
        return None


def week_code(day: date) -> str:
    """ "2026-W48" for any day of that week."""
    year, week, _day = day.isocalendar()
    return f"{year}-W{week:02d}"


def passed(day: date, first: date, last: date) -> float:
    """Which share of a period is over at the end of a day: 0 to 1."""
    length = (last - first).days + 1
    return min(1.0, max(0.0, ((day - first).days + 1) / length))


@dataclass(frozen=True, slots=True)
class Tally:
    """Hours that were meant, that stand in the diary from now on, and that were worked."""

    budget: Decimal | None = None
    planned: Decimal = Decimal(0)
    done: Decimal = Decimal(0)

    def __add__(self, other: Tally) -> Tally:
        known = [one.budget for one in (self, other) if one.budget is not None]
        return Tally(
            sum(known, Decimal(0)) if known else None, self.planned + other.planned, self.done + other.done
        )

    @property
    def expected(self) -> Decimal:
        """What the year comes to when all that is planned happens."""
        return self.done + self.planned

    @property
    def share(self) -> float | None:
        """Which part of the budget was worked."""
        return float(self.done / self.budget) if self.budget else None

    @property
    def deviation(self) -> Decimal | None:
        """Hours above (or below) the budget when all that is planned happens; None without a budget."""
        return None if self.budget is None else self.expected - self.budget

    @property
    def apart(self) -> Decimal:
        """How many hours the year ends up above or below the budget."""
        return abs(self.deviation or Decimal(0))

    @property
    def deviates(self) -> bool:
        """Whether that is more than a tenth of the budget."""
        return bool(self.budget) and abs(self.expected - self.budget) > DEVIATES * self.budget  # type: ignore[operator]
