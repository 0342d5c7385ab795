"""Rows as a CSV or Excel file that opens well in a Dutch office and runs nothing.

Knows no school and no language: every visible word comes from the caller.
"""

import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from operator import itemgetter
from typing import Any, cast
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

LOCAL = ZoneInfo("Europe/Amsterdam")
CHUNK_BYTES = 64 * 1024
IN_MEMORY_ROWS = 5_000  # above this the workbook goes through a private temporary file
WRITTEN_AS_IS = {int, type(None)}  # numbers that csv writes itself, which is most of a hundred thousand lists
EXCEL_ROWS = 1_048_576
EXCEL_FOOTER = 250  # characters at the foot of a printed page
EXCEL_TEXT = 32_767  # characters in one cell; Excel repairs the file when there are more

# A spreadsheet takes a cell that starts like this for a formula; some also the full-width signs.
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Kind(StrEnum):
    """What a column holds: decides alignment, number format and what may be calculated with."""

    TEXT = "text"
    ID = "id"  # digits that are a name: BRIN, postcode, ISBN; leading zeros stay
    NUMBER = "number"
    DATE = "date"  # a date, or a datetime shown in Dutch time
    MONEY = "money"  # integer cents
    SHARE = "share"  # 0-1


@dataclass(frozen=True)
class Column:
    """One column; `width` in characters, chosen by kind when not given."""

    title: str
    kind: Kind | str = Kind.TEXT
    width: int | None = None


@dataclass(frozen=True)
class Sheet:
    """A table on paper: `rows` may be a generator and is read once. `mark` stands below it, and on each printed page."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    mark: str = ""


@dataclass(frozen=True)
class Explanation:
    """The first tab of a workbook: where the figures come from.

    `facts` are label and text: filter, date, definitions, number of rows, versions of sources.
    """

    name: str
    title: str
    facts: Sequence[tuple[str, str]] = field(default_factory=tuple)


class TooManyRows(ValueError):
    """More than Excel holds; CSV has no such limit."""


def to_csv(sheet: Sheet, *, separator: str = ";", decimal: str = ",") -> Iterator[bytes]:
    """The sheet as CSV in chunks of about 64 kB: UTF-8 with BOM, ISO dates, CRLF, one header line.
    Text that a spreadsheet would run is made harmless with a leading apostrophe; numbers are numbers.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow([harmless(column.title) for column in sheet.columns])
    kinds = [Kind(column.kind) for column in sheet.columns]
    others = [at for at, kind in enumerate(kinds) if kind is not Kind.NUMBER]
    numbers = [at for at in range(len(kinds)) if at not in others]
    pick = itemgetter(*numbers) if len(numbers) > 1 else tuple
    for row in sheet.rows:
        cells = list(row)
        if len(cells) != len(kinds):
            raise ValueError("a row has as many cells as there are heads")
        is_plain = WRITTEN_AS_IS.issuperset(map(type, pick(cells)))
        for at in others if is_plain else range(len(kinds)):
            cells[at] = _csv_cell(cells[at], kinds[at], decimal)
        writer.writerow(cells)
        if buffer.tell() >= CHUNK_BYTES:
            yield buffer.getvalue().encode("utf-8", "replace")
            buffer.seek(0)
            buffer.truncate()
    if sheet.mark:
        buffer.write("\r\n")
        writer.writerow([harmless(sheet.mark)])
    yield buffer.getvalue().encode("utf-8", "replace")


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text


