"""The scale of a chart, and which shape each series has."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from .model import Chart, Kind, Mark, Point
from .words import figure, number

HOLLOW = ("diamond", "square", "triangle", "diamond")  # benchmarks after each other
SOLID = ("dot", "block", "peak", "dot")  # own and other series after each other
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)  # steps between the lines of a scale, times a power of ten
TICKS = 4  # steps on a scale


def scale(chart: Chart) -> tuple[tuple[float, str], ...]:
    """The lines of the scale, each with its place and its words; it always begins at zero."""
    top = end_of(chart)
    places = 0 if chart.shares or (top >= TICKS and top % TICKS == 0) else 1 if top >= 2 else 2
    words = [
        figure(chart, top * step / TICKS) if chart.shares else number(top * step / TICKS, places)
        for step in range(TICKS + 1)
    ]
    return tuple((100 * step / TICKS, text) for step, text in enumerate(words))


def fitting(texts: Sequence[str], room: int) -> list[bool]:
    """Which of some words side by side fit on a line of `room` characters: all, or every second, third; the last always."""
    longest = max(map(len, texts), default=0) + 1
    step = max(1, math.ceil(len(texts) * longest / room))
    return [(len(texts) - 1 - at) % step == 0 for at in range(len(texts))]


def end_of(chart: Chart) -> float:
    """Where the scale ends: everything for shares, else a round number above the largest."""
    if chart.shares:
        return 1.0
    if chart.maximum:
        return chart.maximum
    largest = max((number for point in chart.points() for number in _drawn(point)), default=0.0)
    if largest <= 0:
        return 1.0
    step = largest / TICKS
    power = 10.0 ** math.floor(math.log10(step))
    return TICKS * power * next((round_step for round_step in STEPS if round_step * power >= step), 10.0)


def shapes_of(chart: Chart) -> list[str]:
    """The shape of each series; of a stacked bar the shade of each part."""
    if chart.kind is Kind.STACKED:
        return [f"shade{at}" for at in range(len(chart.series))]
    hollow, solid = iter(HOLLOW), iter(SOLID)
    shapes = []
    for series in chart.series:
        if series.mark is Mark.EARLIER:
            shapes.append("tick")
        else:
            shapes.append(next(hollow if series.mark is Mark.BENCHMARK else solid))
    return shapes


def _drawn(point: Point) -> Iterator[float]:
    return (value for value in (point.value, point.high) if value is not None)


def place(chart: Chart, value: float) -> float:
    """Where a value stands (0-100)."""
    return round(100 * value / end_of(chart), 2)


def band(chart: Chart, point: Point) -> tuple[float, float] | None:
    """Where the interval of a value stands (0-100), if it has one."""
    if point.low is None or point.high is None:
        return None
    return place(chart, point.low), place(chart, point.high)
