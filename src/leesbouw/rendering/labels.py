"""Sheets of labels with a barcode, for the printer of a library: three beside eight on A4, as most shops sell them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .pdf import Printed, print_pages

QUIET = 10  # modules of white on both sides that a scanner needs (Code 128)
DIGITS = 99  # the pair 99, and outside digits the switch to them


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on one label: a line in bold, one below, what is written large at the side, and the barcode."""

    title: str
    line: str
    side: str
    barcode: str


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """How a sheet is cut; sizes in millimetres. `first`: labels at the beginning that were used already. `lines`: with
    lines to cut along, on paper that is not cut yet."""

    columns: int = 3
    rows: int = 8
    width: float = 70.0
    height: float = 37.0
    first: int = 0
    lines: bool = False

    @property
    def on_one(self) -> int:
        return self.columns * self.rows


def print_labels(labels: Sequence[Label], sheet: LabelSheet, *, title: str, lang: str = "nl") -> Printed:
    """The labels as PDF, row by row; a barcode that Code 128 cannot write raises ValueError."""
    return print_pages("labels", labels_data(labels, sheet), title=title, lang=lang)


def labels_data(labels: Sequence[Label], sheet: LabelSheet) -> dict[str, Any]:
    """What the template needs."""
    places: list[dict[str, str] | None] = [None] * min(sheet.first, sheet.on_one - 1)
    places += [
        {
            "title": one.title,
            "line": one.line,
            "side": one.side,
            "barcode": one.barcode,
            "bars": bars_svg(one.barcode),
        }
        for one in labels
    ]
    pages = [places[at : at + sheet.on_one] for at in range(0, len(places), sheet.on_one)]
    return {
        "pages": pages,
        "columns": sheet.columns,
        "rows": sheet.rows,
        "width": sheet.width,
        "height": sheet.height,
        "lines": sheet.lines,
    }


def bars_svg(barcode: str) -> str:
    """The lines of a barcode (Code 128) as a small drawing, one path. Raises ValueError for signs it cannot write."""
    from barcode import Code128  # late: slow import
    from barcode.errors import BarcodeError  # late: slow import

    class Bars(Code128):
        """The library takes 99 at the beginning for a switch to digits and leaves it out; it begins with digits."""

        def _try_to_optimize(self, encoded: list[int]) -> list[int]:
            return encoded if encoded[1] == DIGITS else super()._try_to_optimize(encoded)

    try:
        modules = Bars(barcode).build()[0]
    except BarcodeError:
        raise ValueError(barcode) from None
    path, at = [], 0
    while at < len(modules):
        width = len(modules[at:]) - len(modules[at:].lstrip(modules[at]))
        if modules[at] == "1":
            path.append(f"M{QUIET + at} 0h{width}v20h-{width}z")
        at += width
    size = len(modules) + 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} 20"><path d="{"".join(path)}"/></svg>'
    )
