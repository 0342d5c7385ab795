"""Loans that come along from elsewhere: of another system, open or long over. One event for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from leesbouw.collection.actions import note_history
from leesbouw.collection.enums import Owner
from leesbouw.collection.models import Copy
from leesbouw.core.access import Actor, NotAllowed
from leesbouw.core.audit import record
from leesbouw.core.db import add_rows, in_chunks, lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Location

from ..domain.borrowers import Borrower
from ..domain.rules import cut_day, week_of
from ..enums import BorrowerKind, EndedAs
from ..models import Loan
from ..permissions import EDIT_RULES
from ..queries.rules import rules_at
from .cards import require_place
from .cutting import blunt
from .steps import day_of


@dataclass(frozen=True, slots=True)
class PastLoan:
    """One loan as another system tells it. Without a borrower nobody knows who it was; `ended_at` None is still open."""

    copy_id: int
    borrowed_at: datetime
    due_on: date
    borrower: Borrower | None = None
    kind: BorrowerKind = BorrowerKind.PUPIL
    year_group: int | None = None
    ended_at: datetime | None = None
    lost_on: date | None = None
    at_home: bool | None = None  # None: as the school agreed


def bring_loans(rows: Sequence[PastLoan], *, location: Location, by: Actor, run: str = "") -> int:
    """Stores loans of copies of this school; returns how many. What is over its days comes in without its borrower.

    Raises Sentence for a copy that would be out twice, NotAllowed for one that does not stand here.
    """
    require_place(location, by)
    rules = rules_at(location.pk)
    open_ = [row.copy_id for row in rows if row.ended_at is None]
    with write_transaction():
        lock_row(Location.objects.all(), pk=location.pk)
        ids = {row.copy_id for row in rows}
        copies = {one.pk: one for one in Copy.objects.filter(location=location) if one.pk in ids}
        if ids - set(copies):
            raise NotAllowed(EDIT_RULES)
        out = Loan.objects.visible_to(by).filter(location=location, ended_at=None)
        if len(open_) != len(set(open_)) or out.filter(copy__in=open_).exists():
            raise Sentence(_("One copy cannot be with two borrowers."))
        loans = [_loan(row, copies[row.copy_id], location) for row in rows]
        for row, loan in zip(rows, loans, strict=True):
            loan.at_home = rules.may_go_home if row.at_home is None else row.at_home
            if loan.ended_at is not None and not loan.was_cut:
                loan.cut_on = cut_day(rules, day_of(loan.ended_at))
        for chunk in in_chunks(loans):
            add_rows(chunk)
        note_history(_counts(rows), by=by)
        record(
            by=by, verb="lending.bring_loans", subject=location, unit_id=location.pk, count=len(rows), run=run
        )
        return len(rows)


def _counts(rows: Sequence[PastLoan]) -> dict[int, tuple[int, date]]:
    """Copy → how often it was lent, and when last."""
    found: dict[int, tuple[int, date]] = {}
    for row in rows:
        times, last = found.get(row.copy_id, (0, date.min))
        found[row.copy_id] = (times + 1, max(last, day_of(row.borrowed_at)))
    return found


def _loan(row: PastLoan, copy: Copy, location: Location) -> Loan:
    is_cut = row.borrower is None and row.kind != BorrowerKind.GROUP
    ids = {f"{row.borrower.kind.value}_id": row.borrower.id} if row.borrower else {}
    day = day_of(row.borrowed_at)
    return Loan(
        copy_id=copy.pk,
        title_id=copy.title_id,
        location_id=location.pk,
        year=SchoolYear.of(day),
        kind=row.borrower.kind if row.borrower else row.kind,
        year_group=row.year_group,
        owner=Owner(copy.owner),
        borrowed_at=blunt(row.borrowed_at) if is_cut else row.borrowed_at,
        due_on=week_of(row.due_on) if is_cut else row.due_on,
        lost_on=row.lost_on,
        ended_at=(blunt(row.ended_at) if is_cut else row.ended_at) if row.ended_at else None,
        ended_as=EndedAs.RETURNED if row.ended_at else "",
        was_cut=is_cut,
        **ids,
    )
