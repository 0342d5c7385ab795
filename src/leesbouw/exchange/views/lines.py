"""How a row of a preview looks to people: facts, changes and mistakes in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import pgettext

from leesbouw.organisations.enums import Sector
from leesbouw.ui.domain import format_date

from ..enums import ROW_REASONS, RowKind, column_label
from ..models import ImportRow

SLUGS = {  # in the address
    RowKind.SAME: "gelijk",
    RowKind.NEW: "nieuw",
    RowKind.CHANGED: "veranderd",
    RowKind.GONE: "weg",
    RowKind.FAULTY: "fout",
    RowKind.DOUBTFUL: "twijfel",
}
FACTS = ("town", "board_name", "denomination", "places", "pupils", "counted_on")
ALL_FACTS = (*FACTS, "municipality_name")


@dataclass(frozen=True, slots=True)
class Mistake:
    """A cell that is wrong: which, what stood there, and why that cannot be."""

    label: str
    text: str
    reason: str


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
    facts: list[tuple[str, str]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)


def line_of(row: ImportRow) -> Line:
    """A row in words."""
    line = Line(
        row.pk,
        row.number,
        row.label or row.code or pgettext("import", "without a name"),
        row.code,
        row.get_decision_display(),
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
    return Mistake(column_label(column) if column else "", text, str(ROW_REASONS.get(reason, reason)))


def words(name: str, value: Any) -> str:
    """A stored value as people read it."""
    if value in (None, "", {}):
        return ""
    if name == "sector":
        return str(Sector(value).label) if value in Sector.values else str(value)
    if name in {"closed_on", "counted_on"}:
        return format_date(date.fromisoformat(value))
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {number}" for key, number in sorted(value.items(), key=_by_number))
    return str(value)


def _by_number(pair: tuple[str, Any]) -> tuple[int, str]:
    key = pair[0]
    return (int(key) if key.isdigit() else 0 if key == "younger" else 99, key)
