"""Scores from 0 to 100 that take several questions together (monitor.md §1c)."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum


def rescaled(value: float, lowest: float, highest: float) -> float:
    """An answer of a scale as 0-100: 100 · (value - lowest) / (highest - lowest). Raises ValueError outside the scale."""
    if not lowest <= value <= highest or lowest == highest:
        raise ValueError(f"{value} is not on a scale from {lowest} to {highest}")
    return 100 * (value - lowest) / (highest - lowest)


def composite_score(parts: Sequence[float | None]) -> float | None:
    """The mean of the parts (each 0-100) that were answered; None when fewer than half of them were."""
    answered = [part for part in parts if part is not None]
    if not answered or 2 * len(answered) < len(parts):
        return None
    return fsum(answered) / len(answered)
