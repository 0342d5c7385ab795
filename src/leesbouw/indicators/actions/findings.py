"""Storing what stands out, proposed by the room that measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from leesbouw.core.access import Actor
from leesbouw.core.audit import record
from leesbouw.core.db import hold_row, write_transaction
from leesbouw.core.registry import Registry
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Unit

from ..models import Finding

# A room that finds what stands out, called with `year`, `locations`, `codes` and `by` each time the figures of that year
# were published: of these locations what they may be compared with has changed, in these measures.
finders: Registry[Callable[..., int]] = Registry("finder")


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding before it is stored; `low` and `high` are of the difference."""

    code: str
    measure_version: int
    direction: str
    against: str
    value: float
    base: float
    other_value: float | None = None
    other_base: float | None = None
    low: float | None = None
    high: float | None = None
    breakdown: str = ""
    against_year: SchoolYear | None = None


def store_findings(*, unit: Unit, year: SchoolYear, rows: Sequence[FindingRow], by: Actor) -> list[Finding]:
    """Replaces what stood out at a unit in a year, in this order. What is the same keeps its id, for goals point at it.

    What stood there already is written no second time, and leaves no event.
    """
    with write_transaction():
        hold_row(Unit, unit.pk)
        known = {
            (one.code, one.breakdown, one.against): one
            for one in Finding.objects.filter(unit=unit, year=year)
        }
        kept, changed = [], 0
        for position, row in enumerate(rows):
            finding = known.pop((row.code, row.breakdown, row.against), None) or Finding(unit=unit, year=year)
            values = asdict(row) | {"against_year": row.against_year, "position": position}
            if finding.pk is None or any(getattr(finding, name) != value for name, value in values.items()):
                for name, value in values.items():
                    setattr(finding, name, value)
                finding.save()
                changed += 1
            kept.append(finding)
        Finding.objects.filter(pk__in=[one.pk for one in known.values()]).delete()
        if changed or known:
            record(
                by=by,
                verb="indicators.store_findings",
                subject=unit,
                unit_id=unit.pk,
                count=len(kept),
                data={"year": str(year)},
            )
    return kept
