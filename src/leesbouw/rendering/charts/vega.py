"""A chart as a Vega-Lite specification, and from that as a picture. For jobs: the engine takes a second to start.

All figures are texts of ours already, so that a picture says exactly what the page says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from textwrap import wrap
from typing import Any

import vl_convert
from django.utils.translation import gettext as _

from ..pdf import FONTS
from .drawing import end_of, scale, shapes_of
from .model import Chart, Kind, Mark, Series
from .words import figure, has_intervals, interval_words, notes, people

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
VERSION = "5.20"
WIDTH = 600  # px between the ends of the scale
MOMENT = 92  # px between two moments
SHARPNESS = 2  # pixels of the picture for one px

INK, MUTED, RULE, EDGE = "#16202A", "#4A5663", "#DDD6CA", "#6B7785"
COLOURS = ("#0F5E6E", "#B8440A", "#5B4FA0", "#A23B72")
SHADES = ("#0F5E6E", "#93B6BE", "#CADCDF", "#EFEBE3", "#FFFFFF", "#FFFFFF")
PATHS = {
    "dot": "circle",
    "block": "square",
    "peak": "triangle-up",
    "diamond": "diamond",
    "square": "square",
    "triangle": "triangle-up",
    "tick": "M-0.1,-1.3L0.1,-1.3L0.1,1.3L-0.1,1.3Z",
}
HOLLOW = ("diamond", "square", "triangle")

Spec = dict[str, Any]


def png(chart: Chart, source: str = "") -> bytes:
    """The chart as a picture on white with title, sentence, key and source. Takes about 0.1 s."""
    _bring_fonts()
    return vl_convert.vegalite_to_png(specification(chart, source), vl_version=VERSION, scale=SHARPNESS)


@cache
def _bring_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))


def specification(chart: Chart, source: str = "") -> Spec:
    """The Vega-Lite specification; its data hold value, interval and text of every shown point."""
    draw = {Kind.DOT: _dots, Kind.BAR: _bars, Kind.STACKED: _stacks, Kind.LINE: _over_time}[chart.kind]
    return {
        "$schema": SCHEMA,
        "background": "white",
        "padding": 20,
        "title": {"text": wrap(chart.title, 58), "subtitle": wrap(chart.sentence, 84)},
        "data": {"values": list(_values(chart))},
        **draw(chart, [*_told(chart), *([source] if source else [])]),
        "config": _looks(),
    }


def _told(chart: Chart) -> list[str]:
    if not has_intervals(chart):
        return notes(chart)
    return [*notes(chart), _("Soft bar: %(words)s.") % {"words": interval_words()}]


def _values(chart: Chart) -> Iterator[Spec]:
    """One row for each series and category, the own one last and so on top; no value where none is shown."""
    for at, category in enumerate(chart.categories):
        start, own = 0.0, _own(chart)
        who = people(chart, own.points[at])
        for series in sorted(
            chart.series, key=lambda series: series is own and chart.kind is not Kind.STACKED
        ):
            point = series.points[at]
            yield {
                "row": f"{category}\n{who}" if who and chart.kind is not Kind.LINE else category,
                "series": series.name,
                "value": point.value,
                "low": point.low,
                "high": point.high,
                "text": "" if point.value is None else figure(chart, point.value),
                "under": any(
                    other.value is not None and other.value > (point.value or 0) for other in chart.row(at)
                ),
                "said": "\n".join(wrap(point.hidden, 76)) if series is own else "",
                "start": start,
                "end": start + (point.value or 0.0),
                "run": _run(chart, series, at),
            }
            start += point.value or 0.0


def _run(chart: Chart, series: Series, at: int) -> int:
    """The number of the unbroken piece of line that a moment belongs to."""
    return sum(1 for before in range(at) if series.points[before].value is None or before + 1 in chart.breaks)


def _dots(chart: Chart, notes: list[str]) -> Spec:
    across = {"field": "value", "type": "quantitative", **_scaled(chart, notes)}
    return {
        "width": WIDTH,
        "height": {"step": 54},
        "encoding": {"y": _rows()},
        "layer": [
            {
                "transform": [{"filter": "isValid(datum.low)"}, {"filter": _is_own(chart)}],
                "mark": {"type": "rule", "strokeWidth": 9, "strokeCap": "round", "opacity": 0.25},
                "encoding": {
                    "x": {**across, "field": "low"},
                    "x2": {"field": "high"},
                    "color": {"value": COLOURS[0]},
                },
            },
            {
                "transform": _shown(),
                "mark": _mark(),
                "encoding": {"x": across, **_shapes(chart, chart.series)},
            },
            *_figures(chart),
        ],
    }


def _bars(chart: Chart, notes: list[str]) -> Spec:
    """Bars under each other in a row; what they are compared with is a mark on the first."""
    bars = [series for series in chart.series if series.mark in (Mark.OWN, Mark.OTHER)]
    names = [series.name for series in bars]
    marks = [series for series in chart.series if series not in bars]
    across = {"field": "value", "type": "quantitative", **_scaled(chart, notes)}
    offset = {"field": "series", "type": "nominal", "scale": {"domain": names}, "sort": names}
    colour = {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": names, "range": list(COLOURS[: len(names)])},
        "legend": _legend() if len(names) > 1 else None,
    }
    marked = {
        "transform": [*_shown(), {"filter": {"field": "series", "oneOf": [series.name for series in marks]}}],
        "mark": _mark(),
        "encoding": {"x": across, "yOffset": {"datum": names[0]}, **_shapes(chart, marks)},
    }
    among = [*_shown(), {"filter": {"field": "series", "oneOf": names}}]
    text = {"type": "text", "align": "left", "dx": 8, "font": "Literata", "fontSize": 15}
    return {
        "width": WIDTH,
        "height": {"step": 30 if len(bars) > 1 else 46},
        "encoding": {"y": _rows()},
        "layer": [
            {
                "transform": among,
                "mark": "bar",
                "encoding": {"x": across, "yOffset": offset, "color": colour},
            },
            *([marked] if marks else []),
            {
                "transform": among,
                "mark": text,
                "encoding": {"x": across, "yOffset": offset, "text": {"field": "text"}},
            },
            _reasons(),
        ],
        "resolve": {"scale": dict.fromkeys(("shape", "color", "fill", "stroke"), "independent")},
    }


def _stacks(chart: Chart, notes: list[str]) -> Spec:
    names = [series.name for series in chart.series]
    fill = {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": names, "range": list(SHADES[: len(names)])},
        "legend": _legend(),
    }
    start = {"field": "start", "type": "quantitative", **_scaled(chart, notes)}
    inside = {"filter": "datum.value >= 0.08"}
    return {
        "width": WIDTH,
        "height": {"step": 54},
        "encoding": {"y": _rows()},
        "layer": [
            {
                "transform": _shown(),
                "mark": {"type": "bar", "height": 34, "stroke": EDGE},
                "encoding": {"x": start, "x2": {"field": "end"}, "fill": fill},
            },
            {
                "transform": [
                    *_shown(),
                    inside,
                    {"calculate": "(datum.start + datum.end) / 2", "as": "middle"},
                ],
                "mark": {"type": "text", "fontSize": 14},
                "encoding": {
                    "x": {**start, "field": "middle"},
                    "text": {"field": "text"},
                    "color": {
                        "condition": {"test": f"datum.series == {_quoted(names[0])}", "value": "white"},
                        "value": INK,
                    },
                },
            },
            _reasons(),
        ],
    }


def _over_time(chart: Chart, notes: list[str]) -> Spec:
    upwards = {"field": "value", "type": "quantitative", **_scaled(chart, [])}
    categories = list(chart.categories)
    across = {
        "field": "row",
        "type": "ordinal",
        "sort": categories,
        "axis": {"title": notes or None, "titlePadding": 14, "labelAngle": 0, **_noted()},
    }
    lines = {
        "mark": {"type": "line", "strokeWidth": 2.5},
        "encoding": {
            "y": upwards,
            "detail": {"field": "run"},
            "stroke": _shapes(chart, chart.series)["stroke"],
        },
    }
    breaks = {
        "data": {"values": [{"row": categories[at]} for at in chart.breaks]},
        "mark": {"type": "rule", "strokeDash": [3, 5], "xOffset": -MOMENT / 2, "color": INK},
    }
    return {
        "width": {"step": MOMENT},
        "height": 260,
        "encoding": {"x": across},
        "layer": [
            *([breaks] if chart.breaks else []),
            {"transform": _shown(), **lines},
            {
                "transform": [{"filter": "isValid(datum.low)"}, {"filter": _is_own(chart)}],
                "mark": {"type": "rule", "strokeWidth": 9, "strokeCap": "round", "opacity": 0.2},
                "encoding": {
                    "y": {**upwards, "field": "low"},
                    "y2": {"field": "high"},
                    "color": {"value": COLOURS[0]},
                },
            },
            {
                "transform": _shown(),
                "mark": _mark(),
                "encoding": {"y": upwards, **_shapes(chart, chart.series)},
            },
            *[
                {
                    "transform": [*_shown(), {"filter": _is_own(chart)}, {"filter": under}],
                    "mark": {"type": "text", "dy": beside, "fontWeight": "bold", "fontSize": 13},
                    "encoding": {"y": upwards, "text": {"field": "text"}},
                }
                for under, beside in (("datum.under", 18), ("!datum.under", -16))
            ],
        ],
    }


def _rows() -> Spec:
    """The categories from top to bottom, with who answered on a second line."""
    axis = {"title": None, "labelExpr": "split(datum.label, '\\n')", "domain": False, "ticks": False}
    return {
        "field": "row",
        "type": "nominal",
        "sort": None,
        "axis": {**axis, "labelPadding": 16, "labelLimit": 240},
    }


def _scaled(chart: Chart, notes: list[str]) -> Spec:
    """A scale from zero with our own words on it; notes stand under a scale that lies."""
    lines, end = scale(chart), end_of(chart)
    words = ", ".join(_quoted(text) for _at, text in lines)
    axis = {
        "values": [end * at / 100 for at, _text in lines],
        "labelExpr": f"[{words}][round(datum.value / {end} * {len(lines) - 1})]",
        "title": notes or None,
        **_noted(),
    }
    return {"scale": {"domain": [0, end], "nice": False}, "axis": axis}


def _noted() -> Spec:
    return {"titleAnchor": "start", "titleAlign": "left", "titleColor": MUTED, "titleFontWeight": "normal"}


def _shown() -> list[Spec]:
    return [{"filter": "isValid(datum.value)"}]


def _own(chart: Chart) -> Series:
    """The own series; of a stacked bar the first part."""
    return next((series for series in chart.series if series.mark is Mark.OWN), chart.series[0])


def _is_own(chart: Chart) -> str:
    return f"datum.series == {_quoted(_own(chart).name)}"


def _quoted(text: str) -> str:
    """A text in an expression of Vega: a string of JSON is one."""
    return json.dumps(text)


def _mark() -> Spec:
    return {"type": "point", "size": 190, "opacity": 1, "strokeWidth": 2}


def _shapes(chart: Chart, series: list[Series] | tuple[Series, ...]) -> Spec:
    """Shape, filling and edge of each series; what one compares with is hollow."""
    every = dict(zip([one.name for one in chart.series], shapes_of(chart), strict=True))
    shapes = [every[one.name] for one in series]
    solid = iter(COLOURS)
    colours = [EDGE if shape in HOLLOW else INK if shape == "tick" else next(solid) for shape in shapes]
    fills = ["white" if shape in HOLLOW else colour for shape, colour in zip(shapes, colours, strict=True)]
    field = {"field": "series", "type": "nominal"}
    domain, legend = [one.name for one in series], _legend() if len(chart.series) > 1 else None

    def ranged(values: list[str]) -> Spec:
        return {**field, "scale": {"domain": domain, "range": values}, "legend": legend}

    return {
        "shape": ranged([PATHS[shape] for shape in shapes]),
        "fill": ranged(fills),
        "stroke": ranged(colours),
    }


def _legend() -> Spec:
    return {"title": None, "orient": "top", "columns": 3, "symbolOpacity": 1, "labelLimit": 280}


def _figures(chart: Chart) -> list[Spec]:
    """Own figures at the end of their row, those of the first other and of last time beside their marks."""
    own = {"type": "text", "align": "left", "x": WIDTH + 16, "font": "Literata", "fontSize": 19}
    layers: list[Spec] = [
        {
            "transform": [*_shown(), {"filter": _is_own(chart)}],
            "mark": own,
            "encoding": {"text": {"field": "text"}},
        },
        _reasons(),
    ]
    places = {Mark.BENCHMARK: -18, Mark.EARLIER: 22}
    for mark, place in places.items():
        first = next((series.name for series in chart.series if series.mark is mark), None)
        if first:
            layers.append(
                {
                    "transform": [*_shown(), {"filter": f"datum.series == {_quoted(first)}"}],
                    "mark": {"type": "text", "dy": place, "fontSize": 12, "color": MUTED},
                    "encoding": {"x": {"field": "value", "type": "quantitative"}, "text": {"field": "text"}},
                }
            )
    return layers


def _reasons() -> Spec:
    """Why a row shows nothing, in the row itself."""
    text = {
        "type": "text",
        "align": "left",
        "x": 4,
        "fontSize": 13,
        "color": MUTED,
        "lineBreak": "\n",
        "baseline": "middle",
    }
    return {
        "transform": [{"filter": "datum.said != ''"}],
        "mark": text,
        "encoding": {"text": {"field": "said"}},
    }


def _looks() -> Spec:
    font = "Atkinson Hyperlegible Next"
    return {
        "font": font,
        "title": {
            "anchor": "start",
            "frame": "group",
            "font": "Literata",
            "fontSize": 21,
            "fontWeight": "normal",
            "color": INK,
            "subtitleFont": font,
            "subtitleFontSize": 14,
            "subtitleColor": MUTED,
            "subtitlePadding": 8,
            "offset": 16,
        },
        "axis": {
            "labelFontSize": 13,
            "titleFontSize": 12,
            "labelColor": INK,
            "gridColor": RULE,
            "domainColor": EDGE,
            "tickColor": EDGE,
            "titlePadding": 12,
            "labelFont": font,
        },
        "legend": {"labelFontSize": 13, "labelColor": INK, "symbolSize": 160, "offset": 12},
        "view": {"stroke": None},
        "text": {"color": INK},
    }
