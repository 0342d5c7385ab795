"""The first sheet of an Excel file as texts; a file that would fill the memory is refused before it is opened."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from .excel_zeros import column_number, shown_digits
from .limits import MOST_UNPACKED, Unreadable, refuse_too_much


def is_excel(content: bytes) -> bool:
    """Whether a zip is an Excel workbook. Raises Unreadable when it stops half-way."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            return "xl/workbook.xml" in box.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable("broken") from error


def excel_lines(content: bytes) -> list[tuple[int, list[str]]]:
    """The first sheet that holds anything. What it would unpack to is counted before it is unpacked."""
    _refuse_bomb(content)
    rows: list[list[Any]] = []
    sheet = ""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in book.sheet_names:
            rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            if any(cell != "" for row in rows for cell in row):
                break
    except (CalamineError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise Unreadable("broken") from error
    digits = shown_digits(content, sheet)
    return [
        (at + 1, [cell_text(cell).zfill(_shown(cell, digits.get((at, n), 0))) for n, cell in enumerate(row)])
        for at, row in enumerate(rows)
    ]


def _shown(cell: Any, digits: int) -> int:
    """How many digits a cell shows at least: a text shows itself, and so does what is no whole number above zero."""
    return digits if isinstance(cell, float) and cell.is_integer() and cell >= 0 else 0


_CELL = re.compile(rb"""\sr=["']([A-Z]{1,3})(\d{1,8})["']""")


def _refuse_bomb(content: bytes) -> None:
    """Really unpacks, piece by piece, and throws away: what a zip says about its own size may be a lie.

    A single cell in the last corner of a sheet would make it billions of cells, so places are looked at as well.
    """
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            items = box.infolist()
            if sum(item.file_size for item in items) > MOST_UNPACKED or len(items) > 2000:
                raise Unreadable("bomb")
            for item in items:
                total += _unpacked(box, item, MOST_UNPACKED - total)
    except Unreadable:
        raise
    except Exception as error:  # zlib.error, BadZipFile and whatever else a broken archive makes of it
        raise Unreadable("broken") from error


def _unpacked(box: zipfile.ZipFile, item: zipfile.ZipInfo, room: int) -> int:
    size, before = 0, b""
    with box.open(item) as stream:
        while piece := stream.read(1024 * 1024):
            size += len(piece)
            if size > room or b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
                raise Unreadable("bomb")
            if item.filename.startswith("xl/worksheets/"):
                for letters, digits in _CELL.findall(before + piece):
                    refuse_too_much(int(digits), column_number(letters.decode()), 0)
                before = piece[-32:]
    return size


def cell_text(cell: Any) -> str:
    """A cell of a sheet as a CSV would have it: 637.0 is "637", a day is 2016-10-01."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
