"""The books of one group for who works with it: what each child has, and who has nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from leesbouw.core.access import Actor
from leesbouw.core.time import today
from leesbouw.pupils.queries.classes import ClassLine, Tile, tiles_of

from ..domain.back import back_by
from ..models import Loan
from .rules import holidays_for, rules_at


@dataclass(frozen=True, slots=True)
class OpenBook:
    """A book that somebody has."""

    loan: int
    copy: int
    title: str
    by: str
    barcode: str
    due_on: date
    is_lost: bool
    is_late: bool
    comes_back: bool  # on the library day that comes, or before it


@dataclass(frozen=True, slots=True)
class Reader:
    """A child of the group with its books, the first to come back on top."""

    tile: Tile
    books: list[OpenBook] = field(default_factory=list)

    @property
    def has_none(self) -> bool:
        return not any(not book.is_lost for book in self.books)

    @property
    def is_late(self) -> bool:
        return any(book.is_late for book in self.books)

    @property
    def comes_back(self) -> bool:
        return any(book.comes_back for book in self.books)


# What one may ask for, as it stands in the address.
WISHES: dict[str, Callable[[Reader], bool]] = {
    "": lambda reader: True,
    "heeft": lambda reader: not reader.has_none,
    "geen": lambda reader: reader.has_none,
    "terug": lambda reader: reader.comes_back,
    "laat": lambda reader: reader.is_late,
}


@dataclass(frozen=True, slots=True)
class GroupBooks:
    """All children of a group. `back_by`: the day on which books come back next."""

    line: ClassLine
    readers: list[Reader]
    back_by: date
    has_library_day: bool

    def those(self, wish: str) -> list[Reader]:
        return [reader for reader in self.readers if WISHES[wish](reader)]


def group_books(actor: Actor, line: ClassLine) -> GroupBooks:
    """What the children of a group have now. Four queries, whatever their number."""
    rules = rules_at(line.group.location_id)
    until = back_by(today(), rules, holidays_for(rules, today()))
    tiles = tiles_of(line.group)
    books = books_of(actor, [tile.pupil.pk for tile in tiles], until)
    readers = [Reader(tile, books.get(tile.pupil.pk, [])) for tile in tiles]
    return GroupBooks(line, readers, until, rules.library_day is not None)


def books_of(actor: Actor, pupils: list[int], until: date) -> dict[int, list[OpenBook]]:
    """Pupil id → her open books."""
    found: dict[int, list[OpenBook]] = {}
    rows = open_loans(actor).filter(pupil__in=pupils).order_by("due_on", "pk")
    for row in rows:
        if row.pupil_id is not None:
            found.setdefault(row.pupil_id, []).append(open_book(row, until))
    return found


def open_loans(actor: Actor) -> QuerySet[Loan]:
    """What is out, with its book."""
    return Loan.objects.visible_to(actor).filter(ended_at=None).select_related("title", "copy")


def open_book(row: Loan, until: date) -> OpenBook:
    is_lost = row.lost_on is not None
    return OpenBook(
        loan=row.pk,
        copy=row.copy_id,
        title=row.title.title,
        by=row.title.by_whom,
        barcode=row.copy.barcode,
        due_on=row.due_on,
        is_lost=is_lost,
        is_late=not is_lost and row.due_on < today(),
        comes_back=not is_lost and row.due_on <= until,
    )
