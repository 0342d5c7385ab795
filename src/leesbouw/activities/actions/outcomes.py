"""What came of a year, told to the figures: so that a municipality reads sums and never a school by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from leesbouw.core.access import SYSTEM, Actor
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.actions import makers, publish, store_cells
from leesbouw.indicators.queries import Shown, figures, measure
from leesbouw.organisations.models import Location
from leesbouw.plans.domain import Counted, Sums

from ..queries import hours_made_by, outcomes_of, total_of

COUNT_JOB = "activities.count_year"
makers.add(Counted.HOURS_MADE, hours_made_by)


@dataclass(frozen=True, slots=True)
class _Cell:
    """One number of one location."""

    measure: str
    version: int
    total: float
    breakdown: str = ""
    numerator: float = 0
    denominator: float = 1
    persons: int = 1

    @property
    def sum_squares(self) -> float:
        return self.total**2


def count_year(*, year: SchoolYear, by: Actor, progress: Callable[[int, int], None] | None = None) -> int:
    """Counts a year anew and tells the figures what changed; returns at how many locations. For the worker.

    It counts for everybody, whoever asks; what leaves is decided by `indicators`.
    """
    counted = outcomes_of(SYSTEM, year)
    versions = {code: measure(code).version for code in Counted}
    before = _told(counted, year)
    changed = {pk: sums for pk, sums in counted.items() if sums != before.get(pk)}
    locations = Location.objects.in_bulk(changed)
    for number, (pk, sums) in enumerate(changed.items()):
        if progress:
            progress(number, len(changed))
        cells = [_Cell(code, versions[code], float(sums[code])) for code in Counted]
        store_cells(location=locations[pk], year=year, cells=cells, by=by)
    if changed:
        publish(year=year, by=by, measures=list(Counted))
    return len(changed)


def _told(counted: dict[int, Sums], year: SchoolYear) -> dict[int, Sums]:
    """What the figures say of each location now; only of those of which they say everything."""
    found: dict[int, dict[str, Decimal]] = {}
    for one in figures(SYSTEM, list(Counted), counted, [year]):
        if isinstance(one.result, Shown):
            found.setdefault(one.unit_id, {})[one.code] = total_of(one.result)
    return {pk: sums for pk, sums in found.items() if len(sums) == len(Counted)}
