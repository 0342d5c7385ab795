"""Taking back what an import of a register did: locations as they were, units nobody uses, years that it wrote."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from leesbouw.core import search
from leesbouw.core.access import Actor
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.core.pointers import delete_rows

from ..enums import UnitKind
from ..models import Board, Location, LocationYear, Municipality, Province, Unit
from ..queries.usage import units_in_use
from .register import _apply, _save_changed

TAKEN_BACK: dict[UnitKind, type[Unit]] = {  # in this order: each points at the next
    UnitKind.BOARD: Board,
    UnitKind.MUNICIPALITY: Municipality,
    UnitKind.PROVINCE: Province,
}


def restore_locations(values: Mapping[int, Mapping[str, Any]], *, by: Actor, run: str = "") -> int:
    """Gives locations the field values they had, None included; the caller reindexes. Returns how many changed."""
    with write_transaction():
        changed = []
        for location in Location.objects.filter(pk__in=list(values)):
            if _apply(location, dict(values[location.pk])):
                changed.append(location)
        _save_changed(changed)
        if changed:
            record(by=by, verb="organisations.restore_locations", count=len(changed), run=run)
        return len(changed)


def remove_unused_units(ids: Collection[int], *, by: Actor, run: str = "") -> set[int]:
    """Removes boards, municipalities and provinces that nothing points at any more; returns ids of those that went."""
    gone: set[int] = set()
    with write_transaction():
        for kind, model in TAKEN_BACK.items():
            wanted = set(Unit.objects.filter(pk__in=list(ids), kind=kind).values_list("pk", flat=True))
            unused = wanted - units_in_use(wanted) if wanted else set()
            if unused:
                search.remove(str(kind), unused)
                delete_rows(model, unused)
                delete_rows(Unit, unused)
                gone |= unused
        if gone:
            record(by=by, verb="organisations.remove_units", count=len(gone), run=run)
    return gone


def take_back_years(
    *,
    made: Iterable[int] = (),
    before: Mapping[int, Mapping[str, Any]] | None = None,
    by: Actor,
    run: str = "",
) -> int:
    """Removes years that were made, and gives others the numbers they had. Closed years stay. Returns how many."""
    with write_transaction():
        count = LocationYear.objects.filter(pk__in=list(made), closed_on=None).delete()[0]
        changed = []
        for row in LocationYear.objects.filter(pk__in=list(before or {}), closed_on=None):
            for name, value in (before or {})[row.pk].items():
                setattr(row, name, value)
            changed.append(row)
        if changed:
            LocationYear.objects.bulk_update(changed, list(next(iter((before or {}).values()))))
        if count or changed:
            record(by=by, verb="organisations.take_back_years", count=count + len(changed), run=run)
        return count + len(changed)
