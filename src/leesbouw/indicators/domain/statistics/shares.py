"""Shares of those who answered, and the interval in which the share of everybody may lie."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import fsum, sqrt
from statistics import NormalDist

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included, in the unit of the figure itself."""

    low: float
    high: float

    def __contains__(self, number: float) -> bool:
        return self.low <= number <= self.high


@dataclass(frozen=True, slots=True)
class Share:
    """`value` is 0-1, `base` the (weighted) number of answers that count, `left_out` those that do not."""

    value: float
    base: float
    interval: Interval
    left_out: int = 0


def share_of(
    numerator: float, denominator: float, *, n: float | None = None, population: float | None = None
) -> Share | None:
    """A share from its two sums; None when nobody is in the base.

    `n` is the effective number of answers when they carry weights, else the base itself counts.
    """
    if denominator <= 0:
        return None
    value = min(max(numerator / denominator, 0.0), 1.0)
    base = denominator if n is None else n
    return Share(value, denominator, wilson(value, base, population=population))


def share_of_answers(
    answers: Iterable[int | None],
    *,
    positive: Collection[int],
    counting: Collection[int],
    population: float | None = None,
) -> Share | None:
    """The share that gave one of the `positive` answers, of those who gave one of the `counting` answers.

    Who skipped the question (None) or said that it does not apply (an answer that does not count) is not in the base;
    how many those are is told apart (monitor.md §1a).
    """
    answers = list(answers)
    base = [answer for answer in answers if answer in counting]
    share = share_of(sum(answer in positive for answer in base), len(base), population=population)
    if share is None:
        return None
    return Share(share.value, share.base, share.interval, len(answers) - len(base))


def weighted_share(hits: Sequence[bool], weights: Sequence[float]) -> Share | None:
    """Σ w·x / Σ w, with the interval of its effective number of answers."""
    base = fsum(weights)
    met = fsum(weight for hit, weight in zip(hits, weights, strict=True) if hit)
    return share_of(met, base, n=effective_n(base, fsum(weight**2 for weight in weights)))


def effective_n(sum_of_weights: float, sum_of_squares: float) -> float:
    """(Σ w)² / Σ w²: as many answers without weights would tell as much (Kish, Survey Sampling, 1965, §11.7)."""
    return sum_of_weights**2 / sum_of_squares if sum_of_squares else 0.0


def wilson(
    share: float, n: float, *, population: float | None = None, confidence: float = CONFIDENCE
) -> Interval:
    """The score interval of a share (Wilson, JASA 22, 1927): good for few answers and for shares near 0 or 1.

        centre = (p + z²/2m) / (1 + z²/m)      half = z/(1 + z²/m) · √(p(1-p)/m + z²/4m²)

    m = n, or n(N-1)/(N-n) when the size N of the population is known: the correction for drawing from few (Cochran,
    Sampling Techniques, 1977, §2.6). When everybody answered there is nothing left to guess and the interval is p.
    Raises ValueError without answers.
    """
    if n <= 0:
        raise ValueError("no answers, no interval")
    if population is not None and n >= population:
        return Interval(share, share)
    m = n if population is None else n * (population - 1) / (population - n)
    z = z_of(confidence)
    centre = (share + z * z / (2 * m)) / (1 + z * z / m)
    half = z / (1 + z * z / m) * sqrt(share * (1 - share) / m + z * z / (4 * m * m))
    return Interval(min(max(centre - half, 0.0), share), max(min(centre + half, 1.0), share))


@cache
def z_of(confidence: float) -> float:
    """How many standard deviations around the middle hold this part of a normal distribution: 1.96 for 0.95."""
    return NormalDist().inv_cdf(0.5 + confidence / 2)
