"""Names of school boards: the location files of DUO give their numbers alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.db import in_chunks
from leesbouw.organisations.actions import BoardRow, put_boards, reindex
from leesbouw.organisations.enums import BoardKind
from leesbouw.organisations.models import Board, Location

from ..domain import boards
from ..domain.columns import Cleaned
from ..enums import RowKind
from ..models import ImportRow, ImportRun
from .base import Importer, Preview, faulty_row, refuse_doubles
from .location_writes import INDEX_CHUNK


class BoardImporter(Importer):
    code = "boards"
    slug = "schoolbesturen"
    icon = "board"
    label = _("Names of school boards of DUO")
    what = _("What the boards are called: the file of schools has only their numbers.")
    guide = (
        _("DUO publishes the boards of all schools as open data (Open Onderwijsdata)."),
        _("Choose the kind of school, then “Adressen”, then “Bevoegde gezagen”."),
        _("Import the schools first. Boards without a school of yours are left out."),
    )
    columns = boards.COLUMNS
    dropped = boards.DROPPED
    leads_to_area = True

    def clean(self, number: int, raw: Mapping[str, Sequence[str]], options: Mapping[str, Any]) -> Cleaned:
        return boards.clean_row(number, raw)

    def match(self, run: ImportRun, records: list[Cleaned]) -> Preview:
        preview = Preview()
        refuse_doubles(records)
        ours = Board.objects.filter(board_kind=BoardKind.EDUCATION)
        known = {code: (pk, name) for code, pk, name in ours.values_list("code", "pk", "name")}
        for record in records:
            if record.left_out:
                preview.count(record.left_out)
                continue
            if record.is_faulty:
                preview.rows.append(faulty_row(run, record))
            elif record.values["code"] not in known:
                preview.count("outside")
            else:
                pk, name = known[record.values["code"]]
                new = record.values["name"]
                row = ImportRow(
                    run=run, number=record.number, code=record.values["code"], label=new, object_id=pk
                )
                row.cleaned = {"name": new}
                row.changes = {"name": [name, new]} if name != new else {}
                row.kind = RowKind.CHANGED if row.changes else RowKind.SAME
                preview.rows.append(row)
        return preview

    def apply(self, rows: Sequence[ImportRow], *, run: ImportRun, by: Actor) -> None:
        was = _names(rows)
        put_boards([BoardRow(row.code, row.cleaned["name"]) for row in rows], by=by, run=str(run.pk))
        for row in rows:
            row.applied = True
            row.before = {"was": was.get(row.object_id or 0), "now": row.cleaned["name"]}

    def undo(self, rows: Sequence[ImportRow], *, run: ImportRun, by: Actor) -> None:
        now = _names(rows)
        back = []
        for row in rows:
            if now.get(row.object_id or 0, row.before["now"]) != row.before["now"]:
                row.errors = [["", "changed_since"]]
                continue
            row.applied = False
            if row.object_id in now and row.before["was"]:
                back.append(BoardRow(row.code, row.before["was"]))
        put_boards(back, by=by, run=str(run.pk))

    def settle(self, run: ImportRun, by: Actor) -> None:
        """A school is found by the name of its board as well."""
        touched = ImportRow.objects.filter(run=run).exclude(before={}).values("object_id")
        schools = Location.objects.filter(board__in=touched).values_list("pk", flat=True)
        for ids in in_chunks(list(schools), INDEX_CHUNK):
            reindex(location_ids=ids, units=False)
        reindex(location_ids=[], units=True)


def _names(rows: Sequence[ImportRow]) -> dict[int, str]:
    return dict(Board.objects.filter(pk__in=[row.object_id for row in rows]).values_list("pk", "name"))
