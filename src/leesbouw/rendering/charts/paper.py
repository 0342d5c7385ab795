"""A chart as data for typst, which draws it itself: see `typst/chart.typ`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from .drawing import drawing
from .model import Chart, Mark
from .scale import fitting
from .words import as_table, in_words, notes

MOMENTS = 70  # characters that stand below a chart over time on A4


def as_data(chart: Chart) -> dict[str, Any]:
    """Everything that the template shows, with the whole chart in words for who hears it."""
    drawn = drawing(chart)
    kept = fitting([text for _at, text in drawn.moments], MOMENTS)
    own = next((at for at, series in enumerate(chart.series) if series.mark is Mark.OWN), 0)
    return {
        **asdict(drawn),
        "kind": chart.kind.value,
        "title": chart.title,
        "sentence": chart.sentence,
        "words": in_words(chart),
        "notes": notes(chart),
        "own": own,
        "moments": [moment for moment, fits in zip(drawn.moments, kept, strict=True) if fits],
        # Lines have their names beside them.
        "key": [pair for pair in drawn.key if not drawn.lines or pair[0] == "ci"],
    }


def table_data(chart: Chart) -> dict[str, Any]:
    """The table of a chart, for `small-table`."""
    table = as_table(chart)
    return {
        "title": chart.title,
        "head": list(table.heads),
        "rows": [list(row) for row in table.rows],
        "numeric": list(table.numeric),
    }
