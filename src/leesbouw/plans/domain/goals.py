"""How far a goal is, how long it runs, and how many fit in a year."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from leesbouw.core.time import SchoolYear


class Stage(StrEnum):
    """How a measured goal stands, in the order from not known to there."""

    UNKNOWN = "unknown"  # not measured since the baseline
    BACK = "back"  # further from the target than it began
    SAME = "same"  # not clearly moved: the baseline lies within the interval of what was measured
    CLOSER = "closer"
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class Progress:
    """`part` is the share of the way from baseline to target, 0-1; None where that cannot be said."""

    stage: Stage
    part: float | None = None


def progress_of(
    baseline: float | None, target: float, result: float | None, interval: tuple[float, float] | None = None
) -> Progress:
    """How a result stands between baseline and target, all in the unit of the measure.

    The target may lie below the baseline ("reads never"). A result that is at the target counts as reached, also when
    its interval is wide; one whose interval still holds the baseline is not called a movement (chance can make it).
    """
    if result is None:
        return Progress(Stage.UNKNOWN)
    rises = baseline is None or target >= baseline
    reached = result >= target if rises else result <= target
    if baseline is None or target == baseline:
        return Progress(Stage.REACHED if reached else Stage.UNKNOWN, 1.0 if reached else None)
    part = max(0.0, min(1.0, (result - baseline) / (target - baseline)))
    if reached:
        return Progress(Stage.REACHED, 1.0)
    if interval is not None and interval[0] <= baseline <= interval[1]:
        return Progress(Stage.SAME, part)
    moved_on = result > baseline if rises else result < baseline
    return Progress(Stage.CLOSER if moved_on else Stage.BACK, part)


def horizon(first: SchoolYear, measured_every: int) -> SchoolYear:
    """The last year of a goal that begins in `first`: it follows the measuring rhythm, in years (1 or 2)."""
    return SchoolYear(first.first + max(1, measured_every) - 1)


def goals_left(made: int, room: int) -> int:
    """How many more goals fit in a year before one has to choose deliberately; never below zero."""
    return max(0, room - made)
