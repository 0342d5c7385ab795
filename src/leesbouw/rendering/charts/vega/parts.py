"""What every specification is made of: scale, shapes, key and type."""

from __future__ import annotations

import json
from textwrap import wrap
from typing import Any

from ..model import Chart, Mark, Series
from ..scale import end_of, scale, shapes_of

WIDTH = 600  # px between the ends of the scale
LABEL = 30  # characters on a line beside a row
MOMENT = 92  # px between two moments

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


def rows() -> Spec:
    """The categories from top to bottom, with who answered on a second line."""
    axis = {"title": None, "labelExpr": "split(datum.label, '\\n')", "domain": False, "ticks": False}
    return {
        "field": "row",
        "type": "nominal",
        "sort": None,
        "axis": {**axis, "labelPadding": 16, "labelLimit": 240},
    }


def high(chart: Chart, least: int) -> int:
    """The height of a row: enough for its words, and for who answered below them."""
    return max(least, 16 * (1 + max(len(wrap(category, LABEL)) for category in chart.categories)) + 10)


def scaled(chart: Chart, notes: list[str]) -> Spec:
    """A scale from zero with our own words on it; notes stand under a scale that lies."""
    lines, end = scale(chart), end_of(chart)
    words = ", ".join(quoted(text) for _at, text in lines)
    axis = {
        "values": [end * at / 100 for at, _text in lines],
        "labelExpr": f"[{words}][round(datum.value / {end} * {len(lines) - 1})]",
        "title": notes or None,
        **noted(),
    }
    return {"scale": {"domain": [0, end], "nice": False}, "axis": axis}


def noted() -> Spec:
    return {"titleAnchor": "start", "titleAlign": "left", "titleColor": MUTED, "titleFontWeight": "normal"}


def shown() -> list[Spec]:
    return [{"filter": "isValid(datum.value)"}]


def own_of(chart: Chart) -> Series:
    """The own series; of a stacked bar the first part."""
    return next((series for series in chart.series if series.mark is Mark.OWN), chart.series[0])


def is_own(chart: Chart) -> str:
    return f"datum.series == {quoted(own_of(chart).name)}"


def quoted(text: str) -> str:
    """A text in an expression of Vega: a string of JSON is one."""
    return json.dumps(text)


def mark() -> Spec:
    return {"type": "point", "size": 190, "opacity": 1, "strokeWidth": 2}


def shapes(chart: Chart, series: list[Series] | tuple[Series, ...]) -> Spec:
    """Shape, filling and edge of each series; what one compares with is hollow."""
    every = dict(zip([one.name for one in chart.series], shapes_of(chart), strict=True))
    drawn = [every[one.name] for one in series]
    solid = iter(COLOURS)
    colours = [EDGE if shape in HOLLOW else INK if shape == "tick" else next(solid) for shape in drawn]
    fills = ["white" if shape in HOLLOW else colour for shape, colour in zip(drawn, colours, strict=True)]
    field = {"field": "series", "type": "nominal"}
    domain, key = [one.name for one in series], legend() if len(chart.series) > 1 else None

    def ranged(values: list[str]) -> Spec:
        return {**field, "scale": {"domain": domain, "range": values}, "legend": key}

    return {
        "shape": ranged([PATHS[shape] for shape in drawn]),
        "fill": ranged(fills),
        "stroke": ranged(colours),
    }


def legend() -> Spec:
    return {"title": None, "orient": "top", "columns": 3, "symbolOpacity": 1, "labelLimit": 280}


def looks() -> Spec:
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
