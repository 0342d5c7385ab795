"""Cards: made for many at once, revoked one by one. A child has one card that holds."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import create_rows, hold_row, lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import now
from leesbouw.organisations.models import ClassGroup, Location
from leesbouw.people.models import Contact
from leesbouw.pupils.models import Pupil
from leesbouw.pupils.queries.classes import Tile, reading_line, tiles_of

from ..domain.borrowers import Borrower
from ..domain.cards import LONGEST, NUMBER, card_barcode, clean
from ..enums import BorrowerKind
from ..models import Card
from ..permissions import EDIT_RULES, LEND

TAKEN = _("One of these barcodes is in use already at this school.")


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card to make. Without a barcode it gets one of ours, which tells nothing: a number drawn by lot."""

    borrower: Borrower
    barcode: str = ""


def make_cards(rows: Sequence[CardRow], *, location: Location, by: Actor, run: str = "") -> list[Card]:
    """Makes cards in one event; an older card of the same borrower is revoked. Raises Sentence for a taken barcode,
    NotAllowed for somebody of another school."""
    require_place(location, by)
    with write_transaction():
        hold_row(Location, location.pk)
        _require_of_school([row.borrower for row in rows], location)
        given = [clean(row.barcode) for row in rows if row.barcode]
        if len(given) != len(set(given)) or any(len(one) > LONGEST for one in given):
            raise Sentence(TAKEN)
        at = now()
        whose = [row.borrower for row in rows]
        for kind in BorrowerKind:
            ids = [one.id for one in whose if one.kind == kind]
            if ids:
                of_kind = {f"{kind.value}__in": ids}
                _cards().filter(location=location, revoked_at=None, **of_kind).update(revoked_at=at)
        taken = set(_cards().filter(location=location, revoked_at=None).values_list("barcode", flat=True))
        if taken & set(given):
            raise Sentence(TAKEN)
        taken |= set(given)
        cards = _stored(rows, location, taken)
        record(
            by=by, verb="lending.make_cards", subject=location, unit_id=location.pk, count=len(rows), run=run
        )
        return cards


def _stored(rows: Sequence[CardRow], location: Location, taken: set[str]) -> list[Card]:
    cards = [_card(row, location, taken) for row in rows]
    create_rows(cards)
    return cards


def print_class(*, group_id: int, by: Actor) -> list[tuple[Tile, str]]:
    """The children of a group, each with the barcode of its card, for paper; who has no card gets one. Writes that
    somebody took them along. Raises ClassGroup.DoesNotExist out of reach."""
    require(by, LEND)
    with write_transaction():
        group = reading_line(by, group_id).group
        location = lock_row(Location.objects.all(), pk=group.location_id)
        tiles = tiles_of(group)
        held = _cards().filter(location=location, revoked_at=None)
        have = {
            card.pupil_id: card.barcode for card in held.filter(pupil__in=[one.pupil.pk for one in tiles])
        }
        lacking = [
            CardRow(Borrower(BorrowerKind.PUPIL, one.pupil.pk)) for one in tiles if one.pupil.pk not in have
        ]
        if lacking:
            made = _stored(lacking, location, set(held.values_list("barcode", flat=True)))
            have |= {card.pupil_id: card.barcode for card in made}
        record(
            by=by,
            verb="lending.print_cards",
            subject=group,
            unit_id=location.pk,
            count=len(tiles),
            data={"made": len(lacking)},
        )
        return [(one, have[one.pupil.pk]) for one in tiles]


def revoke_card(*, card_id: int, by: Actor) -> None:
    """A card that was lost opens nothing from now on."""
    require(by, EDIT_RULES)
    with write_transaction():
        card = Card.objects.visible_to(by).filter(pk=card_id, revoked_at=None).first()
        if card is None:
            raise Sentence(_("This card holds no longer."))
        card.revoked_at = now()
        card.save(update_fields=["revoked_at"])
        record(by=by, verb="lending.revoke_card", subject=card, unit_id=card.location_id)


def require_place(location: Location, by: Actor) -> None:
    require(by, EDIT_RULES)
    if by.kind != "system" and location.pk not in by.locations:
        raise NotAllowed(EDIT_RULES)


def _require_of_school(borrowers: Sequence[Borrower], location: Location) -> None:
    pupils = {one.id for one in borrowers if one.kind == BorrowerKind.PUPIL}
    groups = {one.id for one in borrowers if one.kind == BorrowerKind.GROUP}
    contacts = {one.id for one in borrowers if one.kind == BorrowerKind.CONTACT}
    at_school = Pupil.objects.trusted("whether cards are for pupils of this school").filter(location=location)
    teachers = Contact.objects.trusted("whether cards are for teachers of this school").filter(
        unit=location.pk
    )
    found = (
        at_school.filter(pk__in=pupils).count(),
        ClassGroup.objects.filter(location=location, pk__in=groups).count(),
        teachers.filter(pk__in=contacts).count(),
    )
    if found != (len(pupils), len(groups), len(contacts)):
        raise NotAllowed(EDIT_RULES)


def _card(row: CardRow, location: Location, taken: set[str]) -> Card:
    barcode = clean(row.barcode)
    while not barcode or (not row.barcode and barcode in taken):
        barcode = card_barcode(secrets.randbelow(10**NUMBER))
    taken.add(barcode)
    return Card(location=location, barcode=barcode, **{f"{row.borrower.kind.value}_id": row.borrower.id})


def _cards() -> QuerySet[Card]:
    return Card.objects.trusted("the cards that this write is about")
