"""Whether two figures differ, in three words: clear, uncertain or small."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import hypot

from pydantic import Field

from leesbouw.core.content import Body

from .means import Mean, student_t
from .shares import Interval, Share

DIGITS = 9  # 0.7 - 0.6 is 0.1, whatever binary fractions make of it


class DifferenceRule(Body):
    """From how many percentage points (0-1) a difference of shares is clear, and below how many it is small.

    For means the effects are parts of the deviation of the answers (Cohen's d). `link_schools` is how many schools it
    takes to say what goes together.
    """

    clear_from: float = Field(gt=0, le=1)
    small_below: float = Field(ge=0, le=1)
    clear_effect: float = Field(gt=0)
    small_effect: float = Field(ge=0)
    link_schools: int = Field(ge=2)


class Judgement(StrEnum):
    CLEAR = "clear"
    UNCERTAIN = "uncertain"
    SMALL = "small"


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Difference:
    """`value` is the first figure minus the second, in the unit of the figures."""

    value: float
    low: float
    high: float
    judgement: Judgement

    @property
    def direction(self) -> Direction:
        """Where a clear difference points to; a difference that is not clear points nowhere."""
        if self.judgement != Judgement.CLEAR:
            return Direction.NONE
        return Direction.UP if self.value > 0 else Direction.DOWN


def difference_of_shares(one: Share, other: Share, rule: DifferenceRule) -> Difference:
    """The difference of two shares with its interval (Newcombe, Statistics in Medicine 17, 1998, method 10).

        low = d - √((p₁-l₁)² + (u₂-p₂)²)      high = d + √((u₁-p₁)² + (p₂-l₂)²)

    where l and u are the Wilson limits of each share.
    """
    value = one.value - other.value
    interval = _around(value, one.value, one.interval, other.value, other.interval)
    return _judged(value, interval, abs(value), rule.clear_from, rule.small_below)


def difference_of_means(one: Mean, other: Mean, rule: DifferenceRule) -> Difference | None:
    """The difference of two means with Welch's interval; None where one of them has no error.

    Its size is judged in deviations: the difference divided by the pooled deviation of both (Cohen, 1988).
    """
    if one.error is None or other.error is None or one.deviation is None or other.deviation is None:
        return None
    value = one.value - other.value
    error = hypot(one.error, other.error)
    half = student_t(_welch(one, other)) * error if error else 0.0
    pooled = (one.degrees * one.deviation**2 + other.degrees * other.deviation**2) ** 0.5
    pooled /= (one.degrees + other.degrees) ** 0.5
    effect = abs(value) / pooled if pooled else (float("inf") if value else 0.0)
    return _judged(value, Interval(value - half, value + half), effect, rule.clear_effect, rule.small_effect)


def _welch(one: Mean, other: Mean) -> float:
    """Degrees of freedom of two means with deviations of their own (Welch, Biometrika 34, 1947)."""
    a, b = (one.error or 0.0) ** 2, (other.error or 0.0) ** 2
    return (a + b) ** 2 / (a * a / one.degrees + b * b / other.degrees)


def _around(value: float, p1: float, first: Interval, p2: float, second: Interval) -> Interval:
    return Interval(
        value - hypot(p1 - first.low, second.high - p2),
        value + hypot(first.high - p1, p2 - second.low),
    )


def _judged(value: float, interval: Interval, size: float, clear: float, small: float) -> Difference:
    """Clear: large enough, and the interval leaves zero out. Small: too little to talk about. Else we cannot tell."""
    size = round(size, DIGITS)
    judgement = Judgement.UNCERTAIN
    if size < small:
        judgement = Judgement.SMALL
    elif size >= clear and not interval.low <= 0 <= interval.high:
        judgement = Judgement.CLEAR
    return Difference(value, interval.low, interval.high, judgement)
