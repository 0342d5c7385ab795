"""A list as a file: exactly the view on the screen, all its pages, with the audit trail told."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.http import FileResponse, HttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from leesbouw import __version__
from leesbouw.core.access import require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.files import StoredFile
from leesbouw.core.time import AMSTERDAM, now, today
from leesbouw.rendering.documents import Document, flowing
from leesbouw.rendering.sheets import Explanation, Sheet, file_name, to_csv, to_xlsx

FORMATS = {"xlsx": gettext_lazy("Excel (XLSX)"), "csv": gettext_lazy("Text with semicolons (CSV)")}
TYPES = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "zip": "application/zip",
    "xml": "application/xml",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "sav": "application/x-spss-sav",
}
MOST_ROWS = 100_000  # some 30 MB; who needs more asks in parts
QUICK_CELLS = {"csv": 60_000, "xlsx": 15_000}  # about a fifth of a second's work on one core


class _Counted:
    """Passes rows on and counts them."""

    def __init__(self, rows: Any) -> None:
        self.rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Sequence[Any]]:
        for row in self.rows:
            self.count += 1
            if self.count > MOST_ROWS:
                raise Sentence(_("This list is too long to download at once. Filter it first."))
            yield row


@dataclass(frozen=True, slots=True)
class ListFile:
    """A finished download: its bytes, its name and how many rows it has."""

    content: IO[bytes]
    name: str
    content_type: str
    rows: int


def file_answer(content: bytes, name: str, *, inline: bool = False) -> HttpResponse:
    """A file that was made for one person: nothing between her and us keeps it. What it is follows from its name.

    `inline` opens it in the browser, under its own name.
    """
    answer = HttpResponse(content, content_type=TYPES[name.rsplit(".", 1)[-1]])
    answer["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def stored_answer(file: StoredFile) -> FileResponse:
    """A stored file, for who may have it; always a download."""
    answer = FileResponse(
        file.path.open("rb"), as_attachment=True, filename=file.name, content_type=file.content_type
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def pdf_answer(document: Document, name: str, *, inline: bool = True) -> HttpResponse:
    """A document as PDF in the language of the reader."""
    return file_answer(flowing(document, lang=get_language() or "nl"), name, inline=inline)


def is_slow(listing: Any, ext: str) -> bool:
    """Whether making this file would keep other people waiting, so that a job should do it."""
    cells = len(listing.table.data) * len(listing.table.heads)
    return cells > QUICK_CELLS[ext]


def export_list(page: Any, listing: Any, ext: str) -> HttpResponse:
    """The answer with the file. The file is whole before anything is sent: a mistake is never half a download.

    Raises Sentence for a list that is too long.
    """
    file = make_file(page, listing, ext)
    answer = FileResponse(
        file.content, as_attachment=True, filename=file.name, content_type=file.content_type
    )
    answer["Cache-Control"] = "no-store"
    return answer


def make_file(page: Any, listing: Any, ext: str) -> ListFile:
    """Makes the file and tells the audit trail. Raises NotAllowed or Sentence."""
    if page.export_permission:
        require(page.actor, page.export_permission)
    sheet = listing.table.sheet(str(page.title))
    counted = _Counted(sheet.rows)
    whole = Sheet(sheet.name, sheet.columns, counted)
    content = _csv_file(whole) if ext == "csv" else _xlsx_file(page, listing, whole, counted)
    with write_transaction():
        record(
            by=page.actor,
            verb="ui.export",
            count=counted.count,
            data={"page": page.page, "rows": counted.count, "format": ext},
        )
    unit = str(getattr(page.request, "unit", None) or "")
    name = file_name(unit, str(page.export_name or page.title), today(), ext)
    return ListFile(content, name, TYPES[ext], counted.count)


def _csv_file(sheet: Sheet) -> IO[bytes]:
    file = io.BytesIO()
    for piece in to_csv(sheet):
        file.write(piece)
    file.seek(0)
    return file


def _xlsx_file(page: Any, listing: Any, sheet: Sheet, counted: _Counted) -> IO[bytes]:
    rows = list(sheet.rows)  # the first sheet tells how many there are
    facts = [
        (_("List"), str(page.title)),
        (_("Made on"), now().astimezone(AMSTERDAM).strftime("%d-%m-%Y %H:%M")),
        (_("School year"), str(page.year)),
        (_("Filters"), listing.filters.in_words if listing.filters else _("none")),
        (_("Order"), listing.table.sorted_by or _("as on the page")),
        (_("Columns"), ", ".join(head.label for head in listing.table.heads)),
        (_("Number of rows"), str(counted.count)),
        *listing.facts,
        *((str(term), str(meaning)) for term, meaning in page.definitions),
        (_("Made with"), f"Leesbouw {__version__}"),
    ]
    explanation = Explanation(_("Explanation"), str(page.title), facts)
    return io.BytesIO(to_xlsx([Sheet(sheet.name, sheet.columns, rows)], explanation))
