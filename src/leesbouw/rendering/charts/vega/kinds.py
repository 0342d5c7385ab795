"""How each kind of chart is put together from layers."""

from __future__ import annotations

from ..model import Chart, Mark
from .parts import (
    COLOURS,
    EDGE,
    INK,
    MOMENT,
    MUTED,
    SHADES,
    WIDTH,
    Spec,
    high,
    is_own,
    legend,
    mark,
    noted,
    quoted,
    rows,
    scaled,
    shapes,
    shown,
)


def dots(chart: Chart, notes: list[str]) -> Spec:
    across = {"field": "value", "type": "quantitative", **scaled(chart, notes)}
    return {
        "width": WIDTH,
        "height": {"step": high(chart, 54)},
        "encoding": {"y": rows()},
        "layer": [
            {
                "transform": [{"filter": "isValid(datum.low)"}, {"filter": is_own(chart)}],
                "mark": {"type": "rule", "strokeWidth": 9, "strokeCap": "round", "opacity": 0.25},
                "encoding": {
                    "x": {**across, "field": "low"},
                    "x2": {"field": "high"},
                    "color": {"value": COLOURS[0]},
                },
            },
            {
                "transform": shown(),
                "mark": mark(),
                "encoding": {"x": across, **shapes(chart, chart.series)},
            },
            *figures(chart),
        ],
    }


def bars(chart: Chart, notes: list[str]) -> Spec:
    """Bars under each other in a row; what they are compared with is a mark on the first."""
    bars = [series for series in chart.series if series.mark in (Mark.OWN, Mark.OTHER)]
    names = [series.name for series in bars]
    marks = [series for series in chart.series if series not in bars]
    across = {"field": "value", "type": "quantitative", **scaled(chart, notes)}
    offset = {"field": "series", "type": "nominal", "scale": {"domain": names}, "sort": names}
    colour = {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": names, "range": list(COLOURS[: len(names)])},
        "legend": legend() if len(names) > 1 else None,
    }
    marked = {
        "transform": [*shown(), {"filter": {"field": "series", "oneOf": [series.name for series in marks]}}],
        "mark": mark(),
        "encoding": {"x": across, "yOffset": {"datum": names[0]}, **shapes(chart, marks)},
    }
    among = [*shown(), {"filter": {"field": "series", "oneOf": names}}]
    text = {"type": "text", "align": "left", "dx": 8, "font": "Literata", "fontSize": 15}
    return {
        "width": WIDTH,
        "height": {"step": high(chart, 46) if len(bars) == 1 else max(30, high(chart, 0) / len(bars))},
        "encoding": {"y": rows()},
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
            reasons(),
        ],
        "resolve": {"scale": dict.fromkeys(("shape", "color", "fill", "stroke"), "independent")},
    }


def stacks(chart: Chart, notes: list[str]) -> Spec:
    names = [series.name for series in chart.series]
    fill = {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": names, "range": list(SHADES[: len(names)])},
        "legend": legend(),
    }
    start = {"field": "start", "type": "quantitative", **scaled(chart, notes)}
    inside = {"filter": "datum.value >= 0.08"}
    return {
        "width": WIDTH,
        "height": {"step": high(chart, 54)},
        "encoding": {"y": rows()},
        "layer": [
            {
                "transform": shown(),
                "mark": {"type": "bar", "height": 34, "stroke": EDGE},
                "encoding": {"x": start, "x2": {"field": "end"}, "fill": fill},
            },
            {
                "transform": [
                    *shown(),
                    inside,
                    {"calculate": "(datum.start + datum.end) / 2", "as": "middle"},
                ],
                "mark": {"type": "text", "fontSize": 14},
                "encoding": {
                    "x": {**start, "field": "middle"},
                    "text": {"field": "text"},
                    "color": {
                        "condition": {"test": f"datum.series == {quoted(names[0])}", "value": "white"},
                        "value": INK,
                    },
                },
            },
            reasons(),
        ],
    }


def over_time(chart: Chart, notes: list[str]) -> Spec:
    upwards = {"field": "value", "type": "quantitative", **scaled(chart, [])}
    categories = list(chart.categories)
    across = {
        "field": "row",
        "type": "ordinal",
        "sort": categories,
        "axis": {"title": notes or None, "titlePadding": 14, "labelAngle": 0, **noted()},
    }
    lines = {
        "mark": {"type": "line", "strokeWidth": 2.5},
        "encoding": {
            "y": upwards,
            "detail": {"field": "run"},
            "stroke": shapes(chart, chart.series)["stroke"],
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
            {"transform": shown(), **lines},
            {
                "transform": [{"filter": "isValid(datum.low)"}, {"filter": is_own(chart)}],
                "mark": {"type": "rule", "strokeWidth": 9, "strokeCap": "round", "opacity": 0.2},
                "encoding": {
                    "y": {**upwards, "field": "low"},
                    "y2": {"field": "high"},
                    "color": {"value": COLOURS[0]},
                },
            },
            {
                "transform": shown(),
                "mark": mark(),
                "encoding": {"y": upwards, **shapes(chart, chart.series)},
            },
            *[
                {
                    "transform": [*shown(), {"filter": is_own(chart)}, {"filter": under}],
                    "mark": {"type": "text", "dy": beside, "fontWeight": "bold", "fontSize": 13},
                    "encoding": {"y": upwards, "text": {"field": "text"}},
                }
                for under, beside in (("datum.under", 18), ("!datum.under", -16))
            ],
        ],
    }


def figures(chart: Chart) -> list[Spec]:
    """Own figures at the end of their row, those of the first other and of last time beside their marks."""
    own = {"type": "text", "align": "left", "x": WIDTH + 16, "font": "Literata", "fontSize": 19}
    layers: list[Spec] = [
        {
            "transform": [*shown(), {"filter": is_own(chart)}],
            "mark": own,
            "encoding": {"text": {"field": "text"}},
        },
        reasons(),
    ]
    places = {Mark.BENCHMARK: -18, Mark.EARLIER: 22}
    for kind, place in places.items():
        first = next((series.name for series in chart.series if series.mark is kind), None)
        if first:
            layers.append(
                {
                    "transform": [*shown(), {"filter": f"datum.series == {quoted(first)}"}],
                    "mark": {"type": "text", "dy": place, "fontSize": 12, "color": MUTED},
                    "encoding": {"x": {"field": "value", "type": "quantitative"}, "text": {"field": "text"}},
                }
            )
    return layers


def reasons() -> Spec:
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
