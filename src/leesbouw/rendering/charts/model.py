"""One chart as plain data: what it shows, on how many answers that rests, and what it says in a sentence.

Pages, paper, pictures and slides are made from the same object, so that a figure is the same wherever it stands. The
caller brings the words; a chart without a sentence, or with more series than an eye can follow, is refused.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

MOST_SERIES = 4  # with more nobody sees any longer which is which
MOST_PARTS = 6  # answers to one question in a stacked bar: shades in order, not colours
LONGEST_NAME = 60  # characters


class ChartError(ValueError):
    """A chart that cannot be drawn honestly; says why."""


class Kind(StrEnum):
    """How values are drawn."""

    DOT = "dot"  # a row for each category, own value beside what it is compared with
    BAR = "bar"  # the same as bars, for amounts
    STACKED = "stacked"  # a row for each category, the series are the answers to one question
    LINE = "line"  # the categories are moments


class Mark(StrEnum):
    """What a series is, and so how it looks; shape tells it apart, colour only helps."""

    OWN = "own"  # filled dot or bar
    OTHER = "other"  # a further series of the same rank
    BENCHMARK = "benchmark"  # hollow: something to compare with
    EARLIER = "earlier"  # thin tick: the same, an earlier time


@dataclass(frozen=True, slots=True)
class Point:
    """One value: a share from 0 to 1, or a number.

    `base` is the number of answers it rests on, `low` and `high` are the ends of its interval. `hidden` says in words
    why the value is not shown; then there is no number at all. A point without both was not measured.
    """

    value: float | None = None
    base: int | None = None
    low: float | None = None
    high: float | None = None
    hidden: str = ""

    def numbers(self) -> Iterator[float]:
        """Every number that this point would show."""
        return (number for number in (self.value, self.base, self.low, self.high) if number is not None)


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one kind, one for each category of the chart."""

    name: str
    points: tuple[Point, ...]
    mark: Mark = Mark.OWN


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart. Raises ChartError when it is incomplete or cannot be read.

    `sentence` says what there is to see. `shares` tells whether values run from 0 to 1; else `unit` names what they
    count, such as “books per child”. `counted` names who answered (“children”), `asked` says of how many (“98 of 112
    children”). `breaks` are positions of categories from which was measured in another way: no line is drawn
    towards them, and `break_note` tells what changed. `maximum` ends the scale of numbers, such as 10 for a mark.
    """

    kind: Kind
    title: str
    sentence: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    shares: bool = True
    unit: str = ""
    counted: str = ""
    asked: str = ""
    breaks: tuple[int, ...] = ()
    break_note: str = ""
    maximum: float | None = None

    def __post_init__(self) -> None:
        for mistake in mistakes(self):
            raise ChartError(f"{self.title or 'a chart'}: {mistake}")

    def points(self) -> Iterator[Point]:
        """Every point of every series."""
        return (point for series in self.series for point in series.points)

    def row(self, at: int) -> list[Point]:
        """The points of one category, in the order of the series."""
        return [series.points[at] for series in self.series]


def mistakes(chart: Chart) -> Iterator[str]:
    """What is wrong with a chart, in the words of a programmer."""
    yield from _words_missing(chart)
    most = MOST_PARTS if chart.kind is Kind.STACKED else MOST_SERIES
    if not 1 <= len(chart.series) <= most:
        yield f"has {len(chart.series)} series, not one to {most}"
    if not chart.categories:
        yield "has no categories"
    if any(len(series.points) != len(chart.categories) for series in chart.series):
        yield "has a series with more or fewer points than there are categories"
        return
    if any(not 0 < at < len(chart.categories) for at in chart.breaks) or (
        chart.breaks and not chart.break_note
    ):
        yield "has a break at the edge, or one that is not explained"
    if chart.kind is Kind.STACKED:
        yield from _uneven_stacks(chart)
    elif len([series for series in chart.series if series.mark is Mark.OWN]) != 1:
        yield "has not exactly one series that is its own"
    for point in chart.points():
        yield from _wrong_point(point, chart)


def _words_missing(chart: Chart) -> Iterator[str]:
    if not (chart.title.strip() and chart.sentence.strip()):
        yield "has no title or no sentence"
    if not (chart.shares or chart.unit):
        yield "has numbers without a unit"
    names = [series.name for series in chart.series]
    if any(not name.strip() or len(name) > LONGEST_NAME for name in names) or len(set(names)) < len(names):
        yield f"has a series without a name of its own of at most {LONGEST_NAME} characters"
    if any(not name.strip() for name in chart.categories) or len(set(chart.categories)) < len(
        chart.categories
    ):
        yield "has a category without a name of its own"


def _uneven_stacks(chart: Chart) -> Iterator[str]:
    if not chart.shares:
        yield "stacks something else than shares"
    for at in range(len(chart.categories)):
        values = [point.value for point in chart.row(at)]
        shown = [value for value in values if value is not None]
        if shown and len(shown) < len(values):
            yield "shows only a part of a stack"
        if sum(shown) > 1.001:
            yield "has a stack of more than everything"


def _wrong_point(point: Point, chart: Chart) -> Iterator[str]:
    numbers = list(point.numbers())
    if point.hidden and numbers:
        yield "has a number at a hidden point"
    if not all(math.isfinite(number) and number >= 0 for number in numbers):
        yield "has a number below zero or without end"
    if (point.low is None) != (point.high is None) or (point.low is not None and point.value is None):
        yield "has half an interval"
    if point.value is None:
        return
    ends = (point.low, point.value, point.high) if point.low is not None else (point.value,)
    if list(ends) != sorted(ends):  # type: ignore[type-var]
        yield "has a value outside its interval"
    limit = 1.0 if chart.shares else chart.maximum
    if limit is not None and max(end for end in ends if end is not None) > limit:
        yield "has a value beyond its scale"