def to_xlsx(sheets: Sequence[Sheet], explanation: Explanation | None = None) -> bytes:
    """A workbook: the explanation first, then a tab per sheet with frozen header and filter.

    Raises TooManyRows when a sheet has more rows than Excel can hold.
    """
    out = io.BytesIO()
    small = all(_length(sheet) <= IN_MEMORY_ROWS for sheet in sheets)
    options = {
        "in_memory": small,
        "constant_memory": not small,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        looks = _looks(book)
        taken: set[str] = set()
        if explanation:
            book.set_properties({"title": explanation.title})
            _write_explanation(book.add_worksheet(_tab_name(explanation.name, taken)), explanation, looks)
        for sheet in sheets:
            _write_sheet(book.add_worksheet(_tab_name(sheet.name, taken)), sheet, looks)
        if explanation and sheets:
            book.worksheets()[1].activate()
    return out.getvalue()


def file_name(unit: str, what: str, on: date, ext: str) -> str:
    """`leesbouw_<unit>_<what>_<2026-10-14>.xlsx`, in letters that every disk and mail program takes."""
    parts = ["leesbouw", slug(unit), slug(what), on.isoformat()]
    return "_".join(part for part in parts if part) + "." + slug(ext)


def slug(text: str, limit: int = 60) -> str:
    """Lower-case ASCII letters, digits and single hyphens: “OBS ’t Anker é” → “obs-t-anker-e”."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:limit].rstrip("-")


def _csv_cell(value: Any, kind: Kind, decimal: str) -> str:
    if value is None:
        return ""
    if type(value) is str:  # text is text under every kind, and most cells are that
        return harmless(value)
    if kind is Kind.DATE and isinstance(value, date):
        return _iso(value)
    if kind is Kind.MONEY and isinstance(value, int) and not isinstance(value, bool):
        sign, cents = ("-" if value < 0 else ""), abs(value)
        return f"{sign}{cents // 100}{decimal}{cents % 100:02d}"
    if kind in (Kind.NUMBER, Kind.SHARE) and _is_number(value):
        text = format(value, "f") if isinstance(value, Decimal) else repr(value)
        return text.replace(".", decimal)
    return harmless(_text(value))


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    return isinstance(value, int) or math.isfinite(value)


def _text(value: Any) -> str:
    if isinstance(value, date):
        return _iso(value)
    if isinstance(value, float | Decimal) and not math.isfinite(value):
        return ""
    return str(value)


def _iso(value: date) -> str:
    if isinstance(value, datetime):
        return _local(value).strftime("%Y-%m-%d %H:%M")
    return value.isoformat()


def _local(value: datetime) -> datetime:
    """Wall-clock time in the Netherlands, without zone: Excel knows no zones."""
    return value.astimezone(LOCAL).replace(tzinfo=None) if value.tzinfo else value


def _length(sheet: Sheet) -> int:
    try:
        return len(sheet.rows)  # type: ignore[arg-type]
    except TypeError:
        return EXCEL_ROWS  # a generator: nobody knows, so take the road that holds any number


_WIDTHS = {
    Kind.TEXT: 28,
    Kind.ID: 12,
    Kind.NUMBER: 12,
    Kind.DATE: 12,
    Kind.MONEY: 14,
    Kind.SHARE: 10,
}


def _looks(book: xlsxwriter.Workbook) -> dict[str, Format]:
    top = {"valign": "top"}
    return {
        "head": book.add_format(
            {"bold": True, "bg_color": "#DDF0F2", "font_color": "#0A4752", "bottom": 1, "text_wrap": True}
            | top
        ),
        "title": book.add_format({"bold": True, "font_size": 14, "font_color": "#0F5E6E"}),
        "label": book.add_format({"bold": True} | top),
        "wrap": book.add_format({"text_wrap": True, "num_format": "@"} | top),
        Kind.TEXT: book.add_format(top),
        Kind.ID: book.add_format({"num_format": "@"} | top),
        Kind.NUMBER: book.add_format({"num_format": "General"} | top),
        Kind.DATE: book.add_format({"num_format": "dd-mm-yyyy", "align": "left"} | top),
        "moment": book.add_format({"num_format": "dd-mm-yyyy hh:mm", "align": "left"} | top),
        Kind.MONEY: book.add_format({"num_format": '"€" #,##0.00;[Red]-"€" #,##0.00'} | top),
        Kind.SHARE: book.add_format({"num_format": "0.0%"} | top),
    }


def _write_explanation(tab: Worksheet, explanation: Explanation, looks: dict[str, Format]) -> None:
    tab.set_column(0, 0, 24)
    tab.set_column(1, 1, 90)
    tab.write_string(0, 0, _clip(explanation.title), looks["title"])
    for at, (label, text) in enumerate(explanation.facts, start=2):
        tab.write_string(at, 0, _clip(label), looks["label"])
        tab.write_string(at, 1, _clip(text), looks["wrap"])
    tab.set_paper(9)
    tab.fit_to_pages(1, 0)


def _write_sheet(tab: Worksheet, sheet: Sheet, looks: dict[str, Format]) -> None:
    kinds = [Kind(column.kind) for column in sheet.columns]
    for at, column in enumerate(sheet.columns):
        width = column.width or max(_WIDTHS[kinds[at]], min(len(column.title) + 3, 30))
        tab.set_column(at, at, width, looks[kinds[at]])
        tab.write_string(0, at, _clip(column.title), looks["head"])
    tab.freeze_panes(1, 1)
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        if last >= EXCEL_ROWS:
            raise TooManyRows(sheet.name)
        for at, (value, kind) in enumerate(zip(row, kinds, strict=True)):
            _write_cell(tab, last, at, value, kind, looks)
    if sheet.columns:
        tab.autofilter(0, 0, last, len(sheet.columns) - 1)
    if sheet.mark:
        tab.write_string(last + 2, 0, _clip(sheet.mark), looks["label"])
        tab.set_footer("&L" + sheet.mark.replace("&", "&&")[:EXCEL_FOOTER])
    tab.set_landscape()
    tab.set_paper(9)
    tab.fit_to_pages(1, 0)
    tab.repeat_rows(0)


def _write_cell(tab: Worksheet, row: int, at: int, value: Any, kind: Kind, looks: dict[str, Format]) -> None:
    if value is None or value == "":
        return
    if kind is Kind.DATE and isinstance(value, datetime):
        tab.write_datetime(row, at, _local(value), looks["moment"])
    elif kind is Kind.DATE and isinstance(value, date):
        tab.write_datetime(row, at, cast(datetime, value), looks[kind])
    elif kind is Kind.MONEY and isinstance(value, int) and not isinstance(value, bool):
        tab.write_number(row, at, float(Decimal(value) / 100), looks[kind])
    elif kind in (Kind.NUMBER, Kind.SHARE) and _is_number(value):
        tab.write_number(row, at, value, looks[kind])
    else:
        tab.write_string(row, at, _clip(_text(value)), looks[kind])


def _clip(text: str) -> str:
    whole = text.encode("utf-8", "replace").decode()
    return whole if len(whole) <= EXCEL_TEXT else whole[: EXCEL_TEXT - 1] + "…"


def _tab_name(name: str, taken: set[str]) -> str:
    """A name Excel takes: 31 characters, no []:*?/\\, no quote at an end, not “History”, each once."""
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).strip().strip("'")[:31].strip() or "1"
    if plain.lower() == "history":
        plain += "_"
    unique, count = plain, 1
    while unique.lower() in taken:
        count += 1
        unique = f"{plain[: 30 - len(str(count))]} {count}"
    taken.add(unique.lower())
    return unique
