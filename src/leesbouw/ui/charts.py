"""Charts on pages: small drawings in SVG that take their looks from `ui/charts/charts.css`.

Places across are percentages and heights are pixels, so that text keeps its size on every screen. The words around the
drawing are in the template.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from leesbouw.rendering.charts import Chart, Drawing, Kind, Line, Row, Spot, Stop, as_table, drawing, in_words
from leesbouw.rendering.charts.scale import fitting
from leesbouw.rendering.charts.words import Table

MIDDLE = 16  # px from the top of a row to its axis
LABEL = 20  # px for a line of words above the axis
NUMBERS = 30  # px for the numbers of the scale below it
BAR = 14  # px high
STACK = 34  # px high
FRAME = 220  # px: height of a chart over time without its words
NARROW, WIDE = 34, 74  # characters that fit side by side below a drawing
# Hundredths: words beside a mark stand to its right before the first, to its left after the second.
EDGES = (35, 65)

LOOKS = {Kind.DOT: "dots", Kind.BAR: "bars", Kind.STACKED: "stacks", Kind.LINE: "years"}
OUTLINES = {
    "dot": '<circle r="7" {}/>',
    "block": '<path d="M-6-6H6V6H-6z" {}/>',
    "peak": '<path d="M0-8 7.5 6h-15z" {}/>',
    "diamond": '<path d="M0-9 9 0 0 9-9 0z" {}/>',
    "square": '<path d="M-7-7H7V7H-7z" {}/>',
    "triangle": '<path d="M0-9 8.5 7h-17z" {}/>',
    "tick": '<path d="M0-11V11" {}/>',
}


@dataclass(frozen=True, slots=True)
class Plot:
    """A row of the page: what stands beside the drawing, and the drawing."""

    label: str
    people: str
    value: str
    hidden: str
    svg: SafeString


def for_page(chart: Chart) -> dict[str, object]:
    """What the template needs: rows with their drawings, the key, and the table."""
    drawn = drawing(chart)
    names = (chart.kind, chart.title, chart.sentence, *chart.categories, *(one.name for one in chart.series))
    code = f"c{crc32('|'.join(names).encode()):08x}"
    return {
        "chart": chart,
        "code": code,
        "css": LOOKS[chart.kind],
        "key": [(_swatch(shape), name) for shape, name in drawn.key],
        "rows": list(_rows(chart, drawn, code)),
        "over": _over_time(chart, drawn, code) if drawn.lines else "",
        "ends": _ends(drawn) if drawn.lines else "",
        "table": _cells(as_table(chart)),
    }


def _cells(table: Table) -> dict[str, object]:
    rows = [(row[0], list(zip(table.heads[1:], row[1:], strict=True))) for row in table.rows]
    return {"heads": table.heads[1:], "rows": rows}


def _rows(chart: Chart, drawn: Drawing, code: str) -> Iterator[Plot]:
    labelled = False
    for at, row in enumerate(drawn.rows):
        empty = not (row.spots or row.strips)
        first = not labelled and not empty
        labelled = labelled or first
        svg = "" if empty else _svg_of(chart, drawn, row, first, f"{code}-{at}")
        yield Plot(row.label, row.people, row.value, row.hidden, mark_safe(svg))  # noqa: S308  escaped below


def _svg_of(chart: Chart, drawn: Drawing, row: Row, first: bool, code: str) -> str:
    if chart.kind is Kind.STACKED:
        return _framed(code, row.words, STACK + 2, _stack(row))
    if chart.kind is Kind.BAR:
        return _framed(code, row.words, *_bars(drawn, row, first))
    return _framed(code, row.words, *_dots(drawn, row, first))


def _framed(code: str, words: str, height: float, body: str) -> str:
    return (
        f'<svg class="plot" height="{height:g}" role="img" aria-labelledby="{code}">'
        f'<title id="{code}">{escape(words)}</title>{body}</svg>'
    )


def _dots(drawn: Drawing, row: Row, first: bool) -> tuple[float, str]:
    """Scale, interval, then the marks with the own one on top; the first row also has names and numbers."""
    beside = [spot for spot in row.spots if spot.shape not in ("dot", "block", "peak")] if first else []
    axis = MIDDLE + LABEL * len(beside)
    parts = [_scale(drawn, axis, first), f'<line class="axis" x1="0" x2="100%" y1="{axis}" y2="{axis}"/>']
    parts += [_band(row, axis)]
    parts += [_label(spot, at, axis) for at, spot in enumerate(beside)]
    parts += [_shape(spot.shape, f"{spot.at:g}%", axis) for spot in sorted(row.spots, key=_own_last)]
    return axis + MIDDLE + (NUMBERS if first else 0), "".join(parts)


def _own_last(spot: Spot) -> bool:
    return spot.shape == "dot"


def _scale(drawn: Drawing, axis: float, numbered: bool) -> str:
    lines = "".join(
        f'<line class="grid" x1="{at:g}%" x2="{at:g}%" y1="{axis - 10}" y2="{axis + 10}"/>'
        for at, _text in drawn.ticks
    )
    if not numbered:
        return lines
    sides = ["first", *["mid"] * (len(drawn.ticks) - 2), "last"]
    rooms = _room([text for _at, text in drawn.ticks])
    return lines + "".join(
        f'<text class="{side}{css}" x="{place:g}%" y="{axis + 32}">{escape(text)}</text>'
        for (place, text), side, css in zip(drawn.ticks, sides, rooms, strict=True)
    )


def _room(texts: list[str]) -> list[str]:
    """A class for each of some words side by side: nothing, for wide screens alone, or for none."""
    narrow, wide = fitting(texts, NARROW), fitting(texts, WIDE)
    return ["" if small else " spare" if large else " vh" for small, large in zip(narrow, wide, strict=True)]


def _band(row: Row, axis: float) -> str:
    if row.band is None:
        return ""
    return f'<line class="ci" x1="{row.band[0]:g}%" x2="{row.band[1]:g}%" y1="{axis}" y2="{axis}"/>'


def _label(spot: Spot, at: int, axis: float) -> str:
    """The name of a mark, on a line of its own, so that names never lie over each other."""
    y = LABEL * at + 14
    side = "first" if spot.at < EDGES[0] else "last" if spot.at > EDGES[1] else "mid"
    return (
        f'<line class="leader" x1="{spot.at:g}%" x2="{spot.at:g}%" y1="{y + 4}" y2="{axis - 9}"/>'
        f'<text class="{side} name" x="{spot.at:g}%" y="{y}">{escape(spot.text)}</text>'
    )


def _shape(shape: str, x: str, y: float) -> str:
    outline = OUTLINES[shape].format(f'class="{shape}"')
    return f'<svg class="at" x="{x}" y="{y:g}">{outline}</svg>'


def _bars(drawn: Drawing, row: Row, first: bool) -> tuple[float, str]:
    """Bars under each other. Where there are several, each has its name and figure above it."""
    parts, y, several = [], 6.0, len(row.strips) > 1
    for strip in row.strips:
        if several:
            y += LABEL
            parts.append(
                f'<text class="first name" x="0" y="{y - 6:g}">{escape(f"{strip.name} {strip.text}")}</text>'
            )
        parts.append(f'<rect class="b{strip.shade}" x="0" width="{strip.end:g}%" y="{y:g}" height="{BAR}"/>')
        y += BAR + 6
    middle = (LABEL if several else 0) + 6 + BAR / 2
    parts.append(_band(row, middle))
    parts += [_shape(spot.shape, f"{spot.at:g}%", middle) for spot in row.spots]
    axis = y - 10
    return y + (NUMBERS if first else 0), _scale(drawn, axis, first) + "".join(parts)


def _stack(row: Row) -> str:
    parts = []
    for strip in row.strips:
        width = strip.end - strip.start
        parts.append(
            f'<rect class="shade{strip.shade}" x="{strip.start:g}%" width="{width:g}%" y="1" height="{STACK}"/>'
        )
        if strip.text:
            middle = f"{strip.start + width / 2:g}%"
            parts.append(f'<text class="mid on{strip.shade}" x="{middle}" y="23">{escape(strip.text)}</text>')
    return "".join(parts)


def _over_time(chart: Chart, drawn: Drawing, code: str) -> SafeString:
    """One drawing for the whole: scale, breaks, lines, then figures beside the own marks."""
    parts = []
    for at, text in drawn.ticks:
        y = _height(at)
        parts.append(f'<line class="grid" x1="0" x2="100%" y1="{y}" y2="{y}"/>')
        parts.append(f'<text class="first scale" x="0" y="{y - 4:g}">{escape(text)}</text>')
    for at in drawn.breaks:
        parts.append(f'<line class="break" x1="{at:g}%" x2="{at:g}%" y1="{_height(100)}" y2="{_height(0)}"/>')
    for (x, text), css in zip(drawn.moments, _room([text for _x, text in drawn.moments]), strict=True):
        parts.append(f'<text class="mid{css}" x="{x:g}%" y="{FRAME + 34}">{escape(text)}</text>')
    own = next(at for at, series in enumerate(chart.series) if series.mark == "own")
    order = [line for at, line in enumerate(drawn.lines) if at != own] + [drawn.lines[own]]
    parts += [_upright_band(stop) for stop in drawn.lines[own].stops if stop.band]
    parts += [_line(line, line is drawn.lines[own]) for line in order]
    return mark_safe(_framed(code, in_words(chart), FRAME + 40, "".join(parts)))  # noqa: S308  escaped above


def _height(share: float) -> float:
    return round(14 + (FRAME - 14) * (1 - share / 100), 1)


def _line(line: Line, own: bool) -> str:
    parts = []
    for before, stop in zip((None, *line.stops), line.stops, strict=False):
        if before is not None and stop.joined:
            parts.append(
                f'<line class="run {line.shape}" x1="{before.x:g}%" y1="{_height(before.y)}" '
                f'x2="{stop.x:g}%" y2="{_height(stop.y)}"/>'
            )
    for stop in line.stops:
        parts.append(_shape(line.shape, f"{stop.x:g}%", _height(stop.y)))
        if own:
            parts.append(
                f'<text class="mid value" x="{stop.x:g}%" y="{_height(stop.y) + (24 if stop.under else -13):g}">'
                f"{escape(stop.text)}</text>"
            )
    return "".join(parts)


def _upright_band(stop: Stop) -> str:
    low, high = stop.band or (0.0, 0.0)
    return f'<line class="ci" x1="{stop.x:g}%" x2="{stop.x:g}%" y1="{_height(low)}" y2="{_height(high)}"/>'


def _ends(drawn: Drawing) -> SafeString:
    """The names beside the ends of the lines, for screens that are wide enough."""
    names = "".join(
        f'<text class="first" x="0" y="{_height(line.end) + 5:g}">{escape(f"{line.name} {line.text}")}</text>'
        for line in drawn.lines
    )
    return mark_safe(f'<svg class="ends" height="{FRAME + 40}" aria-hidden="true">{names}</svg>')  # noqa: S308


def _swatch(shape: str) -> SafeString:
    if shape == "none":
        return SafeString("")
    if shape == "ci":
        body = '<line class="ci" x1="6" x2="18" y1="10" y2="10"/>'
    elif shape.startswith("shade"):
        body = f'<rect class="{shape}" x="1" y="3" width="22" height="14"/>'
    else:
        body = f'<g transform="translate(12 10)">{OUTLINES[shape].format(f"class={shape!r}")}</g>'
    return mark_safe(f'<svg class="sw" viewBox="0 0 24 20" aria-hidden="true">{body}</svg>')  # noqa: S308
