"""Writes and reads Word files. What comes in is read as text: no macros, no links."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from docx import Document as open_word
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import XMLSyntaxError

from leesbouw.core.errors import Sentence

from ..documents import Block, Bullets, Document, Grid, Pairs, Section, Text

FONT = "Atkinson Hyperlegible Next"  # a computer without it takes its own
MARGIN = Cm(2)
IN_TABLES = Pt(9)
TEXT_WIDTH = 17.0  # cm between the margins
SHORTEST = "…" * 3  # a column of figures is no narrower
SIGN, CELL_EDGES = 0.19, 0.5  # cm: a sign in tables, widely taken, and the white at both sides of a cell
LARGEST_UNPACKED = 50 * 1024 * 1024  # bytes: a file that grows beyond this is no plan
MOST_PARAGRAPHS = 20_000


def write(document: Document) -> bytes:
    word = open_word()
    word.styles["Normal"].font.name, word.styles["Normal"].font.size = FONT, Pt(11)
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    word.core_properties.title = document.title
    word.core_properties.author = document.unit
    word.add_heading(document.title, 0)
    for line in (document.subtitle, document.meta):
        if line:
            word.add_paragraph(line)
    for section in document.sections:
        _write_section(word, section)
    if document.note:
        page.footer.paragraphs[0].text = document.note
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _write_section(word: WordFile, section: Section) -> None:
    word.add_heading(section.title, 1)
    for block in section.blocks:
        _write_block(word, block)


def _write_block(word: WordFile, block: Block) -> None:
    if isinstance(block, Text):
        for part in re.split(r"\n{2,}", block.text):
            word.add_paragraph(_clean(part))
    elif isinstance(block, Bullets):
        for item in block.items:
            word.add_paragraph(_clean(item), style="List Bullet")
    elif isinstance(block, Pairs):
        _write_table(word, (), block.rows)
    elif isinstance(block, Grid):
        _write_table(word, block.head, block.rows, block.numeric)


def _write_table(word: WordFile, head: Any, rows: Any, numeric: Sequence[int] = ()) -> None:
    lines = [[_clean(str(value)) for value in line] for line in ([head, *rows] if head else rows)]
    if not lines:
        return
    table = word.add_table(rows=len(lines), cols=len(lines[0]), style="Table Grid")
    table.autofit = False
    widths = [Cm(width) for width in column_widths(lines)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, (row, line) in enumerate(zip(table.rows, lines, strict=True)):
        for place, (cell, value, width) in enumerate(zip(row.cells, line, widths, strict=True)):
            cell.width = width
            paragraph = cell.paragraphs[0]
            if place in numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            run = paragraph.add_run(value)
            run.font.size = IN_TABLES
            run.bold = True if head and number == 0 else None
    if head:
        mark = table.rows[0]._tr.get_or_add_trPr()  # a head that a screen reader and a next page repeat
        mark.append(mark.makeelement(qn("w:tblHeader"), {}))


def column_widths(lines: Sequence[Sequence[str]]) -> list[float]:
    """How wide each column of a table is, in centimetres, together the page. A column gets what its longest word needs,
    so that no word is broken as long as the page holds them all; what is left goes where most is written."""
    columns = list(zip(*lines, strict=True))
    needed = [
        CELL_EDGES + SIGN * max(len(word) for text in column for word in (*text.split(), SHORTEST))
        for column in columns
    ]
    if sum(needed) >= TEXT_WIDTH:
        return [TEXT_WIDTH * width / sum(needed) for width in needed]
    wanted = [
        max(0.0, CELL_EDGES + SIGN * max(map(len, column)) - width)
        for column, width in zip(columns, needed, strict=True)
    ]
    total, spare = sum(wanted), TEXT_WIDTH - sum(needed)
    share = [one / total if total else 1 / len(columns) for one in wanted]
    return [width + spare * part for width, part in zip(needed, share, strict=True)]


def _clean(text: str) -> str:
    """Without the signs that XML cannot hold."""
    return re.sub(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]", "", text)


def read(content: bytes) -> list[tuple[str, str]]:
    word = _opened(content)
    found: list[tuple[str, list[str]]] = [("", [])]
    for number, (is_heading, text) in enumerate(_pieces(word)):
        if number > MOST_PARAGRAPHS:
            raise Sentence(_("This file is too long for a plan."))
        if is_heading and text:
            found.append((text, []))
        elif text:
            found[-1][1].append(text)
    return [(heading, "\n".join(lines)) for heading, lines in found if heading or lines]


def _opened(content: bytes) -> WordFile:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > LARGEST_UNPACKED:
                raise Sentence(_("This file is too big for a plan."))
        return open_word(io.BytesIO(content))
    except (zipfile.BadZipFile, KeyError, ValueError, XMLSyntaxError) as broken:
        raise Sentence(_("We cannot read this file. Save it as Word (.docx) and try again.")) from broken


def _pieces(word: WordFile) -> Iterator[tuple[bool, str]]:
    for item in word.iter_inner_content():
        if isinstance(item, Paragraph):
            style = (item.style.name or "").lower() if item.style else ""
            is_heading = style.startswith(("heading", "kop", "title", "titel"))
            bullet = "- " if style.startswith(("list", "lijst")) else ""
            yield is_heading, f"{bullet}{item.text.strip()}" if item.text.strip() else ""
        elif isinstance(item, Table):
            for row in item.rows:
                cells = [cell.text.strip().replace("\n", " ") for cell in row.cells]
                yield False, " | ".join(cells)
