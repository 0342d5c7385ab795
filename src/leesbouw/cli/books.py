"""`leesbouw export titles`, `leesbouw export lending-right` and `leesbouw search`: books of a library from the shell."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from leesbouw.collection import queries
from leesbouw.core.access import SYSTEM
from leesbouw.core.time import SchoolYear, today
from leesbouw.exchange.domain.marc_out import marcxml
from leesbouw.exchange.queries import titles_to_export
from leesbouw.lending.actions import right_file
from leesbouw.organisations.models import Library
from leesbouw.organisations.queries import library_by_code

from . import gettext as _
from . import show, stop


def add_arguments(parser: argparse.ArgumentParser) -> None:
    if parser.prog.endswith("search"):
        parser.add_argument(
            "text", metavar=_("TEXT"), nargs="+", help=_("a title, writer, series, ISBN or barcode")
        )
    else:
        parser.add_argument(
            "what",
            choices=["titles", "lending-right"],
            help=_("titles with their copies as MARCXML, or how often titles were lent"),
        )
        parser.add_argument("file", metavar=_("FILE"), help=_("where to write it; - is the screen"))
        parser.add_argument(
            "--year", metavar=_("YEAR"), help=_("of the lending right, such as 2025-2026; else the last one")
        )
    parser.add_argument("--library", metavar="CODE", help=_("the library; not needed where there is one"))
    show.add_json(parser)


def run(options: argparse.Namespace) -> int:
    library = _library(options.library)
    if options.command == "search":
        return _search(library, options)
    return _export_right(library, options) if options.what == "lending-right" else _export(library, options)


def _library(code: str | None) -> Library:
    if code:
        try:
            return library_by_code(SYSTEM, code)
        except Library.DoesNotExist:
            stop(_("There is no library with the code %(code)s.") % {"code": code})
    rows = list(Library.objects.order_by("pk")[:2])
    if len(rows) != 1:
        stop(_("Say which library with --library."))
    return rows[0]


def _search(library: Library, options: argparse.Namespace) -> int:
    ids = queries.found_ids(SYSTEM, library.pk, " ".join(options.text), limit=20)
    rows = list(queries.in_order(queries.titles_with_copies(SYSTEM, library.pk), ids))
    data = [
        {"title": row.title, "authors": row.authors, "isbn": row.isbn, "copies": row.number_of_copies}  # type: ignore[attr-defined]
        for row in rows
    ]
    lines = [f"{row.title} – {row.by_whom} ({row.number_of_copies})" for row in rows]  # type: ignore[attr-defined]
    show.result(options, {"found": data}, "\n".join(lines) or _("Nothing found."))
    return 0


def _export(library: Library, options: argparse.Namespace) -> int:
    number, titles = titles_to_export(SYSTEM, library.pk)
    pieces = marcxml(titles, agency=library.code, on=today())
    if options.file == "-":
        for piece in pieces:
            sys.stdout.write(piece)
        return 0
    _write(options.file, (piece.encode() for piece in pieces))
    show.result(
        options,
        {"titles": number},
        _("%(number)s titles are in %(name)s.") % {"number": number, "name": options.file},
    )
    return 0


def _export_right(library: Library, options: argparse.Namespace) -> int:
    """An .xlsx file, or text with semicolons under any other name and on the screen."""
    ext = "xlsx" if options.file.lower().endswith(".xlsx") else "csv"
    year = _year(options.year)
    content, number = right_file(library=library, year=year, ext=ext, by=SYSTEM)
    if options.file == "-":
        sys.stdout.write(content.decode("utf-8-sig"))
        return 0
    _write(options.file, [content])
    words = _("%(number)s rows about %(year)s are in %(name)s.")
    show.result(options, {"rows": number}, words % {"number": number, "year": year, "name": options.file})
    return 0


def _year(text: str | None) -> SchoolYear:
    if not text:
        return SchoolYear.running().previous
    try:
        return SchoolYear.parse(text)
    except ValueError:
        stop(_("A school year is written like 2021-2022."))


def _write(name: str, pieces: Iterable[bytes]) -> None:
    """The file is whole or not there: it is written beside it first."""
    target = Path(name)
    beside = target.with_name(f".{target.name}.part")
    try:
        with beside.open("wb") as file:
            file.writelines(pieces)
        os.replace(beside, target)
    except OSError:
        beside.unlink(missing_ok=True)
        stop(_("The file %(name)s cannot be written.") % {"name": name})
