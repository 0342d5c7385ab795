"""Bytes to a table of texts: CSV in any usual encoding and delimiter, or an Excel sheet. Nothing is interpreted.

Whatever comes in, the answer is a Table or an Unreadable with a code that people get a sentence for; never another
exception, and never more memory than the limits allow.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .decoding import decode
from .excel import excel_lines, is_excel
from .facts import PupilFacts
from .limits import HEADER_WITHIN, MOST_BYTES, MOST_CELL, MOST_COLUMNS, MOST_ROWS, Unreadable, refuse_too_much

DELIMITERS = (";", "\t", ",", "|")


@dataclass(frozen=True, slots=True)
class Table:
    """Headers and rows as texts. `numbers` are the lines in the file, as a spreadsheet counts them."""

    headers: list[str]
    rows: list[list[str]]
    numbers: list[int]
    encoding: str = ""
    delimiter: str = ""
    doubled: list[str] = field(default_factory=list)  # headers that stood there twice; the first one counts
    facts: PupilFacts | None = None  # what a file of pupils says about itself


def read_table(content: bytes, known: frozenset[str] = frozenset()) -> Table:
    """The table in a file. `known` are folded headers by which the header line is found below an explanation.

    Raises Unreadable with one of: empty, too_large, zip, pdf, xml, web_page, old_excel, not_text, bomb, broken,
    too_many_columns, too_many_rows, no_rows, long_cell.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable("too_large")
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("empty")
    _refuse_other_kinds(content)
    if content.startswith(b"PK\x03\x04"):
        encoding, delimiter, lines = "", "", excel_lines(content)
    else:
        text, encoding = decode(content)
        _refuse_other_kinds(text[:4096].encode())  # wide letters hide what it is
        delimiter = find_delimiter(text, known)
        lines = _csv_lines(text, delimiter)
    return _as_table(lines, known, encoding, delimiter)


def _refuse_other_kinds(content: bytes) -> None:
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if content.startswith((b"PK\x05\x06", b"PK\x07\x08", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh")):
        raise Unreadable("zip")
    if content.startswith(b"PK\x03\x04") and not is_excel(content):
        raise Unreadable("zip")
    if start.startswith(b"%PDF"):
        raise Unreadable("pdf")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("old_excel")
    if re.match(rb"<!doctype html|<html", start, re.IGNORECASE):
        raise Unreadable("web_page")
    if start.startswith((b"<?xml", b"<")):
        raise Unreadable("xml")


def find_delimiter(text: str, known: frozenset[str] = frozenset()) -> str:
    """The sign between cells: the one that finds most known headers, else the one that stands there most."""
    lines = [line for line in text[:200_000].splitlines()[: HEADER_WITHIN * 2] if line.strip()][
        :HEADER_WITHIN
    ]

    def merit(sign: str) -> tuple[int, int]:
        hits = max((sum(fold(cell) in known for cell in _split(line, sign)) for line in lines), default=0)
        return hits, max((re.sub(r'"[^"]*"', "", line).count(sign) for line in lines), default=0)

    best = max(DELIMITERS, key=merit)
    return best if merit(best)[1] else ";"


def _split(line: str, sign: str) -> list[str]:
    return [cell.strip(' "') for cell in line[:100_000].split(sign)]


def _csv_lines(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """(row number, cells). A quote that is never closed would swallow the rest, so then quotes are plain letters."""
    rows = _parsed(text, delimiter, csv.QUOTE_MINIMAL)
    width = max(len(rows[0][1]) - 1, 1) if rows else 1
    if any("\n" in cell and cell.count(delimiter) >= width for _, row in rows for cell in row):
        plain = _parsed(text, delimiter, csv.QUOTE_NONE)
        return [(number, [_unquoted(cell) for cell in row]) for number, row in plain]
    return rows


def _unquoted(cell: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"')
    return cell


def _parsed(text: str, delimiter: str, quoting: int) -> list[tuple[int, list[str]]]:
    csv.field_size_limit(MOST_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
    rows, cells = [], 0
    try:
        for number, row in enumerate(reader, start=1):
            cells += len(row)
            refuse_too_much(number, len(row), cells)
            rows.append((number, row))
    except csv.Error:
        raise Unreadable("broken") from None
    return rows


def fold(header: str) -> str:
    """A header as we compare it: "BEVOEGD_GEZAG-NUMMER " is "bevoegd gezag nummer"."""
    return re.sub(r"[^a-z0-9]+", " ", header.lower()).strip()


def _as_table(
    lines: Iterable[tuple[int, list[str]]], known: frozenset[str], encoding: str, delimiter: str
) -> Table:
    rows = [(number, row) for number, row in lines if any(cell.strip() for cell in row)]
    if not rows:
        raise Unreadable("empty")
    at = _header_line([row for _, row in rows[:HEADER_WITHIN]], known)
    headers = [re.sub(r"\s+", " ", cell).strip()[:80] for cell in rows[at][1]]
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) > MOST_COLUMNS:
        raise Unreadable("too_many_columns", most=MOST_COLUMNS)
    body = rows[at + 1 :]
    if not body:
        raise Unreadable("no_rows")
    if len(body) > MOST_ROWS:
        raise Unreadable("too_many_rows", most=MOST_ROWS)
    for number, row in body:
        if any(len(cell) > MOST_CELL for cell in row):
            raise Unreadable("long_cell", number=number)
    return Table(
        headers=headers,
        rows=[row for _, row in body],
        numbers=[number for number, _ in body],
        encoding=encoding,
        delimiter=delimiter,
        doubled=doubled(headers),
    )


def _header_line(rows: Sequence[Sequence[str]], known: frozenset[str]) -> int:
    """The first line with most known headers; without any it is the first line."""
    hits = [sum(fold(cell) in known for cell in row) for row in rows]
    return hits.index(max(hits)) if max(hits, default=0) else 0


def doubled(headers: Sequence[str]) -> list[str]:
    """Headers that stand there more than once, each told once."""
    seen: dict[str, int] = {}
    for header in headers:
        if header:
            seen[fold(header)] = seen.get(fold(header), 0) + 1
    return list(dict.fromkeys(h for h in headers if h and seen[fold(h)] > 1))
