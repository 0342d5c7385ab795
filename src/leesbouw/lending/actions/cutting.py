"""Cutting the link between a child and what it read: for certain, and so that figures stay right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache

from django.db.models import QuerySet

from leesbouw.core.access import Actor
from leesbouw.core.audit import record
from leesbouw.core.db import update_rows, write_transaction
from leesbouw.core.time import AMSTERDAM

from ..domain.rules import week_of
from ..models import Card, Hold, Loan, Renewal
from .months import keep_counted


def cut_links(ids: Sequence[int], *, by: Actor) -> int:
    """From now on nobody knows who had these books; year group, title and week stay. Open loans are left alone."""
    with write_transaction():
        rows = list(_loans().filter(pk__in=ids, was_cut=False, ended_at__isnull=False))
        _cut(rows)
        if rows:
            record(by=by, verb="lending.cut_links", count=len(rows))
        return len(rows)


def forget_pupils(ids: Sequence[int]) -> None:
    """A child is erased: its cards and holds go, and no loan leads to it any more, an open one neither.

    Called inside the write that erases, which records the event.
    """
    loans = _loans().filter(pupil__in=ids)
    keep_counted(list(loans.filter(ended_at=None)))
    _cut(list(loans.filter(ended_at__isnull=False)))
    loans.filter(ended_at=None).update(pupil=None, was_cut=True)
    _cards().filter(pupil__in=ids).delete()
    _holds().filter(pupil__in=ids).delete()


def _cut(rows: Sequence[Loan]) -> None:
    keep_counted(rows)
    for row in rows:
        row.pupil_id = row.contact_id = None
        row.was_cut, row.cut_on = True, None
        row.borrowed_at = blunt(row.borrowed_at)
        row.ended_at = blunt(row.ended_at) if row.ended_at else None
        row.due_on = week_of(row.due_on)
    names = ("pupil", "contact", "was_cut", "cut_on", "borrowed_at", "ended_at", "due_on")
    update_rows(rows, names)
    Renewal.objects.trusted("how often a loan was renewed stays, when not").filter(
        loan__in=[row.pk for row in rows]
    ).delete()


def blunt(at: datetime) -> datetime:
    """The week of an instant, within its month."""
    return blunt_on(at.astimezone(AMSTERDAM).date())


@lru_cache(maxsize=2_000)
def blunt_on(day: date) -> datetime:
    """The same of what was on a day in Amsterdam."""
    return datetime.combine(week_of(day), time(12), tzinfo=AMSTERDAM)


def _loans() -> QuerySet[Loan]:
    return Loan.objects.trusted("cutting links")


def _cards() -> QuerySet[Card]:
    return Card.objects.trusted("cutting links")


def _holds() -> QuerySet[Hold]:
    return Hold.objects.trusted("cutting links")
