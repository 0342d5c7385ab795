"""What a desk must know of a barcode and of who is there, asked with as few questions as can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery

from leesbouw.collection.enums import CopyStatus
from leesbouw.collection.models import Copy
from leesbouw.core.db import Asked, from_json, instant
from leesbouw.core.time import on_day, today
from leesbouw.organisations.models import ClassGroup, Partnership
from leesbouw.people.models import Contact
from leesbouw.pupils.models import Enrolment, Pupil

from ..domain.borrowers import Borrower
from ..domain.deciding import OpenLoan, Place, Waiting, Who
from ..domain.rules import Rules, books_at_a_time
from ..enums import BorrowerKind
from ..models import Card, Hold, Loan
from .rules import holidays_for

STUTTER = timedelta(seconds=20)  # a scanner, or a child, that gives the same book twice


@dataclass(frozen=True, slots=True)
class FoundCopy:
    """A copy with its title and its open loan, if there is one."""

    id: int
    title_id: int
    title: str
    by_whom: str
    shelf: str
    location_id: int | None
    status: str
    owner: str
    last_lent_on: date | None
    loan: FoundLoan | None
    code: str = ""

    def place(self, here: int) -> Place:
        """Where it belongs, seen from a desk."""
        if self.location_id is None:
            return Place.LIBRARY
        return Place.HERE if self.location_id == here else Place.ELSEWHERE


@dataclass(frozen=True, slots=True)
class FoundLoan:
    """The open loan of a copy."""

    id: int
    location_id: int
    borrower: Borrower | None  # None: of a child that was erased
    borrowed_at: datetime
    due_on: date
    renewals: int

    def seen_by(self, who: Borrower | None, here: int, at: datetime) -> OpenLoan:
        """The loan as a decision needs it."""
        mine = who is not None and self.borrower == who
        just_now = at - self.borrowed_at < STUTTER
        return OpenLoan(mine, self.location_id == here, mine and just_now, self.renewals)


@dataclass(frozen=True, slots=True)
class FoundWho:
    """Somebody who borrows, as the desk calls her: `name` is a first name, or that of a class or teacher."""

    borrower: Borrower
    name: str
    last_name: str
    group_id: int | None
    group: str
    year_group: int | None
    open: int
    is_here: bool

    def counted(self, rules: Rules, day: date) -> Who:
        """Her as a decision needs it: how many books she has, and how many she may have."""
        if self.borrower.kind != BorrowerKind.PUPIL:
            return Who(self.open, None, is_here=self.is_here)
        limit = books_at_a_time(rules, self.year_group, day, holidays_for(rules, day))
        return Who(self.open, limit, has_group=self.group_id is not None, is_here=self.is_here)


COPY_NAMES = (
    *("pk", "title_id", "title__title", "title__authors", "place", "location_id", "status", "owner"),
    "last_lent_on",
    "barcode",
)
LOAN_NAMES = (
    *("pk", "copy_id", "location_id", "pupil_id", "group_id", "contact_id", "borrowed_at", "due_on"),
    "renewals",
)


def _partners() -> QuerySet[Partnership, Any]:
    return Partnership.objects.filter(location=0).filter(on_day(today())).values("library").order_by()


COPIES = Asked(
    lambda: (
        Copy.objects.filter(barcode="").filter(library__in=_partners()).order_by().values_list(*COPY_NAMES)
    )
)
COPY = Asked(lambda: Copy.objects.filter(pk=0).order_by().values_list(*COPY_NAMES))
LOANS = Asked(
    lambda: (
        Loan.objects.trusted("the open loan of a copy that lies on the desk")
        .filter(copy=0)
        .filter(ended_at=None)
        .order_by()
        .values_list(*LOAN_NAMES)
    )
)
CARDS = Asked(
    lambda: (
        Card.objects.trusted("whose card this is, for the desk of its own school")
        .filter(barcode="")
        .filter(location=0)
        .order_by()
        .values_list("pupil_id", "group_id", "contact_id", "revoked_at")
    )
)


def copy_with_barcode(code: str, here: int, *, held: bool = False) -> FoundCopy | None:
    """The copy with this barcode among those of the libraries that work with this school; its own copy goes first.
    `held`: for a write, that decides by what it reads."""
    day = today()
    ask = COPIES.rows_held if held else COPIES.rows
    rows = ask(code, here, day, day)
    rows.sort(key=lambda row: row[5] != here)
    return _copy(rows[0]) if rows else None


def copy_with_id(pk: int, *, held: bool = False) -> FoundCopy | None:
    rows = COPY.rows_held(pk) if held else COPY.rows(pk)
    return _copy(rows[0]) if rows else None


def copies_with_isbn(number: str, here: int) -> list[tuple[int, bool, Borrower | None]]:
    """Copies of this school with an ISBN that stand on the shelf or are out, each with whether it is out and with whom."""
    rows = Copy.objects.filter(title__isbn=number, location=here).exclude(status=CopyStatus.WITHDRAWN)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    if not ids:
        return []
    loans = Loan.objects.trusted("which copies of a title are free").filter(copy__in=ids, ended_at=None)
    names = ("copy", "pupil", "group", "contact")
    out = {copy: borrower_of(*whose) for copy, *whose in loans.order_by().values_list(*names)}
    return [(pk, pk in out, out.get(pk)) for pk in ids]


def _copy(row: tuple[Any, ...]) -> FoundCopy:
    pk, title_id, title, authors, shelf, location_id, status, owner, last, code = row
    loans = LOANS.rows(pk)
    loan = _loan(loans[0]) if loans else None
    by_whom = ", ".join(from_json(authors))
    return FoundCopy(pk, title_id, title, by_whom, shelf, location_id, status, owner, _day(last), loan, code)


def _loan(row: tuple[Any, ...]) -> FoundLoan:
    pk, _copy_id, location_id, pupil, group, contact, borrowed_at, due_on, renewals = row
    due = _day(due_on)
    assert due is not None, "every loan has a day on which it ends"
    return FoundLoan(pk, location_id, borrower_of(pupil, group, contact), instant(borrowed_at), due, renewals)


def borrower_of(pupil: int | None, group: int | None, contact: int | None) -> Borrower | None:
    if pupil is not None:
        return Borrower(BorrowerKind.PUPIL, pupil)
    if group is not None:
        return Borrower(BorrowerKind.GROUP, group)
    return Borrower(BorrowerKind.CONTACT, contact) if contact is not None else None


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class FoundCard:
    borrower: Borrower
    is_revoked: bool


def card_with_barcode(code: str, here: int) -> FoundCard | None:
    """Whose card this is at this school; one that holds goes before one that was revoked."""
    rows = sorted(CARDS.rows(code, here), key=lambda row: row[3] is not None)
    for pupil, group, contact, revoked_at in rows:
        found = borrower_of(pupil, group, contact)
        if found is not None:
            return FoundCard(found, revoked_at is not None)
    return None


def _open_of_pupil() -> Subquery:
    """How many open loans, that are not lost, the pupil has; None for no loan."""
    rows = Loan.objects.trusted("how many books somebody has").filter(
        pupil=OuterRef("pupil_id"), ended_at=None, lost_on=None
    )
    counted = rows.order_by().values("pupil").annotate(number=Count("pk")).values("number")
    return Subquery(counted, output_field=IntegerField())


PUPIL_NAMES = (
    *("pupil__first_name", "pupil__last_name", "pupil__left_on", "group_id", "group__name"),
    *("group__year_groups", "year_group", "open"),
)
PUPILS = Asked(
    lambda: (
        Enrolment.objects.trusted("who is in front of the desk of her own school")
        .annotate(open=_open_of_pupil())
        .filter(pupil=0)
        .filter(pupil__location=0)
        .filter(ends_on=None)
        .order_by()
        .values_list(*PUPIL_NAMES)
    )
)


def who_is(borrower: Borrower, here: int) -> FoundWho | None:
    """Somebody who may borrow at this school, or None for anybody else. One query, two for a child without a group."""
    match borrower.kind:
        case BorrowerKind.PUPIL:
            return _enrolled(borrower, here) or _without_group(borrower, here)
        case BorrowerKind.GROUP:
            group = ClassGroup.objects.filter(pk=borrower.id, location=here).first()
            if group is None:
                return None
            years = group.year_groups
            year = years[0] if len(years) == 1 else None
            return FoundWho(borrower, group.name, "", group.pk, group.name, year, _open(group=group.pk), True)
        case _:
            contact = Contact.objects.trusted("the teacher in front of the desk of her own school")
            row = contact.filter(pk=borrower.id, unit=here).first()
            if row is None:
                return None
            is_here = row.left_on is None or row.left_on >= today()
            return FoundWho(borrower, row.name, "", None, "", None, _open(contact=row.pk), is_here)


def _enrolled(borrower: Borrower, here: int) -> FoundWho | None:
    rows = PUPILS.rows(borrower.id, here)
    if not rows:
        return None
    first, last, left_on, group_id, group, years, year_group, number = rows[0]
    if year_group is None:
        found = from_json(years)
        year_group = found[0] if len(found) == 1 else None
    return FoundWho(borrower, first, last, group_id, group, year_group, number or 0, _stays(_day(left_on)))


def _without_group(borrower: Borrower, here: int) -> FoundWho | None:
    rows = Pupil.objects.trusted("who is in front of the desk of her own school")
    row = rows.filter(pk=borrower.id, location=here).first()
    if row is None:
        return None
    number = _open(pupil=row.pk)
    return FoundWho(borrower, row.first_name, row.last_name, None, "", None, number, _stays(row.left_on))


def _stays(left_on: date | None) -> bool:
    return left_on is None or left_on >= today()


def _open(**whose: int) -> int:
    return (
        Loan.objects.trusted("how many books somebody has")
        .filter(ended_at=None, lost_on=None, **whose)
        .count()
    )


HOLDS = Asked(
    lambda: (
        Hold.objects.trusted("whether somebody waits for a book on the desk")
        .filter(title=0)
        .filter(location=0)
        .filter(ended_at=None)
        .order_by("placed_at", "pk")
        .values_list("pk", "pupil_id", "copy_id")
    )
)


@dataclass(frozen=True, slots=True)
class Queue:
    """Who waits for a title at a school, the longest first: (hold, pupil, copy that lies ready)."""

    holds: Sequence[tuple[int, int, int | None]]

    def hold_of(self, who: Borrower | None) -> int | None:
        """The hold of who is in front of the desk."""
        if who is None or who.kind != BorrowerKind.PUPIL:
            return None
        return next((hold for hold, pupil, _copy in self.holds if pupil == who.id), None)

    def waiting(self, copy: FoundCopy, who: Borrower | None, here: int) -> Waiting:
        """Whether this copy is for somebody else. A book that waits on the shelf beside it helps who comes first."""
        mine = self.hold_of(who)
        if any(kept == copy.id and hold != mine for hold, _pupil, kept in self.holds):
            return Waiting(borrower=False, others=True)
        ready = any(kept == copy.id and hold == mine for hold, _pupil, kept in self.holds)
        before = [hold for hold, _pupil, kept in self.holds if kept is None and (mine is None or hold < mine)]
        before = [hold for hold in before if hold != mine]
        if ready or not before:
            return Waiting(borrower=mine is not None)
        return Waiting(borrower=False, others=len(before) > free_copies(copy, here))

    @property
    def first(self) -> int | None:
        """The hold for which a copy that comes in is put ready."""
        return next((hold for hold, _pupil, copy in self.holds if copy is None), None)


def is_overtaken(copy: FoundCopy, at: datetime) -> bool:
    """Whether something happened with this copy after a moment that a desk brings in afterwards."""
    if copy.loan is not None and copy.loan.borrowed_at > at:
        return True
    rows = Loan.objects.trusted("whether a copy that a desk brings in afterwards came back since")
    return rows.filter(copy=copy.id, ended_at__gt=at).exists()


def queue_for(title_id: int, here: int) -> Queue:
    return Queue(HOLDS.rows(title_id, here))


def free_copies(copy: FoundCopy, here: int) -> int:
    """How many other copies of the same title stand free on this shelf. Asked only when somebody waits."""
    lent = Loan.objects.trusted("which copies of a title are free").filter(title=copy.title_id, ended_at=None)
    kept = Hold.objects.trusted("which copies of a title are free").filter(
        title=copy.title_id, ended_at=None, copy__isnull=False
    )
    rows = Copy.objects.filter(title=copy.title_id, location=here, status=CopyStatus.IN_USE)
    rows = rows.exclude(pk=copy.id).exclude(pk__in=lent.order_by().values("copy"))
    return rows.exclude(pk__in=kept.order_by().values("copy")).count()
