"""What goes together (samenhang): a regression on means of groups. It never shows what causes what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from .means import student_t
from .shares import Interval


@dataclass(frozen=True, slots=True)
class Observation:
    """One group: the outcome, what may go with it, what else to keep equal, and the school it belongs to."""

    outcome: float
    factor: float
    school: int
    others: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """`slope`: so much more of the outcome goes with one more of the factor. Named samenhang, never effect."""

    slope: float
    error: float
    interval: Interval
    groups: int
    schools: int

    @property
    def is_there(self) -> bool:
        """Whether the interval leaves "no link at all" out."""
        return not self.interval.low <= 0 <= self.interval.high


def link(observations: Sequence[Observation], *, fewest_schools: int) -> Link | None:
    """Least squares of outcome on factor and others, with errors clustered by school (CR1).

        b = (X'X)⁻¹X'y      V = c·(X'X)⁻¹ (Σ_s X_s'e_s e_s'X_s) (X'X)⁻¹      c = S/(S-1) · (n-1)/(n-k)

    and Student's t at S - 1 degrees of freedom (Liang and Zeger, Biometrika 73, 1986; Cameron and Miller, Journal of
    Human Resources 50, 2015). Groups of one school resemble one another, so the schools are what is counted. None with
    fewer schools than asked, or where the factor does not vary apart from the others.
    """
    schools = {one.school for one in observations}
    rows = [(1.0, one.factor, *one.others) for one in observations]
    n, k = len(rows), len(rows[0]) if rows else 0
    if len(schools) < max(fewest_schools, 2) or n <= k:
        return None
    bread = _inverse(_products(rows, rows))
    if bread is None:
        return None
    outcome = [(one.outcome,) for one in observations]
    b = [fsum(row) for row in _times(bread, _products(rows, outcome))]
    residuals = [
        y - fsum(x * c for x, c in zip(row, b, strict=True)) for row, (y,) in zip(rows, outcome, strict=True)
    ]
    meat = _meat(rows, residuals, [one.school for one in observations])
    spread = _times(_times(bread, meat), bread)
    correction = len(schools) / (len(schools) - 1) * (n - 1) / (n - k)
    error = sqrt(max(correction * spread[1][1], 0.0))
    half = student_t(len(schools) - 1) * error
    return Link(b[1], error, Interval(b[1] - half, b[1] + half), n, len(schools))


Matrix = list[list[float]]
Rows = Sequence[Sequence[float]]


def _meat(rows: Rows, residuals: Sequence[float], schools: Sequence[int]) -> Matrix:
    """Σ over schools of g·g', where g sums the residuals of a school times its rows."""
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0] * len(rows[0]))
    for row, residual, school in zip(rows, residuals, schools, strict=True):
        sums[school] = [total + residual * x for total, x in zip(sums[school], row, strict=True)]
    scores = list(sums.values())
    return _products(scores, scores)


def _products(left: Rows, right: Rows) -> Matrix:
    """left' · right."""
    columns = list(zip(*right, strict=True))
    return [
        [fsum(a * b for a, b in zip(one, other, strict=True)) for other in columns]
        for one in zip(*left, strict=True)
    ]


def _times(left: Rows, right: Rows) -> Matrix:
    columns = list(zip(*right, strict=True))
    return [[fsum(a * b for a, b in zip(row, column, strict=True)) for column in columns] for row in left]


def _inverse(matrix: Matrix) -> Matrix | None:
    """By Gauss and Jordan with the largest pivot; None where rows say the same."""
    size = len(matrix)
    rows = [[*row, *(float(i == j) for j in range(size))] for i, row in enumerate(matrix)]
    scale = max(abs(number) for row in matrix for number in row)
    for column in range(size):
        pivot = max(range(column, size), key=lambda index: abs(rows[index][column]))
        if abs(rows[pivot][column]) <= 1e-12 * scale:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [number / rows[column][column] for number in rows[column]]
        for index in range(size):
            if index != column and rows[index][column]:
                times = rows[index][column]
                rows[index] = [a - times * b for a, b in zip(rows[index], rows[column], strict=True)]
    return [row[size:] for row in rows]
