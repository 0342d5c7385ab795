"""The sheet of a class beside the desk: each name with its barcode, so that nobody needs a card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .cards import Drawing
from .labels import bars_svg
from .pdf import Printed, print_pages

ON_ONE = 30  # a whole class on one sheet, two beside fifteen


@dataclass(frozen=True, slots=True)
class Line:
    """A child on the sheet; `mark` is the animal of its tile, for who cannot read yet."""

    name: str
    barcode: str
    mark: Drawing | None = None
    colour: str = ""


def print_class_sheet(
    lines: Sequence[Line], *, title: str, unit: str, note: str, lang: str = "nl"
) -> Printed:
    """The sheet as PDF. A barcode that Code 128 cannot write raises ValueError."""
    data = {**sheet_data(lines), "unit": unit, "note": note}
    return print_pages("class_sheet", data, title=title, lang=lang)


def sheet_data(lines: Sequence[Line]) -> dict[str, Any]:
    """What the template needs; a column is read down before the next begins."""
    rows = [
        {
            "name": one.name,
            "barcode": one.barcode,
            "bars": bars_svg(one.barcode),
            "mark": {"svg": one.mark.svg, "word": one.mark.word, "colour": one.colour} if one.mark else None,
        }
        for one in lines
    ]
    return {"pages": [_columns(rows[at : at + ON_ONE]) for at in range(0, len(rows), ON_ONE)]}


def _columns(rows: Sequence[Any]) -> list[Any]:
    half = -(-len(rows) // 2)
    left, right = rows[:half], rows[half:]
    return [cell for at in range(half) for cell in (left[at], right[at] if at < len(right) else None)]
