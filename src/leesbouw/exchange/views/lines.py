"""How a row of a preview looks to people: facts, changes and mistakes in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.forms import BoundField
from django.utils.translation import pgettext

from leesbouw.organisations.enums import Sector
from leesbouw.ui.domain import format_date

from ..enums import ROW_REASONS, Decision, RowKind, column_label
from ..forms import RepairForm, field_name
from ..models import ImportRow

SLUGS = {  # in the address
    RowKind.SAME: "gelijk",
    RowKind.NEW: "nieuw",
    RowKind.CHANGED: "veranderd",
    RowKind.GONE: "weg",
    RowKind.FAULTY: "fout",
    RowKind.DOUBTFUL: "twijfel",
}
FACTS = (
    "group",
    "year_group",
    "teaches",
    "town",
    "board_name",
    "denomination",
    "places",
    "pupils",
    "counted_on",
    "card",
    "pupil",
    "borrowed",
    "due",
)
ALL_FACTS = (*FACTS, "municipality_name")


@dataclass(frozen=True, slots=True)
class Mistake:
    """A cell that is wrong: which, what stood there, and why that cannot be."""

    label: str
    text: str
    reason: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    old: str
    new: str


@dataclass(slots=True)
class Line:
    """One row on the page."""

    pk: int
    number: int
    name: str
    code: str
    decision: str
    is_taken: bool = False
    facts: list[tuple[str, str]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)


@dataclass(slots=True)
class CellLine:
    """A cell that can be mended: its field, which has what is wrong among its errors, and its column."""

    bound: BoundField
    label: str


@dataclass(slots=True)
class FaultyLine:
    """A faulty row with its cells: the wrong ones first. `reasons` are about no cell that can be mended."""

    line: Line
    wrong: list[CellLine] = field(default_factory=list)
    others: list[CellLine] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    is_skipped: bool = False


def faulty_lines(rows: Iterable[ImportRow], form: RepairForm) -> list[FaultyLine]:
    """The faulty rows with the fields of the form that mends them."""
    return [_faulty_line(row, form) for row in rows]


def _faulty_line(row: ImportRow, form: RepairForm) -> FaultyLine:
    reasons: dict[str, list[str]] = {}
    for mistake in (mistake_of(row, column, reason) for column, reason in row.errors):
        reasons.setdefault(mistake.column, []).append(mistake.reason)
    cells = []
    for cell in form.shape if row.number in form.texts else ():
        bound = form[field_name(row.number, cell.at)]
        if wrong := reasons.pop(cell.code, []):
            form.errors.setdefault(bound.name, form.error_class()).extend(wrong)
        label = column_label(cell.code) + (f" ({cell.header})" if cell.header else "")
        cells.append(CellLine(bound, label))
    return FaultyLine(
        line_of(row),
        [cell for cell in cells if cell.bound.errors],
        [cell for cell in cells if not cell.bound.errors],
        [text for texts in reasons.values() for text in texts],
        row.decision == Decision.SKIP,
    )


def line_of(row: ImportRow) -> Line:
    """A row in words."""
    line = Line(
        row.pk,
        row.number,
        row.label or row.code or pgettext("import", "without a name"),
        row.code,
        row.get_decision_display(),
        row.decision == Decision.TAKE,
    )
    if row.kind == RowKind.FAULTY:
        line.mistakes = [mistake_of(row, column, reason) for column, reason in row.errors]
        return line
    line.changes = [
        Change(
            column_label(name),
            words(name, old) or pgettext("import", "empty"),
            words(name, new) or pgettext("import", "empty"),
        )
        for name, (old, new) in row.changes.items()
        if name != "school_year"
    ]
    line.mistakes = [mistake_of(row, column, reason) for column, reason in row.errors]
    names = ALL_FACTS if row.kind == RowKind.GONE else FACTS
    line.facts = [
        (column_label(name), words(name, row.cleaned[name])) for name in names if row.cleaned.get(name)
    ]
    return line


def mistake_of(row: ImportRow, column: str, reason: str) -> Mistake:
    text = str(row.cleaned.get(column, "")) if row.kind == RowKind.FAULTY else ""
    return Mistake(column_label(column) if column else "", text, str(ROW_REASONS.get(reason, reason)), column)


def words(name: str, value: Any) -> str:
    """A stored value as people read it."""
    if value in (None, "", {}):
        return ""
    if name == "sector":
        return str(Sector(value).label) if value in Sector.values else str(value)
    if name in {"closed_on", "counted_on", "left_on", "borrowed", "due"}:
        return format_date(date.fromisoformat(value))
    if name == "teaches":
        return ", ".join(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {number}" for key, number in sorted(value.items(), key=_by_number))
    return str(value)


def _by_number(pair: tuple[str, Any]) -> tuple[int, str]:
    key = pair[0]
    return (int(key) if key.isdigit() else 0 if key == "younger" else 99, key)
