"""The empty deck in the look of the house: 16:9, our type and colours, two layouts."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

INK, MUTED, PAPER, PRIMARY = "16202A", "4A5663", "FAF8F4", "0F5E6E"
EDGE, RULE, ASK = "6B7785", "DDD6CA", "FFE08A"
HOLLOW = "8A95A1"  # grey and not white: LibreOffice draws no edge around a mark
SERIES = (PRIMARY, "B8440A", "5B4FA0", "A23B72")
SHADES = (PRIMARY, "93B6BE", "CADCDF", "EFEBE3", "FFFFFF", "FFFFFF")
HEADING, TEXT = "Literata", "Atkinson Hyperlegible Next"

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT, ACROSS = Inches(0.7), Inches(11.93)
THEME = {
    "dk1": INK,
    "lt1": "FFFFFF",
    "dk2": MUTED,
    "lt2": PAPER,
    "accent1": SERIES[0],
    "accent2": SERIES[1],
    "accent3": SERIES[2],
    "accent4": SERIES[3],
    "accent5": EDGE,
    "accent6": SHADES[1],
    "hlink": PRIMARY,
    "folHlink": MUTED,
}
OPENING, PLAIN = 0, 1  # positions of the layouts that are kept


def colour(code: str) -> RGBColor:
    return RGBColor.from_string(code)


def empty() -> Any:
    """A deck without slides, ready to be filled."""
    return Presentation(io.BytesIO(_template()))


@cache
def _template() -> bytes:
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    for layout in list(deck.slide_layouts):
        if layout.name not in ("Title Slide", "Title Only"):
            deck.slide_layouts.remove(layout)
    _dress(deck.slide_master)
    for layout in deck.slide_layouts:
        _place(layout, opening=layout.name == "Title Slide")
    _theme(deck.slide_master)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _dress(master: Any) -> None:
    """Titles to the left in ink, on paper."""
    background = master.background.fill
    background.solid()
    background.fore_color.rgb = colour(PAPER)
    _place(master, opening=False)
    style = master.element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    style.find(qn("a:defRPr")).set("sz", "3200")


def _place(sheet: Any, *, opening: bool) -> None:
    """Placeholders that fit the wide slide; date, footer and number are our own line on each slide."""
    for holder in list(sheet.placeholders):
        kind = holder.placeholder_format.type
        if "TITLE" in str(kind) and "SUB" not in str(kind):
            top, high = (Inches(2.2), Inches(1.6)) if opening else (Inches(0.45), Inches(1.3))
            _put(holder, top, high)
        elif "SUBTITLE" in str(kind) or "BODY" in str(kind):
            _put(holder, Inches(4.2), Inches(1.4))
            _quiet(holder)
        else:
            holder.element.getparent().remove(holder.element)


def _put(shape: Any, top: int, high: int) -> None:
    shape.left, shape.top, shape.width, shape.height = LEFT, top, ACROSS, high


def _quiet(holder: Any) -> None:
    """A subtitle: to the left, muted, without a bullet."""
    for level in holder.element.iter(qn("a:lvl1pPr")):
        level.set("algn", "l")
        for run in level.iter(qn("a:defRPr")):
            run.set("sz", str(Pt(22).centipoints))


def _theme(master: Any) -> None:
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)
    names = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    theme.set("name", "Leesbouw")
    for name, code in THEME.items():
        slot = theme.find(f".//a:clrScheme/a:{name}", names)
        slot.clear()
        etree.SubElement(slot, qn("a:srgbClr"), val=code)
    for kind, font in (("majorFont", HEADING), ("minorFont", TEXT)):
        theme.find(f".//a:{kind}/a:latin", names).set("typeface", font)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
