"""Makes holders of personal data out of queries: rows that are over their term go, five hundred at a time."""

from __future__ import annotations

import time as clock
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import models

from .access import Actor
from .db import CHUNK, PAUSE, retrying, write_transaction
from .registry import Holder
from .time import AMSTERDAM

Old = Callable[[date], models.QuerySet]
Wipe = Callable[..., Any]


def rows(
    label: Any, term: str, old: Old, *, wipe: Wipe | None = None, replay: Callable[..., int] | None = None
) -> Holder:
    """A holder of the rows that `old(limit)` gives: those of which the last day lies before `limit`.

    `wipe(ids=, by=)` says how a chunk goes when deleting the rows is not all; it runs inside a write transaction.
    """

    def due(limit: date) -> int:
        return old(limit).count()

    def refs(limit: date) -> Iterator[str]:
        ids = old(limit).order_by("pk").values_list("pk", flat=True)
        return (str(pk) for pk in ids.iterator(chunk_size=CHUNK))

    def erase(*, limit: date, by: Actor, run: str = "") -> int:
        gone, last = 0, None
        while ids := _next_ids(old(limit), last):
            gone += retrying(lambda ids=ids: _wipe_chunk(old(limit), ids, wipe, by))  # type: ignore[misc]
            last = ids[-1]
            clock.sleep(PAUSE)
        return gone

    return Holder(label, term, due, erase, refs, replay)


def _next_ids(queryset: models.QuerySet, last: Any) -> list[Any]:
    """The next chunk by id; what a chunk could not wipe is passed by, not met again for ever."""
    if last is not None:
        queryset = queryset.filter(pk__gt=last)
    return list(queryset.order_by("pk").values_list("pk", flat=True)[:CHUNK])


def _wipe_chunk(queryset: models.QuerySet, ids: Sequence[Any], wipe: Wipe | None, by: Actor) -> int:
    """Wipes what is still over its term now that nobody else writes; returns how many."""
    with write_transaction():
        still = list(queryset.filter(pk__in=ids).values_list("pk", flat=True))
        if wipe is not None:
            wipe(ids=still, by=by)
        else:
            queryset.filter(pk__in=still).delete()
        return len(still)


def begin_of(day: date) -> datetime:
    """The first instant of a day in the Netherlands; what happened before it lies before that day."""
    return datetime.combine(day, time.min, tzinfo=AMSTERDAM)
