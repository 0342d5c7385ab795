"""A box of books as a desk sees it: a collection of a library that works with the school, found by its own barcode."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leesbouw.collection.domain import box_barcode, box_of
from leesbouw.collection.enums import CopyStatus
from leesbouw.collection.models import BookSet, Copy
from leesbouw.core.time import on_day, today
from leesbouw.organisations.models import Partnership

from ..domain.borrowers import Borrower
from ..domain.boxes import Inside
from ..enums import BorrowerKind
from .state import FoundCopy, copy_with_id, is_overtaken, queue_for

MOST = 100  # books of a box that go in one go; who borrows a larger collection scans its books


@dataclass(frozen=True, slots=True)
class FoundBox:
    """A collection with its books, but for those that were taken out."""

    id: int
    name: str
    books: tuple[FoundCopy, ...]
    is_too_big: bool = False  # then its books were not read

    def inside(self, who: Borrower | None, here: int, at: datetime, *, told: bool) -> list[Inside]:
        """The books as a decision needs them. `told`: they are brought in afterwards."""
        queues = {one.title_id: queue_for(one.title_id, here) for one in self.books}
        return [
            Inside(
                copy=one.id,
                place=one.place(here),
                status=one.status,
                loan=one.loan.seen_by(who, here, at) if one.loan else None,
                with_child=bool(one.loan) and _is_child(one.loan.borrower if one.loan else None),
                waited_for=queues[one.title_id].waiting(one, who, here).others,
                is_overtaken=told and is_overtaken(one, at),
            )
            for one in self.books
        ]

    def book(self, copy_id: int) -> FoundCopy:
        return next(one for one in self.books if one.id == copy_id)


def _is_child(who: Borrower | None) -> bool:
    """An open loan of nobody was that of a child that was erased."""
    return who is None or who.kind == BorrowerKind.PUPIL


def box_with_barcode(code: str, here: int, *, held: bool = False) -> FoundBox | None:
    """The box with this barcode, of a library that works with this school. `held`: for a write."""
    found = box_of(code)
    if found is None:
        return None
    library, number = found
    row = _boxes(here).filter(pk=number, library=library).values_list("pk", "name").first()
    if row is None:
        return None
    pk, name = row
    ids = Copy.objects.filter(book_set=pk).exclude(status=CopyStatus.WITHDRAWN)
    numbers = list(ids.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
    if len(numbers) > MOST:
        return FoundBox(pk, name, (), is_too_big=True)
    copies = [copy_with_id(one, held=held) for one in numbers]
    return FoundBox(pk, name, tuple(one for one in copies if one is not None))


def _boxes(here: int) -> Any:
    partners = Partnership.objects.filter(on_day(today()), location=here).order_by().values("library")
    return BookSet.objects.filter(library__in=partners)


def box_called(pk: int) -> str:
    return BookSet.objects.filter(pk=pk).values_list("name", flat=True).first() or ""


@dataclass(frozen=True, slots=True)
class BoxHere:
    """A box of which books stand at a school: barcode of each → its title."""

    name: str
    books: dict[str, str]


def boxes_of(here: int) -> dict[str, BoxHere]:
    """By barcode the boxes that stand at this school, for a desk without connection. One query."""
    rows = Copy.objects.filter(location=here, status=CopyStatus.IN_USE, book_set__in=_boxes(here).order_by())
    names = ("book_set__library", "book_set", "book_set__name", "barcode", "title__title")
    found: dict[str, BoxHere] = {}
    for library, pk, name, code, title in rows.order_by("pk").values_list(*names):
        found.setdefault(box_barcode(library, pk), BoxHere(name, {})).books[code] = title
    return {code: box for code, box in found.items() if len(box.books) <= MOST}
