"""What a chart says in letters: its figures, its table, and everything in words for who does not see it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import get_format
from django.utils.translation import gettext as _

from .model import Chart, Kind, Point

FEW = 20  # below this a percentage hides how few people it is about, so they are counted as well
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Table:
    """A chart as a table of texts; `numeric` are the positions of columns with figures."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...]


def figure(chart: Chart, value: float) -> str:
    """A value as people read it: “62%”, “4,2”, “1.250”."""
    if chart.shares:
        return f"{percent(value)}%"
    return number(value, decimals(chart))


def percent(share: float) -> int:
    """Whole percentages, half of one goes up, as a spreadsheet does."""
    return math.floor(round(share * 100, 9) + 0.5)


def number(value: float, places: int = 0) -> str:
    """A number with the signs of the language: “1.250” and “4,2” in Dutch."""
    exact = Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _point, part = f"{exact:,f}".partition(".")
    if len(whole) > 3:
        whole = whole.replace(",", get_format("THOUSAND_SEPARATOR"))
    return f"{whole}{get_format('DECIMAL_SEPARATOR')}{part}" if part else whole


def decimals(chart: Chart) -> int:
    """How many decimals the numbers of this chart need, the same for all: none when they are whole, or large."""
    values = [point.value for point in chart.points() if point.value is not None]
    if chart.shares or all(value == int(value) for value in values) or max(values) >= 100:
        return 0
    return 1 if max(values) >= 1 else 2


def people(chart: Chart, point: Point) -> str:
    """On whom a value rests: “34 children”, and where they are few “6 of the 14 children”."""
    if point.base is None:
        return ""
    counted = chart.counted or _("answers")
    base = number(point.base)
    count = _count(chart, point)
    if count is None:
        return _("%(base)s %(counted)s") % {"base": base, "counted": counted}
    return _("%(count)s of the %(base)s %(counted)s") % {"count": count, "base": base, "counted": counted}


def _count(chart: Chart, point: Point) -> int | None:
    """How many of a few a share stands for; None where it is no whole number, as with weights."""
    if (
        not chart.shares
        or chart.kind is Kind.STACKED
        or point.value is None
        or not 0 < (point.base or 0) < FEW
    ):
        return None
    count = point.value * (point.base or 0)
    return round(count) if abs(count - round(count)) < 0.01 else None


def cell(chart: Chart, point: Point) -> str:
    """What stands in the table for a point: the figure, how many of a few, or why it is hidden."""
    if point.value is None:
        return point.hidden or NOTHING
    count = _count(chart, point)
    shown = figure(chart, point.value)
    if count is None:
        return shown
    few = _("%(count)s of the %(base)s") % {"count": count, "base": point.base}
    return f"{shown} ({few})"


def between(chart: Chart, point: Point) -> str:
    """The interval of a point: “52% to 72%”."""
    if point.low is None or point.high is None:
        return ""
    return _("%(low)s to %(high)s") % {
        "low": figure(chart, point.low),
        "high": figure(chart, point.high),
    }


def notes(chart: Chart) -> list[str]:
    """What stands below a chart: what it counts, of how many, what changed."""
    return [note for note in (chart.unit, chart.asked, chart.break_note) if note]


def has_intervals(chart: Chart) -> bool:
    """Whether there is a soft bar to explain, see `interval_words`."""
    return any(point.low is not None for point in chart.points())


def interval_words() -> str:
    return _("the true figure is most likely within this bar")


def as_table(chart: Chart) -> Table:
    """The chart as a table: each series with its number of answers and interval, where it has them."""
    columns: list[tuple[str, list[str]]] = [("", list(chart.categories))]
    shared = _shared_bases(chart)
    counted = chart.counted or _("answers")
    for at, series in enumerate(chart.series):
        columns.append((series.name, [cell(chart, point) for point in series.points]))
        ranges = [between(chart, point) for point in series.points]
        if any(ranges):
            columns.append((_("most likely between"), [words or NOTHING for words in ranges]))
        last = at == len(chart.series) - 1
        bases = shared if last and shared else [] if shared else [point.base for point in series.points]
        if any(base is not None for base in bases):
            columns.append((counted, [NOTHING if base is None else number(base) for base in bases]))
    heads, cells = zip(*columns, strict=True)
    return Table(tuple(heads), tuple(zip(*cells, strict=True)), tuple(range(1, len(columns))))


def _shared_bases(chart: Chart) -> list[int | None]:
    """The numbers of answers when all series have the same ones, as the answers to one question do."""
    rows = [{point.base for point in chart.row(at)} for at in range(len(chart.categories))]
    if len(chart.series) > 1 and all(len(row) == 1 for row in rows):
        return [next(iter(row)) for row in rows]
    return []


def row_words(chart: Chart, at: int) -> str:
    """One category in words: “De Regenboog 62%, vergelijkbaar 66%”."""
    return ", ".join(
        f"{series.name} {cell(chart, series.points[at])}"
        for series in chart.series
        if series.points[at].value is not None or series.points[at].hidden
    )


def in_words(chart: Chart) -> str:
    """Everything a chart shows, for who hears it: title, sentence and each row."""
    rows = [f"{category}: {row_words(chart, at) or NOTHING}." for at, category in enumerate(chart.categories)]
    unit = "" if chart.shares else f"{chart.unit}."
    return " ".join(part for part in (_ended(chart.title), chart.sentence, unit, *rows) if part)


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
