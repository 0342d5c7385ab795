"""The yearly list for the lending right: ordered by who works with the books, made by the worker."""

from __future__ import annotations

from django.utils.translation import gettext as _

from leesbouw.core import files
from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.core.jobs import Job, enqueue
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.models import Library
from leesbouw.rendering.sheets import Explanation, Sheet, file_name, to_csv, to_xlsx
from leesbouw.ui.export import TYPES

from ..permissions import VIEW_BOOKS
from ..queries.right import right_lines, right_sheet

RIGHT_JOB = "lending.make_right"
FORMATS = ("csv", "xlsx")


def order_right(*, library: Library, year: SchoolYear, ext: str, by: Actor) -> Job:
    """Queues the list of a year; who asked finds it under her tasks. Raises NotAllowed for another library's."""
    require_library(by, library)
    if ext not in FORMATS:
        raise ValueError("csv or xlsx")
    with write_transaction():
        record(by=by, verb="lending.order_right", subject=library, unit_id=library.pk)
        args = {"library_id": library.pk, "year": year.first, "ext": ext}
        return enqueue(RIGHT_JOB, by=by, args=args, subject=library, unit_id=library.pk)


def require_library(by: Actor, library: Library) -> None:
    require(by, VIEW_BOOKS)
    if by.kind != "system" and library.pk not in by.libraries:
        raise NotAllowed(VIEW_BOOKS)


def make_right(*, library: Library, year: SchoolYear, ext: str, by: Actor) -> tuple[files.StoredFile, int]:
    """The file of a year, with how many rows are in it."""
    require_library(by, library)
    content, number = right_file(library=library, year=year, ext=ext, by=by)
    with write_transaction():
        stored = files.store(
            content,
            name=file_name("", _("lending right %(year)s") % {"year": year}, today(), ext),
            content_type=TYPES[ext],
            by=by,
            unit_id=library.pk,
            permission=VIEW_BOOKS,
        )
    return stored, number


def right_file(*, library: Library, year: SchoolYear, ext: str, by: Actor) -> tuple[bytes, int]:
    """The bytes of the list, and how many rows it has. Stores nothing."""
    found = right_sheet(by, library.pk, year)
    rows = list(found.rows)
    sheet = Sheet(found.name, found.columns, rows)
    if ext == "csv":
        return b"".join(to_csv(sheet)), len(rows)
    facts = [(_("Library"), library.name), (_("School year"), str(year)), *_told(library, year, by)]
    return to_xlsx([sheet], Explanation(_("Explanation"), _("Lending right"), facts)), len(rows)


def _told(library: Library, year: SchoolYear, by: Actor) -> list[tuple[str, str]]:
    """Which schools count and why not, so that the file explains itself."""
    return [
        (
            f"{line.place.name} ({line.place.code})",
            ": ".join(filter(None, [str(line.regime.label), ", ".join(line.why)])),
        )
        for line in right_lines(by, library.pk, year)
    ]
