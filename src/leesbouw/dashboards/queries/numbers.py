"""Counts about organisations: locations by kind, how many have an agreement, and how many of those run. No persons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.enums import PartnershipType, Phase, Sector
from leesbouw.organisations.models import Location

from ..permissions import VIEW_PARTNERSHIP
from .locations import STRUCTURAL, location_rows

RUNNING = (Phase.EXECUTION, Phase.ANCHORING)


@dataclass(slots=True)
class NumberLine:
    """A line of counts. `agreed`: locations with a structural agreement; `running`: those of them past setting up."""

    label: Any
    url: str = ""
    locations: int = 0
    size: int = 0
    agreed: int = 0
    running: int = 0
    hours: Decimal = field(default_factory=Decimal)
    types: dict[str, int] = field(default_factory=dict)

    def add(self, size: int | None, kind: str | None, phase: str | None, hours: Decimal | None) -> None:
        self.locations += 1
        self.size += size or 0
        code = kind or PartnershipType.NONE
        self.types[code] = self.types.get(code, 0) + 1
        if code in STRUCTURAL:
            self.agreed += 1
            self.running += phase in RUNNING
        if hours is not None:
            self.hours += hours

    @property
    def general(self) -> int:
        return self.types.get(PartnershipType.GENERAL, 0)

    @property
    def without(self) -> int:
        return self.types.get(PartnershipType.NONE, 0)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Lines with what they add up to."""

    lines: list[NumberLine]
    total: NumberLine
    shows_cooperation: bool = True


FACTS = ("size", "partnership_type", "phase", "hours_per_year")


def numbers_by_sector(actor: Actor, year: SchoolYear, rows: QuerySet[Location] | None = None) -> Numbers:
    """Locations by kind of education; one query."""
    chosen = location_rows(actor, year) if rows is None else rows
    facts = chosen.order_by().values_list("sector", *FACTS)
    order = {sector: at for at, sector in enumerate(Sector.values)}
    found = _summed(facts, lambda sector: str(Sector(sector).label))
    for sector, line in found.items():
        line.url = f"/scholen/?soort={sector}"
    lines = [found[sector] for sector in sorted(found, key=lambda sector: order[sector])]
    return Numbers(lines, _total(lines), actor.may(VIEW_PARTNERSHIP))


def numbers_by(
    actor: Actor,
    rows: QuerySet[Location],
    path: str,
    labels: dict[int, tuple[str, str]],
    through: dict[int, int] | None = None,
) -> Numbers:
    """Locations by the unit that `path` names; `labels` gives name and address of those that get a line.

    `through` leads from what `path` gives to what has the label: from municipality to library.
    """
    pairs = (
        (through.get(key) if through else key, rest)
        for key, *rest in rows.order_by().values_list(path, *FACTS)
    )
    facts = ((key, *rest) for key, rest in pairs if key in labels)
    found = _summed(facts, lambda key: labels[key][0])
    for key, line in found.items():
        line.url = labels[key][1]
    for key, (name, url) in labels.items():
        found.setdefault(key, NumberLine(name, url))
    lines = sorted(found.values(), key=lambda line: str(line.label))
    return Numbers(lines, _total(lines), actor.may(VIEW_PARTNERSHIP))


def _summed(facts: Iterable[Any], label: Any) -> dict[Any, NumberLine]:
    found: dict[Any, NumberLine] = {}
    for key, *values in facts:
        if key not in found:
            found[key] = NumberLine(label(key))
        found[key].add(*values)
    return found


def _total(lines: list[NumberLine]) -> NumberLine:
    whole = NumberLine("")
    for line in lines:
        whole.locations += line.locations
        whole.size += line.size
        whole.agreed += line.agreed
        whole.running += line.running
        whole.hours += line.hours
        for kind, number in line.types.items():
            whole.types[kind] = whole.types.get(kind, 0) + number
    return whole
