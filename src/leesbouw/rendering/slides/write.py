"""Slides as a file: what stands where, what is read aloud, what the speaker sees."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import singledispatch
from typing import Any

from django.utils.translation import gettext as _
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from ..charts import Chart
from ..charts.words import has_intervals, interval_words, notes
from ..pdf import printable
from . import Message, Opening, Points, Question, Slide
from .house import ACROSS, ASK, INK, LEFT, MUTED, OPENING, PLAIN, PRIMARY, colour, empty
from .native import add_chart

CHART = (LEFT, Inches(1.85), ACROSS, Inches(4.35))
SIZES, SMALL = ((80, 32), (125, 26)), 22  # points for up to so many characters: two lines above a chart


def write(slides: Sequence[Slide], *, title: str, footer: str, lang: str) -> bytes:
    """The bytes of a PPTX."""
    deck = empty()
    for number, slide in enumerate(slides, start=1):
        made = _add(slide, deck)
        _foot(made, footer, number)
        made.notes_slide.notes_text_frame.text = printable(getattr(slide, "notes", ""))
    _name(deck, title, lang)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


@singledispatch
def _add(slide: Slide, deck: Any) -> Any:
    raise TypeError(f"not a slide: {slide!r}")


@_add.register
def _opening(slide: Opening, deck: Any) -> Any:
    made = deck.slides.add_slide(deck.slide_layouts[OPENING])
    _title(made, slide.title, 44)
    below = made.placeholders[1].text_frame
    below.text = printable("\n".join(part for part in (slide.subtitle, slide.date) if part))
    for paragraph in below.paragraphs:
        paragraph.font.color.rgb = colour(MUTED)
    _line(made, Inches(4.0))
    return made


@_add.register
def _message(slide: Message, deck: Any) -> Any:
    made = deck.slides.add_slide(deck.slide_layouts[PLAIN])
    _title(made, slide.sentence, next((size for most, size in SIZES if len(slide.sentence) <= most), SMALL))
    _text(made, slide.chart.title, Inches(0.25), Inches(0.4), 14, MUTED)
    add_chart(made, slide.chart, CHART)
    _text(made, " · ".join(_about(slide.chart)), Inches(6.25), Inches(0.6), 14, MUTED)
    return made


@_add.register
def _points(slide: Points, deck: Any) -> Any:
    made = deck.slides.add_slide(deck.slide_layouts[PLAIN])
    _title(made, slide.title, 32)
    _line(made, Inches(1.7))
    box = _text(made, "\n".join(slide.sentences), Inches(2.1), Inches(4.5), 26)
    for paragraph in box.text_frame.paragraphs:
        paragraph.space_after = Pt(18)
    return made


@_add.register
def _question(slide: Question, deck: Any) -> Any:
    made = deck.slides.add_slide(deck.slide_layouts[PLAIN])
    panel = made.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, LEFT, Inches(2), ACROSS, Inches(3.4))
    panel.fill.solid()
    panel.fill.fore_color.rgb = colour(ASK)
    panel.line.fill.background()
    panel.adjustments[0] = 0.04
    panel.shadow.inherit = False
    _unspoken(panel)
    made.shapes._spTree.insert(2, panel._element)
    _title(made, slide.question, 36)
    title = made.shapes.title
    title.left, title.top, title.width, title.height = (
        LEFT + Inches(0.5),
        Inches(2.7),
        ACROSS - Inches(1),
        Inches(2.5),
    )
    title.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    if slide.hint:
        hint = _text(made, slide.hint, Inches(2.15), Inches(0.5), 18)
        hint.left = LEFT + Inches(0.5)
    return made


def _title(made: Any, text: str, size: int) -> None:
    frame = made.shapes.title.text_frame
    frame.text = printable(text)
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    for paragraph in frame.paragraphs:
        paragraph.font.size = Pt(size)


def _about(chart: Chart) -> list[str]:
    """What stands below a chart: what it counts, who answered, what is hidden and why, what changed."""
    reasons = {
        point.hidden: chart.categories[at]
        for series in reversed(chart.series)
        for at, point in reversed(list(enumerate(series.points)))
        if point.hidden
    }
    hidden = [f"{category}: {reason}" for reason, category in reasons.items()]
    soft = [_("Soft bar: %(words)s.") % {"words": interval_words()}] if has_intervals(chart) else []
    return [*notes(chart), *hidden, *soft]


def _text(made: Any, text: str, top: int, high: int, size: int, tint: str = INK) -> Any:
    box = made.shapes.add_textbox(LEFT, top, ACROSS, high)
    box.text_frame.word_wrap = True
    box.text_frame.text = printable(text)
    for paragraph in box.text_frame.paragraphs:
        paragraph.font.size = Pt(size)
        paragraph.font.color.rgb = colour(tint)
    return box


def _line(made: Any, top: int) -> None:
    rule = made.shapes.add_shape(MSO_SHAPE.RECTANGLE, LEFT + Inches(0.1), top, Inches(1.6), Inches(0.06))
    rule.fill.solid()
    rule.fill.fore_color.rgb = colour(PRIMARY)
    rule.line.fill.background()
    rule.shadow.inherit = False
    _unspoken(rule)


def _unspoken(shape: Any) -> None:
    """Marks a shape as decoration, which a screen reader passes over."""
    about = shape._element.nvSpPr.cNvPr
    about.append(
        parse_xml(
            f'<a:extLst {nsdecls("a")}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
            '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
            "</a:ext></a:extLst>"
        )
    )


def _foot(made: Any, footer: str, number: int) -> None:
    """Source and number at the foot; the number is a field, so that it follows when slides are moved."""
    box = _text(made, f"{footer}  ", Inches(6.95), Inches(0.4), 11, MUTED)
    box.text_frame.paragraphs[-1]._p.append(
        parse_xml(
            f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
            f'<a:rPr lang="nl-NL" sz="1100"/><a:t>{number}</a:t></a:fld>'
        )
    )


def _name(deck: Any, title: str, lang: str) -> None:
    """Title, language and no trace of the template that the library starts from."""
    about = deck.core_properties
    about.title, about.language = printable(title), lang
    about.author = about.last_modified_by = "Leesbouw"
    about.subject = about.keywords = about.comments = ""
    spoken = {"nl": "nl-NL", "en": "en-GB", "fy": "fy-NL"}.get(lang, lang)
    for slide in deck.slides:
        for run in slide.element.iter(qn("a:r")):
            run.get_or_add_rPr().set("lang", spoken)
