"""What an import leaves on paper: the rows with mistakes as a sheet, and a receipt of one page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from leesbouw.core.time import AMSTERDAM, SchoolYear
from leesbouw.rendering.documents import Bullets, Document, Grid, Pairs, Section, Text, one_page
from leesbouw.rendering.sheets import Column, Explanation, Kind, Sheet, to_csv, to_xlsx
from leesbouw.ui.domain import format_date

from ..engine import Importer
from ..enums import Reach, RowKind, column_label
from ..models import ImportRow, ImportRun
from ..queries import school_of, teachers_in
from .lines import Line, mistake_of


def error_file(kind: Importer, rows: Sequence[ImportRow], run: ImportRun, ext: str) -> bytes:
    """The rows that were left out, with the columns that were kept and the reason. Cells run nothing."""
    codes = [column.code for column in kind.columns if any(column.code in row.cleaned for row in rows)]
    columns = [
        Column(pgettext("import", "Row"), Kind.NUMBER),
        *(Column(column_label(code), Kind.ID) for code in codes),
        Column(pgettext("import", "What is wrong"), width=60),
    ]
    table = [
        [row.number or None, *(_text(row.cleaned.get(code, "")) for code in codes), reasons_of(row)]
        for row in rows
    ]
    sheet = Sheet(pgettext("import", "mistakes"), columns, table)
    if ext == "csv":
        return b"".join(to_csv(sheet))
    facts = [
        (_("File"), run.file_name),
        (_("Kind of file"), str(kind.label)),
        (_("Number of rows"), str(len(rows))),
        (
            pgettext("import", "Mend it"),
            _(
                "Mend these rows on the page, or in the file and bring the file again. Nothing is stored twice."
            ),
        ),
    ]
    return to_xlsx([sheet], Explanation(_("Explanation"), _("Rows that were left out"), facts))


def reasons_of(row: ImportRow) -> str:
    """Every mistake of a row in one text: "postcode: This is no postcode, such as 1234 AB."."""
    mistakes = [mistake_of(row, column, reason) for column, reason in row.errors]
    return " ".join(f"{one.label}: {one.reason}" if one.label else one.reason for one in mistakes)


def _text(value: Any) -> str:
    return (
        value
        if isinstance(value, str)
        else ", ".join(map(str, value))
        if isinstance(value, list)
        else str(value)
    )


def receipt_pdf(run: ImportRun, kind: Importer, *, unit: str, by_name: str, blocked: Sequence[Line]) -> bytes:
    """The receipt: which file, who, when, what it did, until when it can be undone."""
    counts = [(str(RowKind(code).label), _number(run.counts.get(code))) for code in RowKind.values]
    sections = [
        Section(_("The file"), [Pairs(file_facts(run, kind, by_name))]),
        Section(_("What it did"), [Pairs(counts)]),
        *_by_school(run),
        Section(_("Undo"), [Text(_undo_words(run))]),
    ]
    if blocked:
        lines = [f"{line.name} ({line.code}): {line.mistakes[0].reason}" for line in blocked if line.mistakes]
        sections.append(Section(_("What could not be undone"), [Bullets(lines)]))
    document = Document(
        title=_("Receipt of an import"),
        subtitle=str(kind.label),
        sections=sections,
        unit=unit,
        date=_moment(run.undone_at or run.finished_at or run.created_at),
        note=_("Made with Leesbouw"),
    )
    return one_page(
        document, earlier=lambda n: ngettext("… and %(n)s more", "… and %(n)s more", n) % {"n": n}
    )


def _by_school(run: ImportRun) -> list[Section]:
    """Of a move: what stands in the file beside what was taken, for each school."""
    lines = run.counts.get("by_school")
    if not lines:
        return []
    head = [_("School"), *_school_heads()]
    rows = [
        [f"{name} ({code})" if name else code or "–", *map(str, numbers)] for code, name, *numbers in lines
    ]
    return [Section(_("The file beside Leesbouw, by school"), [Grid(head, rows, tuple(range(1, 6)))])]


def _school_heads() -> list[str]:
    return [
        _("in the file"),
        _("known already"),
        pgettext("import", "taken"),
        pgettext("import", "not taken"),
        _("was back already"),
    ]


def file_facts(run: ImportRun, kind: Importer, by_name: str) -> list[tuple[str, str]]:
    """Label and text of everything that identifies a file."""
    facts = [
        (pgettext("import", "Name"), run.file_name),
        (_("Kind of file"), str(kind.label)),
        (pgettext("import", "Size"), _("%(kb)s kB") % {"kb": _number(max(run.size // 1024, 1))}),
        (_("Rows read"), _number(run.counts.get("read"))),
        (_("SHA-256"), run.sha256),
        (pgettext("import", "Brought by"), by_name or _("the shell")),
        (pgettext("import", "Brought on"), _moment(run.created_at)),
    ]
    if school := school_of(run):
        facts.append((_("School"), f"{school.name} ({school.code})"))
    if run.options.get("year"):
        facts.append((_("School year"), str(SchoolYear(int(run.options["year"]))).replace("-", "–")))
    if staff := {kind: n for kind, n in teachers_in(run).items() if n}:
        words = (f"{_number(n)} {RowKind(kind).label}" for kind, n in staff.items())
        facts.append((_("Teachers among the rows"), " · ".join(words)))
    if run.options.get("reach"):
        facts.append((pgettext("import", "Part"), reach_words(run)))
    if run.options.get("closed_on"):
        facts.append(
            (
                pgettext("import", "Not in the file"),
                _("closed from %(day)s") % {"day": _day(run.options["closed_on"])},
            )
        )
    if run.finished_at:
        facts.append((_("Rows stored"), _number(run.counts.get("applied"))))
        facts.append((pgettext("import", "Stored on"), _moment(run.finished_at)))
    if run.undone_at:
        facts.append((pgettext("import", "Undone on"), _moment(run.undone_at)))
    return facts


def reach_words(run: ImportRun) -> str:
    """Which part of the file was wanted."""
    reach = Reach(run.options["reach"])
    return str(run.options.get("province")) if reach == Reach.PROVINCE else str(reach.label)


def _undo_words(run: ImportRun) -> str:
    if run.undone_at:
        return _("This import was undone.")
    if run.can_be_undone:
        return _("This import can be undone until %(day)s.") % {"day": _moment(run.expires_at)}
    return _("This import can no longer be undone.")


def _number(value: Any) -> str:
    return number_format(int(value or 0), force_grouping=True)


def _day(iso: str) -> str:
    return format_date(date.fromisoformat(iso))


def _moment(at: datetime) -> str:
    local = at.astimezone(AMSTERDAM)
    return f"{format_date(local.date())} {local:%H:%M}"
