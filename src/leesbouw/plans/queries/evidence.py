"""What shows how far a bouwsteen is: records of Leesbouw itself, found in the rooms that keep them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format

from leesbouw.core.access import Actor
from leesbouw.core.registry import Record, records
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Unit

from ..models import BlockEvidence


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of evidence as one reads it. `record` is None where it is no record, or one that the reader may not see;
    then `of` still says what kind it is."""

    row: BlockEvidence
    record: Record | None = None
    of: Any = ""


def record_choices(actor: Actor, unit: Unit, year: SchoolYear) -> list[tuple[str, list[tuple[str, str]]]]:
    """What one can point at this year and the year before, by kind. As many queries as there are kinds, twice."""
    found = []
    for code, source in records.items():
        rows = [*source.find(actor, unit, year=year), *source.find(actor, unit, year=year.previous)]
        seen = {row.id: row for row in reversed(rows)}
        if seen:
            pairs = [(f"{code}:{row.id}", label_of(row)) for row in reversed(seen.values())]
            found.append((str(source.label), pairs))
    return found


def label_of(record: Record) -> str:
    """Its name and its day."""
    return f"{record.label}, {date_format(record.day, 'j b Y')}" if record.day else record.label


def record_of(actor: Actor, unit: Unit, wish: str) -> Record | None:
    """The record that “source:id” stands for; None for one that is not of this unit or out of sight."""
    return _found(actor, unit, [wish]).get(wish)


def shown_evidence(actor: Actor, unit: Unit, rows: Iterable[BlockEvidence]) -> list[Shown]:
    """Evidence with what it points at. One query for each kind that is pointed at."""
    told = list(rows)
    found = _found(actor, unit, [row.record for row in told if row.record])
    return [Shown(row, found.get(row.record), _kind(row.record)) for row in told]


def _kind(wish: str) -> Any:
    source = records.get(wish.partition(":")[0])
    return source.label if source else ""


def _found(actor: Actor, unit: Unit, wishes: Iterable[str]) -> dict[str, Record]:
    by_source: dict[str, list[int]] = {}
    for wish in wishes:
        code, _colon, number = wish.partition(":")
        if code in records and number.isascii() and number.isdecimal():
            by_source.setdefault(code, []).append(int(number))
    return {
        f"{code}:{record.id}": record
        for code, ids in by_source.items()
        for record in records[code].find(actor, unit, ids=ids)
    }
