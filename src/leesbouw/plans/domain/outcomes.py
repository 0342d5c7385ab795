"""What is counted of a school year: what was agreed and what came of it. The codes are those of the measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum

from .goals import Stage


class Counted(StrEnum):
    """One number of a location in a year; hours are hours, all else is a count."""

    GOALS = "year-goals"
    REACHED = "year-goals-reached"
    CLOSER = "year-goals-closer"
    CHANCE = "year-goals-chance"  # moved less than chance can explain
    BACK = "year-goals-back"
    UNMEASURED = "year-goals-unmeasured"
    DESCRIBED = "year-goals-described"  # a change that people see, without a figure
    CONTINUE = "year-decided-continue"
    ADJUST = "year-decided-adjust"
    ANCHOR = "year-decided-anchor"
    STOP = "year-decided-stop"
    UNDECIDED = "year-undecided"
    BLOCKS_UP = "year-blocks-up"
    BLOCKS_DOWN = "year-blocks-down"
    HOURS_AGREED = "year-hours-agreed"
    HOURS_PLANNED = "year-hours-planned"
    HOURS_MADE = "year-hours-made"
    ACTIVITIES = "year-activities"
    DONE = "year-activities-done"
    VISITS = "year-visits"
    TEACHER_AWAY = "year-visits-none"
    TEACHER_THERE = "year-visits-present"
    TOGETHER = "year-visits-together"
    TEACHER_ALONE = "year-visits-alone"


OF_STAGE = {
    Stage.REACHED: Counted.REACHED,
    Stage.CLOSER: Counted.CLOSER,
    Stage.SAME: Counted.CHANCE,
    Stage.BACK: Counted.BACK,
    Stage.UNKNOWN: Counted.UNMEASURED,
}
Sums = dict[str, Decimal]


def sum_of(parts: Iterable[Mapping[str, Decimal]]) -> Sums:
    """These numbers of several locations together."""
    found: Sums = dict.fromkeys(Counted, Decimal(0))
    for part in parts:
        for code, number in part.items():
            found[code] += number
    return found
