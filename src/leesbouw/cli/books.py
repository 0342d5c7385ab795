"""`leesbouw export titles` and `leesbouw search`: the catalogue of a library from the shell."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from leesbouw.collection import queries
from leesbouw.core.access import SYSTEM
from leesbouw.core.time import today
from leesbouw.exchange.domain.marc_out import marcxml
from leesbouw.exchange.queries import titles_to_export
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
        parser.add_argument("what", choices=["titles"], help=_("titles with their copies, as MARCXML"))
        parser.add_argument("file", metavar=_("FILE"), help=_("where to write it; - is the screen"))
    parser.add_argument("--library", metavar="CODE", help=_("the library; not needed where there is one"))
    show.add_json(parser)


def run(options: argparse.Namespace) -> int:
    library = _library(options.library)
    return _search(library, options) if options.command == "search" else _export(library, options)


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
    """The file is whole or not there: it is written beside it first."""
    number, titles = titles_to_export(SYSTEM, library.pk)
    pieces = marcxml(titles, agency=library.code, on=today())
    if options.file == "-":
        for piece in pieces:
            sys.stdout.write(piece)
        return 0
    target = Path(options.file)
    beside = target.with_name(f".{target.name}.part")
    try:
        with beside.open("w", encoding="utf-8") as file:
            file.writelines(pieces)
        os.replace(beside, target)
    except OSError:
        beside.unlink(missing_ok=True)
        stop(_("The file %(name)s cannot be written.") % {"name": options.file})
    show.result(
        options,
        {"titles": number},
        _("%(number)s titles are in %(name)s.") % {"number": number, "name": options.file},
    )
    return 0
