"""Zeros that Excel only shows: a cell holds the number 12 and its format 000000 makes 000012 of it.

For a key of a pupil those zeros count, and the reader of the sheet gives no formats.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from lxml import etree

_ZEROS = re.compile(r"0{2,}")
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,8})")


def shown_digits(content: bytes, sheet: str) -> dict[tuple[int, int], int]:
    """(row, column), both from 0 → how many digits are shown; only of cells whose format is nothing but zeros.

    Call it for a file that was looked at as a zip before. A workbook that is put together in another way has none.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            digits = _digits_by_style(box)
            return _cells(box, _file_of(box, sheet), digits) if digits else {}
    except (etree.XMLSyntaxError, KeyError, ValueError, StopIteration):
        return {}


def column_number(letters: str) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _digits_by_style(box: zipfile.ZipFile) -> dict[int, int]:
    root = _tree(box, "xl/styles.xml")
    formats = {
        one.get("numFmtId"): one.get("formatCode", "") for one in root.iterfind("{*}numFmts/{*}numFmt")
    }
    zeros = {code: len(text) for code, text in formats.items() if _ZEROS.fullmatch(text)}
    styles = enumerate(root.iterfind("{*}cellXfs/{*}xf"))
    return {at: zeros[style.get("numFmtId")] for at, style in styles if style.get("numFmtId") in zeros}


def _file_of(box: zipfile.ZipFile, sheet: str) -> str:
    sheets = _tree(box, "xl/workbook.xml").iterfind("{*}sheets/{*}sheet")
    named = next(one for one in sheets if one.get("name") == sheet)
    link = next(value for name, value in named.attrib.items() if name.endswith("}id"))
    links = _tree(box, "xl/_rels/workbook.xml.rels").iterfind("{*}Relationship")
    target = next(one.get("Target", "") for one in links if one.get("Id") == link)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _cells(box: zipfile.ZipFile, file: str, digits: dict[int, int]) -> dict[tuple[int, int], int]:
    found = {}
    with box.open(file) as stream:
        for _event, cell in etree.iterparse(stream, tag="{*}c", resolve_entities=False, no_network=True):
            many, place = digits.get(int(cell.get("s", 0))), _PLACE.fullmatch(cell.get("r", ""))
            if many and place:
                found[int(place[2]) - 1, column_number(place[1]) - 1] = many
            cell.clear()
    return found


def _tree(box: zipfile.ZipFile, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(box.read(name), parser)
