"""A chart as a native one of PowerPoint: its figures can be edited, its marks are those of page and paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from ..charts import Chart, Kind, Mark, Point, drawing, in_words
from ..charts.scale import end_of, shapes_of
from ..charts.words import decimals, people
from ..pdf import printable
from .house import EDGE, HOLLOW, INK, MUTED, PRIMARY, RULE, SERIES, SHADES, colour

TYPES = {
    Kind.DOT: XL_CHART_TYPE.LINE_MARKERS,
    Kind.LINE: XL_CHART_TYPE.LINE_MARKERS,
    Kind.BAR: XL_CHART_TYPE.BAR_CLUSTERED,
    Kind.STACKED: XL_CHART_TYPE.BAR_STACKED,
}
MARKERS = {
    "dot": XL_MARKER_STYLE.CIRCLE,
    "block": XL_MARKER_STYLE.SQUARE,
    "peak": XL_MARKER_STYLE.TRIANGLE,
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "square": XL_MARKER_STYLE.SQUARE,
    "triangle": XL_MARKER_STYLE.TRIANGLE,
    "tick": XL_MARKER_STYLE.DASH,
}
COMPARED = ("diamond", "square", "triangle")
THIN = 0.05  # share of a bar that has no room for its figure
BREAK = "//"  # an empty moment, where from then on was measured in another way
# The workbook behind a chart takes a text that begins so for a formula or a link.
NO_TEXT = ("=", "{=", "http", "ftp", "mailto:", "internal:", "external:")


def safe(text: str) -> str:
    """Text that both the slide and the workbook behind its chart take as text."""
    clean = printable(text).strip()
    return f"\u200b{clean}" if clean.lower().startswith(NO_TEXT) else clean


def add_chart(slide: Any, chart: Chart, place: tuple[int, int, int, int]) -> None:
    """Draws the chart at left, top, width and height on the slide, told in words for who does not see it."""
    frame = slide.shapes.add_chart(TYPES[chart.kind], *place, _figures(chart))
    about = frame._element.nvGraphicFramePr.cNvPr
    about.set("descr", printable(in_words(chart)))
    about.set("name", printable(chart.title))
    drawn = frame.chart
    drawn.has_title = False
    drawn.font.size = Pt(14)
    drawn.font.color.rgb = colour(INK)
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position = XL_LEGEND_POSITION.TOP
        drawn.legend.include_in_layout = False
    _axes(drawn, chart)
    draw = {Kind.BAR: _bars, Kind.STACKED: _stacks}.get(chart.kind, _marks)
    draw(drawn, chart)


def _figures(chart: Chart) -> CategoryChartData:
    data = CategoryChartData(number_format=_format(chart))
    own = next((series for series in chart.series if series.mark is Mark.OWN), chart.series[0])
    who = [people(chart, point) if chart.kind is not Kind.LINE else "" for point in own.points]
    names = [
        safe(f"{category} ({words})" if words else category)
        for category, words in zip(chart.categories, who, strict=True)
    ]
    data.categories = _broken(chart, names, BREAK)
    for series in chart.series:
        data.add_series(safe(series.name), _broken(chart, [point.value for point in series.points], None))
    return data


def _broken(chart: Chart, items: Sequence[Any], gap: Any) -> list[Any]:
    """The items with a gap at each break, because no program draws a line over an empty moment."""
    out: list[Any] = []
    for at, item in enumerate(items):
        out += [gap, item] if at in chart.breaks else [item]
    return out


def _format(chart: Chart) -> str:
    """How Office shows the figures; it puts in the signs of its own language."""
    if chart.shares:
        return "0%"
    places = decimals(chart)
    return "#,##0" + (f".{'0' * places}" if places else "")


def _axes(drawn: Any, chart: Chart) -> None:
    values, categories = drawn.value_axis, drawn.category_axis
    values.minimum_scale, values.maximum_scale = 0, end_of(chart)
    values.major_unit = end_of(chart) / 4
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = colour(RULE)
    values.format.line.fill.background()
    values.major_tick_mark = categories.major_tick_mark = XL_TICK_MARK.NONE
    values.tick_labels.font.size = Pt(12)
    values.tick_labels.font.color.rgb = colour(MUTED)
    values.tick_labels.number_format_is_linked = False
    values.tick_labels.number_format = (
        "#,##0" if not chart.shares and end_of(chart) % 4 == 0 else _format(chart)
    )
    categories.format.line.color.rgb = colour(EDGE)
    categories.tick_labels.font.size = Pt(14)
    if chart.kind in (Kind.BAR, Kind.STACKED):
        categories.reverse_order = True  # the first category on top, as everywhere else
        values.tick_label_position = XL_TICK_LABEL_POSITION.HIGH


def _marks(drawn: Any, chart: Chart) -> None:
    """Marks, joined only over time; own figures to the left of them, those of the first other to the right."""
    solid = iter(SERIES)
    labelled = False
    for shape, series, native in zip(shapes_of(chart), chart.series, drawn.plots[0].series, strict=True):
        edge = EDGE if shape in COMPARED else INK if shape == "tick" else next(solid)
        native.smooth = False
        _marker(native.marker, shape, edge)
        _joined(native, chart, shape, edge)
        if series.mark is Mark.OWN:
            _interval(native, _broken(chart, series.points, Point()))
            _labels(native, chart, _beside(chart), 16)
        elif series.mark is Mark.BENCHMARK and not labelled and chart.kind is Kind.DOT:
            labelled = True
            _labels(native, chart, XL_LABEL_POSITION.RIGHT, 12)


def _beside(chart: Chart) -> Any:
    """Where own figures stand: to the left, or over time on the side where the other lines are not."""
    if chart.kind is Kind.DOT:
        return XL_LABEL_POSITION.LEFT
    drawn = drawing(chart)
    own = next(
        line for line, series in zip(drawn.lines, chart.series, strict=True) if series.mark is Mark.OWN
    )
    below = sum(stop.under for stop in own.stops) * 2 > len(own.stops)
    return XL_LABEL_POSITION.BELOW if below else XL_LABEL_POSITION.ABOVE


def _marker(marker: Any, shape: str, edge: str) -> None:
    marker.style, marker.size = MARKERS[shape], 14 if shape == "dot" else 12
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = colour(HOLLOW if shape in COMPARED else edge)
    marker.format.line.color.rgb = colour(edge)
    marker.format.line.width = Pt(1.75)


def _joined(native: Any, chart: Chart, shape: str, edge: str) -> None:
    line = native.format.line
    if chart.kind is Kind.DOT:
        line.fill.background()
        return
    line.color.rgb, line.width = colour(edge), Pt(3 if shape == "dot" else 1.75)
    if shape in (*COMPARED, "tick"):
        line.dash_style = MSO_LINE_DASH_STYLE.DASH


def _labels(native: Any, chart: Chart, position: Any, size: int) -> None:
    labels = native.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = _format(chart), False
    labels.font.size = Pt(size)
    labels.font.bold = size > 14
    if position is not None:
        labels.position = position


def _interval(native: Any, points: Any) -> None:
    """Where the true figure most likely lies, as a soft bar behind the mark."""
    reach = [
        (at, point.value - point.low, point.high - point.value)
        for at, point in enumerate(points)
        if point.low is not None
    ]
    if not reach:
        return
    up = _literal(len(points), [(at, high) for at, _low, high in reach])
    down = _literal(len(points), [(at, low) for at, low, _high in reach])
    bars = parse_xml(
        f'<c:errBars {nsdecls("c", "a")}><c:errDir val="y"/><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="1"/><c:plus>{up}</c:plus><c:minus>{down}</c:minus>'
        f'<c:spPr><a:ln w="101600" cap="rnd"><a:solidFill><a:srgbClr val="{PRIMARY}"><a:alpha val="28000"/>'
        "</a:srgbClr></a:solidFill></a:ln></c:spPr></c:errBars>"
    )
    native._element.find(qn("c:cat")).addprevious(bars)


def _literal(count: int, values: list[tuple[int, float]]) -> str:
    points = "".join(f'<c:pt idx="{at}"><c:v>{value!r}</c:v></c:pt>' for at, value in values)
    return f'<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{count}"/>{points}</c:numLit>'


def _bars(drawn: Any, chart: Chart) -> None:
    """Filled bars; what one compares with is hollow, an earlier time has a dashed edge."""
    plot = drawn.plots[0]
    plot.gap_width, plot.overlap = 60, -5
    solid = iter(SERIES)
    for series, native in zip(chart.series, plot.series, strict=True):
        native.format.fill.solid()
        if series.mark in (Mark.OWN, Mark.OTHER):
            native.format.fill.fore_color.rgb = colour(next(solid))
        else:
            native.format.fill.fore_color.rgb = colour("FFFFFF")
            native.format.line.color.rgb = colour(EDGE if series.mark is Mark.BENCHMARK else INK)
            native.format.line.width = Pt(1.5)
        if series.mark is Mark.EARLIER:
            native.format.line.dash_style = MSO_LINE_DASH_STYLE.DASH
        _labels(native, chart, XL_LABEL_POSITION.OUTSIDE_END, 16 if series.mark is Mark.OWN else 12)


def _stacks(drawn: Any, chart: Chart) -> None:
    plot = drawn.plots[0]
    plot.gap_width, plot.overlap = 45, 100
    for at, native in enumerate(plot.series):
        native.format.fill.solid()
        native.format.fill.fore_color.rgb = colour(SHADES[at])
        native.format.line.color.rgb = colour(EDGE)
        _labels(native, chart, None, 14)
        native.data_labels.font.color.rgb = colour("FFFFFF" if at == 0 else INK)
        for place, point in enumerate(chart.series[at].points):
            if point.value is not None and point.value < THIN:
                native.points[place].data_label.has_text_frame = True  # no room: an empty label
