"""Storing what is known of organisations: each room brings its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from leesbouw.core.access import Actor
from leesbouw.core.audit import record
from leesbouw.core.db import in_chunks, write_transaction
from leesbouw.core.time import SchoolYear

from ..models import Fact


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact of one organisation. `value` None is "unknown", which is something else than no fact."""

    unit_id: int
    code: str
    value: Decimal | int | str | date | None
    origin: str
    url: str = ""


def store_facts(*, year: SchoolYear, rows: Iterable[FactRow], by: Actor) -> int:
    """Writes facts over those of the same code; returns how many."""
    facts = [_fact(row, year) for row in {(row.unit_id, row.code): row for row in rows}.values()]
    for chunk in in_chunks(facts):
        with write_transaction():
            Fact.objects.bulk_create(
                chunk,
                update_conflicts=True,
                unique_fields=["unit", "year", "code"],
                update_fields=["number", "choice", "day", "origin", "url"],
            )
    if facts:
        with write_transaction():
            record(by=by, verb="indicators.store_facts", count=len(facts), data={"year": str(year)})
    return len(facts)


def _fact(row: FactRow, year: SchoolYear) -> Fact:
    fact = Fact(unit_id=row.unit_id, year=year, code=row.code, origin=row.origin, url=row.url)
    match row.value:
        case date():
            fact.day = row.value
        case str():
            fact.choice = row.value
        case int() | Decimal():
            fact.number = Decimal(row.value)
    return fact
