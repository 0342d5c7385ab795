"""A shelf at a school of the cast, and children with cards."""

from __future__ import annotations

from dataclasses import dataclass, field

from leesbouw.collection.actions import CopyRow, save_copies, save_titles
from leesbouw.collection.domain import TitleFacts
from leesbouw.collection.enums import TitleSource
from leesbouw.collection.models import Copy
from leesbouw.core.access import SYSTEM
from leesbouw.core.time import SchoolYear
from leesbouw.lending.actions import CardRow, make_cards
from leesbouw.lending.domain.borrowers import Borrower
from leesbouw.lending.enums import BorrowerKind
from leesbouw.lending.models import Card
from leesbouw.organisations.actions import record_agreement
from leesbouw.organisations.models import Library, Location

from .pupils import Class, make_class

BOOKS = ("Pluk van de Petteflet", "Dolfje Weerwolfje", "Het leven van een loser", "De gorgels")


@dataclass
class Shelf:
    """Copies of four titles at a school, its children, and a card for each child."""

    location: Location
    children: Class
    copies: list[Copy]
    cards: list[Card] = field(default_factory=list)

    @property
    def noor(self) -> Borrower:
        return borrower(self.children.noor.pk)

    @property
    def sem(self) -> Borrower:
        return borrower(self.children.sem.pk)

    @property
    def yusuf(self) -> Borrower:
        return borrower(self.children.yusuf.pk)

    def card_of(self, who: Borrower) -> str:
        return next(card.barcode for card in self.cards if card.pupil_id == who.id)


def borrower(pk: int) -> Borrower:
    return Borrower(BorrowerKind.PUPIL, pk)


def stock(library: Library, location: Location | None, titles: tuple[str, ...] = BOOKS) -> list[Copy]:
    """One copy of each title, at a school or in the library itself."""
    ids = save_titles(
        [(None, TitleFacts(title)) for title in titles],
        library_id=library.pk,
        source=TitleSource.TYPED,
        by=SYSTEM,
    )
    rows = [CopyRow(pk, location_id=location.pk if location else None) for pk in ids]
    return save_copies(rows, library_id=library.pk, by=SYSTEM)


def agree(library: Library, location: Location) -> None:
    """The processing agreement without which a school has no pupils here."""
    starts_on = SchoolYear.running().starts_on
    record_agreement(
        library=library,
        location=location,
        version="4.0",
        signed_on=starts_on,
        starts_on=starts_on,
        signer_name="M. Kaya",
        signer_function="directeur",
        by=SYSTEM,
    )


def make_shelf(library: Library, location: Location) -> Shelf:
    agree(library, location)
    children = make_class(location)
    made = Shelf(location, children, stock(library, location))
    rows = [CardRow(borrower(pupil.pk)) for pupil in children.pupils]
    made.cards = make_cards(rows, location=location, by=SYSTEM)
    return made
