"""A list as a file: exactly the view on the screen, all its pages, with the audit trail told."""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Iterator, Sequence
from typing import IO, Any

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leesbouw import __version__
from leesbouw.core.access import require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import AMSTERDAM, now, today
from leesbouw.rendering.sheets import Explanation, Sheet, file_name, to_csv, to_xlsx

log = logging.getLogger(__name__)

FORMATS = {"xlsx": gettext_lazy("Excel (XLSX)"), "csv": gettext_lazy("Text with semicolons (CSV)")}
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_ROWS = 100_000  # some 30 MB; who needs more asks in parts
SLOW = 2.0  # seconds; longer downloads are noted in the log


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


def export_list(page: Any, listing: Any, ext: str) -> HttpResponse:
    """The answer with the file. The file is whole before anything is sent: a mistake is never half a download.

    Raises Sentence for a list that is too long.
    """
    if page.export_permission:
        require(page.actor, page.export_permission)
    begin = time.perf_counter()
    name = str(page.title)
    sheet = listing.table.sheet(name)
    counted = _Counted(sheet.rows)
    whole = Sheet(sheet.name, sheet.columns, counted)
    file = _csv_file(whole) if ext == "csv" else _xlsx_file(page, listing, whole, counted)
    with write_transaction():
        record(
            by=page.actor,
            verb="ui.export",
            count=counted.count,
            data={"page": page.page, "rows": counted.count, "format": ext},
        )
    if time.perf_counter() - begin > SLOW:
        log.warning("a download of %s took long: %s rows", page.page, counted.count)
    unit = getattr(page.request, "unit", None)
    title = file_name(str(unit or ""), str(page.export_name or page.title), today(), ext)
    answer = FileResponse(file, as_attachment=True, filename=title, content_type=TYPES[ext])
    answer["Cache-Control"] = "no-store"
    return answer


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
