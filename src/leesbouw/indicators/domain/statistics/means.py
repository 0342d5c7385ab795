"""Means with their interval, from three sums, so that no answer itself is needed."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sqrt, tan

from .shares import CONFIDENCE, Interval, z_of


@dataclass(frozen=True, slots=True)
class Mean:
    """`deviation` is that of the answers; `error` that of the mean. One answer has neither, and no interval."""

    value: float
    base: float
    interval: Interval | None
    deviation: float | None = None
    error: float | None = None
    degrees: float = 0.0


def mean_of_sums(
    base: float,
    total: float,
    sum_squares: float,
    *,
    n: float | None = None,
    population: float | None = None,
    confidence: float = CONFIDENCE,
) -> Mean | None:
    """The mean of answers x with weights w from base = Σ w, total = Σ w·x and sum_squares = Σ w·x²; None without answers.

        mean = total / base      s² = (sum_squares / base - mean²) · n/(n-1)      error² = s²/n · (1 - n/N)

    with Student's t at n - 1 degrees of freedom. `n` is the effective number of answers when they carry weights;
    N, the size of the population, shrinks the error when it is known (Cochran, Sampling Techniques, 1977, §2.5).
    """
    if base <= 0:
        return None
    n = base if n is None else n
    value = total / base
    if n <= 1:
        return Mean(value, base, None)
    variance = max(sum_squares / base - value * value, 0.0) * n / (n - 1)
    left = 1.0 if population is None else max(1 - n / population, 0.0)
    error = sqrt(variance / n * left)
    half = student_t(n - 1, confidence) * error
    return Mean(value, base, Interval(value - half, value + half), sqrt(variance), error, n - 1)


def student_t(degrees: float, confidence: float = CONFIDENCE) -> float:
    """How many standard errors around a mean hold this part of Student's distribution: 12.71 for one degree at 0.95.

    Exact for one and two degrees; from there the expansion of Abramowitz and Stegun (Handbook, 1964, 26.7.5), which is
    within 0.2 percent of the tables. Degrees between are rounded down, which makes the interval wider.
    """
    whole = int(degrees)
    z = z_of(confidence)
    if whole < 1:
        return float("inf")
    if whole == 1:
        return tan(pi * confidence / 2)
    if whole == 2:
        return confidence * sqrt(2 / (1 - confidence**2))
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / whole**power for power, term in enumerate(terms, start=1))
