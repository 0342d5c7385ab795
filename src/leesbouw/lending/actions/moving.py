"""Moving in from another lending system, mid-year: cards, open loans and holds of a school, and taking them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from leesbouw.core.access import Actor
from leesbouw.core.audit import record
from leesbouw.core.db import hold_row, write_transaction
from leesbouw.core.time import now
from leesbouw.organisations.models import Location

from ..models import Card, Hold, Loan, Renewal
from .cards import require_place


@dataclass(frozen=True, slots=True)
class PastHold:
    """Somebody waits for a title since a moment."""

    title_id: int
    pupil_id: int
    placed_at: datetime


def bring_holds(rows: Sequence[PastHold], *, location: Location, by: Actor, run: str = "") -> list[Hold]:
    """Stores what children of a school wait for, with the day since when; one event for all. Who waits already stays in
    her own place. In the order that they were given."""
    require_place(location, by)
    with write_transaction():
        hold_row(Location, location.pk)
        open_ = _holds().filter(location=location, ended_at=None, title__in={row.title_id for row in rows})
        waits = set(open_.order_by().values_list("title", "pupil"))
        made = [
            Hold(
                title_id=row.title_id, pupil_id=row.pupil_id, location_id=location.pk, placed_at=row.placed_at
            )
            for row in rows
            if (row.title_id, row.pupil_id) not in waits
        ]
        Hold.objects.bulk_create(made)
        record(
            by=by, verb="lending.bring_holds", subject=location, unit_id=location.pk, count=len(made), run=run
        )
        return made


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What stayed, because somebody already worked with it."""

    loans: frozenset[int]
    holds: frozenset[int]


def take_back_moved(
    *,
    loans: Sequence[int],
    holds: Sequence[int],
    cards: Sequence[int],
    old_cards: Sequence[int],
    by: Actor,
    run: str,
) -> TakenBack:
    """Takes loans, holds and cards of a move back. A loan that came back or was renewed stays, and a hold that ended or
    lies ready; a card that held before the move holds again."""
    with write_transaction():
        there = _loans().filter(pk__in=loans)
        changed = there.exclude(ended_at=None) | there.exclude(lost_on=None) | there.filter(renewals__gt=0)
        stay = frozenset(changed.values_list("pk", flat=True))
        free = [pk for pk in loans if pk not in stay]
        Renewal.objects.trusted("a move is taken back").filter(loan__in=free).delete()
        _loans().filter(pk__in=free).delete()
        waiting = _holds().filter(pk__in=holds)
        held = waiting.exclude(ended_at=None) | waiting.exclude(copy=None)
        keep = frozenset(held.values_list("pk", flat=True))
        _holds().filter(pk__in=[pk for pk in holds if pk not in keep]).delete()
        _cards().filter(pk__in=cards).delete()
        _put_back(old_cards)
        record(by=by, verb="lending.take_back_moved", count=len(loans) + len(holds) + len(cards), run=run)
        return TakenBack(stay, keep)


def _put_back(old_cards: Sequence[int]) -> None:
    """Cards hold again whose owner has no other one and whose number nobody else has now."""
    for card in _cards().filter(pk__in=old_cards).exclude(revoked_at=None):
        same = _cards().filter(location=card.location_id, revoked_at=None)
        if not (same.filter(barcode=card.barcode) | same.filter(pupil=card.pupil_id)).exists():
            card.revoked_at = None
            card.save(update_fields=["revoked_at"])


def revoked_since(location: Location, pupils: Sequence[int], since: datetime) -> dict[int, int]:
    """Pupil → the card that a new one took the place of."""
    rows = _cards().filter(
        location=location, pupil__in=list(pupils), revoked_at__gte=since, revoked_at__lte=now()
    )
    return {row.pupil_id: row.pk for row in rows if row.pupil_id is not None}


def _loans() -> QuerySet[Loan]:
    return Loan.objects.trusted("a move is taken back")


def _holds() -> QuerySet[Hold]:
    return Hold.objects.trusted("a move is taken back")


def _cards() -> QuerySet[Card]:
    return Card.objects.trusted("a move is taken back")
