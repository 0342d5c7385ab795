"""Months of lending that somebody else tells: a file of another system, or the story of the demo."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import in_chunks, update_rows, write_transaction
from leesbouw.core.time import today

from ..enums import MonthOrigin
from ..models import LendingMonth
from ..permissions import TELL_MONTHS
from ..queries.months import IMAGE

WRITTEN = ("loans", "at_home", "borrowers", "children", "copies", "is_over", "origin", "told_on")


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month as somebody else tells it: a file, or the story of the demo. `group_id` None is the whole school."""

    month: date
    loans: int
    at_home: int | None = None
    borrowers: int | None = None
    children: int | None = None
    copies: int | None = None
    group_id: int | None = None


def _require_of(places: Collection[int], by: Actor) -> None:
    require(by, TELL_MONTHS)
    if by.kind != "system" and any(place not in by.locations for place in places):
        raise NotAllowed(TELL_MONTHS)


def store_months(
    rows: Mapping[int, Sequence[MonthRow]],
    *,
    by: Actor,
    origin: MonthOrigin = MonthOrigin.FILE,
    run: str = "",
) -> list[LendingMonth]:
    """Stores months that are over, by location, over what was there of the same month; in the order that they were given.

    The figures follow with `tell_year`. Raises NotAllowed for a location beyond one's own.
    """
    _require_of(rows, by)
    wanted = [(place, row) for place, those in rows.items() for row in those]
    with write_transaction():
        known = _rows().filter(location__in=list(rows), month__in={row.month for _place, row in wanted})
        there = {(one.location_id, one.group_id, one.month): one for one in known}
        stored = []
        for place, row in wanted:
            one = there.get((place, row.group_id, row.month)) or LendingMonth(
                location_id=place, group_id=row.group_id, month=row.month
            )
            for name in ("loans", "at_home", "borrowers", "children", "copies"):
                setattr(one, name, getattr(row, name))
            one.origin, one.is_over, one.told_on = origin, True, today()
            stored.append(one)
        for chunk in in_chunks(stored):
            LendingMonth.objects.bulk_create([one for one in chunk if one.pk is None])
            update_rows([one for one in chunk if one.pk is not None], WRITTEN)
        record(by=by, verb="lending.store_months", count=len(stored), run=run)
        return stored


def take_back_months(
    before: Mapping[tuple[int, date], Mapping[str, Any] | None], *, by: Actor, run: str
) -> None:
    """Puts months back as they were, by location and first day; without an image they go. The figures follow."""
    _require_of({place for place, _day in before}, by)
    with write_transaction():
        known = _rows().filter(
            location__in={place for place, _day in before},
            month__in={day for _place, day in before},
            group=None,
        )
        gone, back = [], []
        for one in known:
            key = (one.location_id, one.month)
            if key not in before:
                continue
            image = before[key]
            if image is None:
                gone.append(one.pk)
                continue
            for name, field in IMAGE.items():
                setattr(one, field, image[name])
            back.append(one)
        for chunk in in_chunks(gone):
            _rows().filter(pk__in=chunk).delete()
        update_rows(back, tuple(IMAGE.values()))
        record(by=by, verb="lending.take_back_months", count=len(before), run=run)


def _rows() -> QuerySet[LendingMonth]:
    return LendingMonth.objects.trusted("counting what was lent")
