"""What a printer would put on paper, and what a decoder of barcodes reads from it."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import typst
import zxingcpp
from PIL import Image

from leesbouw.rendering import class_sheets, labels, pdf

DOTS = 300  # to the inch; a printer in a school has twice as many
FEW_DOTS = 200  # an old printer, or one that saves ink


def sheets(template: str, data: Mapping[str, Any], dots: int = DOTS) -> list[Image.Image]:
    """The pages of a template as pictures."""
    inputs = {
        "data": json.dumps({"title": "Proef", "lang": "nl", **data}),
        "text_fonts": json.dumps(["Atkinson Hyperlegible Next"]),
        "heading_fonts": "[]",
    }
    compiler = typst.Compiler(
        pdf.TEMPLATES / f"{template}.typ", root=pdf.TEMPLATES, font_paths=[pdf.FONTS], sys_inputs=inputs
    )
    made = compiler.compile(format="png", ppi=dots)
    return [Image.open(io.BytesIO(one)) for one in (made if isinstance(made, list) else [made])]


class Printer:
    """Stands in for the printing of class sheets, cards and labels: keeps the pictures of what was printed last."""

    def __init__(self, monkeypatch: Any, dots: int = DOTS) -> None:
        self.pages: list[Image.Image] = []
        self.dots = dots
        for room in (class_sheets, labels):
            monkeypatch.setattr(room, "print_pages", self.take)

    def take(self, template: str, data: Mapping[str, Any], **words: Any) -> pdf.Printed:
        self.pages = sheets(template, data, self.dots)
        return pdf.print_pages(template, data, **words)

    def codes(self) -> list[str]:
        """Every barcode that a decoder finds on the paper; one that it sees twice counts once."""
        read = [one for page in self.pages for one in zxingcpp.read_barcodes(page, try_downscale=False)]
        return sorted({one.text for one in read})
