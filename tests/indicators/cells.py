"""Cells of made-up schools."""

from __future__ import annotations

from dataclasses import dataclass

from leesbouw.core.access import SYSTEM
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.actions import store_cells

SHARE = "reading-pleasure"  # a main measure of pupils
YEAR = SchoolYear(2026)


@dataclass(frozen=True)
class Made:
    measure: str
    version: int
    breakdown: str
    numerator: float
    denominator: float
    persons: int
    total: float
    sum_squares: float


def share(numerator: float, denominator: int, breakdown: str = "", measure: str = SHARE) -> Made:
    return Made(measure, 1, breakdown, numerator, denominator, denominator, numerator, numerator)


def close(location, *cells: Made, year: SchoolYear = YEAR, **more) -> int:  # type: ignore[no-untyped-def]
    """As when a location closes."""
    return store_cells(location=location, year=year, cells=cells, by=SYSTEM, **more)
