"""CSV and Excel as programs of schools are assumed to write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

import xlsxwriter

from .records import SECRET_HEADERS, Child, needle


def parnassys_csv(children: Iterable[Child], **options: object) -> bytes:
    """As ParnasSys' lists are assumed to look: first name, infix, last name, group by name, year apart."""
    return _table(
        children,
        (
            "Leerlingnummer",
            "Roepnaam",
            "Tussenvoegsel",
            "Achternaam",
            "Groep",
            "Leerjaar",
            "Geboortedatum",
            "ECK iD",
        ),
        ("key", "first_name", "infix", "last_name", "group", "year_group", "day", "eck_id"),
        **options,  # type: ignore[arg-type]
    )


def esis_csv(children: Iterable[Child], **options: object) -> bytes:
    """As ESIS' lists are assumed to look: the last name first, and the year as “groep 5”."""
    return _table(
        children,
        (
            "Achternaam",
            "Voorvoegsel",
            "Roepnaam",
            "Leerling nr",
            "Groepsnaam",
            "Jaargroep",
            "Geb.datum",
            "Keten-ID",
        ),
        ("last_name", "infix", "first_name", "key", "group", "year_word", "day", "eck_id"),
        **options,  # type: ignore[arg-type]
    )


def magister_csv(children: Iterable[Child], **options: object) -> bytes:
    """As Magister's lists are assumed to look; vo: the year is a number from 1 to 6."""
    return _table(children, _MAGISTER, _MAGISTER_FIELDS, **options)  # type: ignore[arg-type]


def magister_xlsx(children: Iterable[Child], **options: object) -> bytes:
    return _table(children, _MAGISTER, _MAGISTER_FIELDS, excel=True, **options)  # type: ignore[arg-type]


def somtoday_csv(children: Iterable[Child], **options: object) -> bytes:
    """As SOMtoday's lists are assumed to look: comma and UTF-8 with a mark."""
    options = {"delimiter": ",", "encoding": "utf-8-sig", **options}
    return _table(children, _SOMTODAY, _SOMTODAY_FIELDS, **options)  # type: ignore[arg-type]


def somtoday_xlsx(children: Iterable[Child], **options: object) -> bytes:
    return _table(children, _SOMTODAY, _SOMTODAY_FIELDS, excel=True, **options)  # type: ignore[arg-type]


def one_name_csv(children: Iterable[Child], **options: object) -> bytes:
    """A list of a school itself: one column “Jansen, Noor van”."""
    return _table(
        children,
        ("Stamnr", "Naam", "Klas"),
        ("key", "whole", "group"),
        **options,  # type: ignore[arg-type]
    )


_MAGISTER = (
    "Stamnummer",
    "Roepnaam",
    "Tussenvoegsel",
    "Achternaam",
    "Klas",
    "Leerjaar",
    "Geboortedatum",
    "ECK-iD",
)
_MAGISTER_FIELDS = ("key", "first_name", "infix", "last_name", "group", "year", "day", "eck_id")
_SOMTODAY = (
    "Leerlingnummer",
    "Voornaam",
    "Voorvoegsel",
    "Achternaam",
    "Stamgroep",
    "Leerjaar",
    "Geb. datum",
    "ECKID",
)
_SOMTODAY_FIELDS = ("key", "first_name", "infix", "last_name", "group", "year", "day", "eck_id")


def _table(
    children: Iterable[Child],
    headers: Sequence[str],
    fields: Sequence[str],
    *,
    delimiter: str = ";",
    encoding: str = "cp1252",
    excel: bool = False,
    numbers: bool = False,
    secrets: bool = False,
    extra: Mapping[str, str] | None = None,
) -> bytes:
    """A table; `extra` is a column with the same text in each row, `numbers` writes keys of an Excel file as numbers."""
    more = {name: needle(name) for name in SECRET_HEADERS} if secrets else {}
    more |= extra or {}
    rows = [[*headers, *more]]
    rows += [[*(_cell(child, name) for name in fields), *more.values()] for child in children]
    if excel:
        return workbook(rows, numbers_in=fields.index("key") if numbers else None)
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def _cell(child: Child, name: str) -> str:
    year = child.year_group
    if name == "day":
        return "-".join(reversed(child.birth_date.split("-")))
    if name == "year_word":
        return f"groep {year}" if year.isdigit() else year
    if name == "year":
        return str(int(year) - 10) if year.isdigit() and int(year) > 10 else year
    if name == "whole":
        behind = " ".join(filter(None, (child.first_name, child.infix)))
        return f"{child.last_name}, {behind}"
    return str(getattr(child, name))


def workbook(rows: Sequence[Sequence[str]], *, numbers_in: int | None = None) -> bytes:
    """An Excel file of texts; one column may be numbers below its header."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Leerlingen")
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if at and column == numbers_in:
                    sheet.write_number(at, column, float(cell))
                else:
                    sheet.write_string(at, column, cell)
    return out.getvalue()
