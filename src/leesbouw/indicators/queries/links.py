"""What goes together at a level, as it was worked out when its figures were published."""

from __future__ import annotations

from dataclasses import dataclass

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Unit

from ..models import PublishedLink
from .figures import visible_units
from .measures import Measure, measure


@dataclass(frozen=True, slots=True)
class Linked:
    """In groups where all teachers do `factor`, the share of pupils with `outcome` is `slope` higher than where none do.

    `slope`, `low` and `high` are shares, in whole points; pupils of the same year groups are compared.
    """

    outcome: Measure
    factor: Measure
    slope: float
    low: float
    high: float
    groups: int
    schools: int

    @property
    def is_there(self) -> bool:
        """Whether the interval leaves "no link at all" out."""
        return not self.low <= 0 <= self.high


def links(actor: Actor, unit: Unit, year: SchoolYear) -> list[Linked]:
    """The links of a level in a year, the strongest first; none of a level out of reach, or with too few schools."""
    rows = PublishedLink.objects.filter(unit__in=visible_units(actor, [unit]), year=year)
    return [
        Linked(
            measure(row.outcome),
            measure(row.factor),
            row.slope,
            row.low,
            row.high,
            row.groups,
            row.schools,
        )
        for row in rows.order_by("-slope", "outcome", "factor")
    ]
