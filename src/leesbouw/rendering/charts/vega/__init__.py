"""A chart as a Vega-Lite specification, and from that as a picture. For jobs: the engine takes a second to start.

All figures are texts of ours already, so that a picture says exactly what the page says.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from textwrap import wrap

from django.utils.translation import gettext as _

from ...pdf import FONTS
from ..model import Chart, Kind, Series
from ..words import figure, has_intervals, interval_words, notes, people
from .kinds import bars, dots, over_time, stacks
from .parts import LABEL, Spec, looks, own_of

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
VERSION = "5.20"
SHARPNESS = 2  # pixels of the picture for one px


def png(chart: Chart, source: str = "") -> bytes:
    """The chart as a picture on white with title, sentence, key and source. Takes about 0.1 s."""
    import vl_convert  # late: slow import

    _bring_fonts()
    return vl_convert.vegalite_to_png(specification(chart, source), vl_version=VERSION, scale=SHARPNESS)


@cache
def _bring_fonts() -> None:
    import vl_convert  # late: slow import

    vl_convert.register_font_directory(str(FONTS))


def specification(chart: Chart, source: str = "") -> Spec:
    """The Vega-Lite specification; its data hold value, interval and text of every shown point."""
    draw = {Kind.DOT: dots, Kind.BAR: bars, Kind.STACKED: stacks, Kind.LINE: over_time}[chart.kind]
    return {
        "$schema": SCHEMA,
        "background": "white",
        "padding": 20,
        "title": {"text": wrap(chart.title, 58), "subtitle": wrap(chart.sentence, 84)},
        "data": {"values": list(_values(chart))},
        **draw(chart, [*_told(chart), *([source] if source else [])]),
        "config": looks(),
    }


def _told(chart: Chart) -> list[str]:
    if not has_intervals(chart):
        return notes(chart)
    return [*notes(chart), _("Soft bar: %(words)s.") % {"words": interval_words()}]


def _values(chart: Chart) -> Iterator[Spec]:
    """One row for each series and category, the own one last and so on top; no value where none is shown."""
    for at, category in enumerate(chart.categories):
        start, own, across = 0.0, own_of(chart), chart.kind is not Kind.LINE
        who = people(chart, own.points[at])
        for series in sorted(
            chart.series, key=lambda series: series is own and chart.kind is not Kind.STACKED
        ):
            point = series.points[at]
            yield {
                "at": at,
                "row": "\n".join([*wrap(category, LABEL), *([who] if who else [])]) if across else category,
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
