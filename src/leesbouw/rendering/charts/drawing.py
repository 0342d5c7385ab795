"""Where everything of a chart stands: places in hundredths of the width, so that screen and paper draw the same.

Nothing here knows pixels, points or colours; those belong to who draws.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .model import Chart, Kind, Mark, Point, Series
from .scale import band, place, scale, shapes_of
from .words import cell, figure, has_intervals, interval_words, people, row_words

EDGE = 12  # hundredths: where the first moment stands, beside the numbers of the scale
LONGEST_LABEL = 22  # characters beside a mark; a longer name stands in the key alone
LONGEST_END = 30  # characters beside the end of a line or above a bar; a longer name is cut there
LEAST_INSIDE = 0.08  # share of a stacked bar that has room for its figure


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark on a row: its shape, its place (0-100), and what may stand beside it."""

    shape: str
    at: float
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A bar or a part of one, from `start` to `end` (0-100); `shade` counts from 0, the strongest. `name` may be cut."""

    start: float
    end: float
    shade: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One category: label, who answered, own value, and what is drawn. `hidden` says why the own value is not."""

    label: str
    people: str
    value: str
    words: str
    hidden: str = ""
    band: tuple[float, float] | None = None
    spots: tuple[Spot, ...] = ()
    strips: tuple[Strip, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """A moment of a line: its place (0-100 both ways, upwards), figure and interval.

    It is `joined` to the stop before; its figure stands `under` it where another series lies above.
    """

    x: float
    y: float
    text: str
    joined: bool
    under: bool
    band: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Line:
    """A series over time. `end` is where its name stands (0-100 upwards), kept clear of the other names.

    `name` may be cut, because it stands beside the line; the key and the table have the whole of it.
    """

    shape: str
    name: str
    text: str
    end: float
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart, ready to be drawn, with a key of shapes and words.

    It has `rows`, or for a chart over time `lines` with `moments` and `breaks` (0-100).
    """

    ticks: tuple[tuple[float, str], ...]
    key: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...] = ()
    lines: tuple[Line, ...] = ()
    moments: tuple[tuple[float, str], ...] = ()
    breaks: tuple[float, ...] = ()


def drawing(chart: Chart) -> Drawing:
    """The chart with every place worked out."""
    if chart.kind is Kind.LINE:
        return _over_time(chart)
    shapes = shapes_of(chart)
    names = [(shape, series.name) for shape, series in zip(shapes, chart.series, strict=True)]
    draw = _stack if chart.kind is Kind.STACKED else _compared
    rows = tuple(draw(chart, at, shapes) for at in range(len(chart.categories)))
    return Drawing(ticks=scale(chart), key=_key(chart, names), rows=rows)


def _key(chart: Chart, names: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """How to read the marks: names where there are several, the soft bar, and figures without their sign."""
    key = names if len(names) > 1 or chart.kind is Kind.STACKED else []
    if chart.kind is Kind.STACKED:
        return (*key, ("none", _("in percentages")))
    return (*key, ("ci", interval_words())) if has_intervals(chart) else tuple(key)


def _compared(chart: Chart, at: int, shapes: list[str]) -> Row:
    own = next(series for series in chart.series if series.mark is Mark.OWN).points[at]
    drawn = [
        (series, shape, series.points[at])
        for series, shape in zip(chart.series, shapes, strict=True)
        if series.points[at].value is not None
    ]
    as_bars = chart.kind is Kind.BAR
    return Row(
        chart.categories[at],
        people(chart, own),
        "" if own.value is None else figure(chart, own.value),
        row_words(chart, at),
        hidden=own.hidden,
        band=band(chart, own),
        spots=tuple(
            _spot(chart, series, shape, point)
            for series, shape, point in drawn
            if not (as_bars and _is_bar(series))
        ),
        strips=tuple(
            _bar(chart, series, shade, point)
            for shade, (series, _shape, point) in enumerate(drawn)
            if as_bars and _is_bar(series)
        ),
    )


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST_END else f"{name[: LONGEST_END - 1].rstrip()}…"


def _is_bar(series: Series) -> bool:
    return series.mark in (Mark.OWN, Mark.OTHER)


def _spot(chart: Chart, series: Series, shape: str, point: Point) -> Spot:
    value = point.value or 0.0
    shown = figure(chart, value)
    text = f"{series.name} {shown}" if len(series.name) <= LONGEST_LABEL else shown
    return Spot(shape, place(chart, value), series.name, text)


def _bar(chart: Chart, series: Series, shade: int, point: Point) -> Strip:
    return Strip(0.0, place(chart, point.value or 0.0), shade, _cut(series.name), cell(chart, point))


def _stack(chart: Chart, at: int, _shapes: list[str]) -> Row:
    points = chart.row(at)
    label, words = chart.categories[at], row_words(chart, at)
    hidden = next((point.hidden for point in points if point.hidden), "")
    if hidden or points[0].value is None:
        return Row(label, "", "", words, hidden=hidden)
    strips, start = [], 0.0
    for shade, (series, point) in enumerate(zip(chart.series, points, strict=True)):
        share = point.value or 0.0
        end = round(start + 100 * share, 2)
        text = figure(chart, share).rstrip("%") if share >= LEAST_INSIDE else ""
        strips.append(Strip(round(start, 2), end, shade, series.name, text))
        start = end
    return Row(label, people(chart, points[0]), "", words, strips=tuple(strips))


def _over_time(chart: Chart) -> Drawing:
    count = len(chart.categories)
    places = [round(EDGE + (96 - EDGE) * at / (count - 1), 2) if count > 1 else 50.0 for at in range(count)]
    ends = _clear([_last(chart, series) for series in chart.series])
    shapes = shapes_of(chart)
    lines = tuple(
        Line(shape, _cut(series.name), _last_words(chart, series), end, tuple(_stops(chart, series, places)))
        for shape, series, end in zip(shapes, chart.series, ends, strict=True)
    )
    names = [
        (shape, f"{one.name} {_last_words(chart, one)}".strip())
        for shape, one in zip(shapes, chart.series, strict=True)
    ]
    return Drawing(
        ticks=scale(chart),
        key=_key(chart, names),
        lines=lines,
        moments=tuple(zip(places, chart.categories, strict=True)),
        breaks=tuple(round((places[at - 1] + places[at]) / 2, 2) for at in chart.breaks),
    )


def _stops(chart: Chart, series: Series, places: list[float]) -> Iterator[Stop]:
    """The moments with a value; a line runs only between neighbours that were measured in the same way."""
    before = False
    for at, (x, point) in enumerate(zip(places, series.points, strict=True)):
        if point.value is not None:
            y = place(chart, point.value)
            joined = before and at not in chart.breaks
            under = any(other.value is not None and other.value > point.value for other in chart.row(at))
            yield Stop(x, y, figure(chart, point.value), joined, under, band(chart, point))
        before = point.value is not None


def _last(chart: Chart, series: Series) -> float:
    values = [point.value for point in series.points if point.value is not None]
    return place(chart, values[-1]) if values else 0.0


def _last_words(chart: Chart, series: Series) -> str:
    values = [point.value for point in series.points if point.value is not None]
    return figure(chart, values[-1]) if values else ""


def _clear(ends: list[float], room: float = 11.0) -> list[float]:
    """Places of names that do not lie over each other: each at least `room` above the one below, all within 0-100."""
    order = sorted(range(len(ends)), key=lambda at: ends[at])
    placed = dict.fromkeys(order, 0.0)
    floor = 0.0
    for at in order:
        placed[at] = floor = max(ends[at], floor)
        floor += room
    ceiling = 100.0
    for at in reversed(order):
        placed[at] = min(placed[at], ceiling)
        ceiling = placed[at] - room
    return [round(placed[at], 2) for at in range(len(ends))]
