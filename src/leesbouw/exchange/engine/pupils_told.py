"""What the check of a file tells of a child: its name, what changes, and whom a row that cannot be used may mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from leesbouw.organisations.models import Location
from leesbouw.pupils.domain import Incoming, Known, full_name

from ..domain.columns import Cleaned
from ..enums import RowKind
from ..models import ImportRow, ImportRun
from .base import faulty_row
from .pupils_known import KnownPupil

NAMES = ("first_name", "infix", "last_name")
SHOWN = (*NAMES, "key", "eck_id", "birth_year")


def label_of(values: Mapping[str, Any]) -> str:
    """The name of a row, as the page shows it."""
    return full_name(*(values.get(name, "") for name in NAMES))[:160]


def changes_of(child: KnownPupil, values: Mapping[str, Any], location: Location) -> dict[str, list[Any]]:
    """Field → [what it is, what it would become]. What the file leaves out of numbers and year stays as it was."""
    changes: dict[str, list[Any]] = {}
    for name in SHOWN:
        new = values.get(name) or ("" if name in NAMES else None)
        if new is not None and new != (getattr(child, name) or ""):
            changes[name] = [getattr(child, name) or "", new]
    if values.get("group") and (values["group"] != child.group or not child.in_year):
        changes["group"] = [child.group, values["group"]]
    elif values.get("year_group") and values["year_group"] != child.year_group:
        changes["year_group"] = [child.year_group, values["year_group"]]
    if child.has_left:
        changes["left_on"] = [child.left_on, None]
    if child.location_id != location.pk:
        changes["school"] = [child.school, location.name]
    return changes


def side_by_side(
    child: KnownPupil, label: str, values: Mapping[str, Any], changes: Mapping[str, list[Any]]
) -> dict[str, list[Any]]:
    """What tells two children apart, also where it is the same: by that somebody decides."""
    told = {
        "name": [child.name, label],
        "key": [child.key, values.get("key", "")],
        "group": [child.group, values.get("group", "")],
    }
    return told | {name: pair for name, pair in changes.items() if name not in {*NAMES, *told}}


def gone_child(run: ImportRun, child: KnownPupil, *, open_matters: bool) -> ImportRow:
    """The row of a pupil whom the file does not name."""
    return ImportRow(
        run=run,
        number=0,
        kind=RowKind.GONE,
        code=child.key[:20],
        label=child.name[:160],
        object_id=child.id,
        cleaned={"group": child.group},
        errors=[["", "unsettled"]] if open_matters else [],
    )


def faulty_child(run: ImportRun, record: Cleaned) -> ImportRow:
    """A row that cannot be used, under the name of the child: in XML nobody finds it by the number of its row."""
    row = faulty_row(run, record)
    row.label = label_of(record.values) or label_of(record.raw)
    row.code = record.raw.get("key", "")[:20]
    return row


def named_by_faulty(rows: Iterable[ImportRow]) -> set[str]:
    """Numbers and names in rows that cannot be used: whom they mean is not gone."""
    found: set[str] = set()
    for row in rows:
        if row.kind == RowKind.FAULTY:
            texts = row.cleaned
            found |= {str(texts.get("key", "")), str(texts.get("eck_id", "")), row.label, label_of(texts)}
    return found - {""}


def note_year_groups(rows: Iterable[ImportRow]) -> None:
    """Which year groups are in each group of the file, so that its first row can make the group."""
    found: dict[str, set[int]] = {}
    rows = [row for row in rows if row.cleaned.get("group") and row.kind != RowKind.FAULTY]
    for row in rows:
        numbers = found.setdefault(row.cleaned["group"], set())
        if row.cleaned.get("year_group"):
            numbers.add(row.cleaned["year_group"])
    for row in rows:
        if row.kind != RowKind.SAME:
            row.cleaned["group_year_groups"] = sorted(found[row.cleaned["group"]])


def incoming_of(record: Cleaned) -> Incoming:
    """A row as the matching rules take it."""
    values = record.values
    return Incoming(
        number=record.number,
        key=values.get("key", ""),
        eck_id=values.get("eck_id", ""),
        **{name: values.get(name, "") for name in NAMES},
    )


def known_of(child: KnownPupil) -> Known:
    """A pupil that is there as the matching rules take her; one of a merged school comes after those who are here."""
    return Known(
        id=child.id,
        key=child.key,
        eck_id=child.eck_id,
        first_name=child.first_name,
        infix=child.infix,
        last_name=child.last_name,
        has_left=child.has_left or child.is_elsewhere,
    )
