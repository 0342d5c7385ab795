"""Loans that come along from elsewhere: of another system, open or long over. One event for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.collection.actions import note_history
from leesbouw.collection.models import Copy
from leesbouw.core.access import Actor, NotAllowed
from leesbouw.core.audit import record
from leesbouw.core.db import hold_row, in_chunks, insert_rows, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Location

from ..domain.borrowers import Borrower
from ..domain.rules import Rules, cut_day, week_of
from ..enums import BorrowerKind, EndedAs
from ..models import Loan
from ..permissions import EDIT_RULES
from ..queries.rules import rules_at
from .cards import require_place
from .cutting import blunt_on
from .steps import day_of

BORROWERS = (BorrowerKind.PUPIL, BorrowerKind.GROUP, BorrowerKind.CONTACT)
STORED = (
    "copy",
    "title",
    "location",
    "year",
    "kind",
    *(str(kind) for kind in BORROWERS),
    "year_group",
    "owner",
    "at_home",
    "borrowed_at",
    "due_on",
    "renewals",
    "lost_on",
    "ended_at",
    "ended_as",
    "cut_on",
    "was_cut",
)


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
        hold_row(Location, location.pk)
        ids = {row.copy_id for row in rows}
        here = Copy.objects.filter(location=location).order_by()
        copies = {one.id: one for one in here.values_list("id", "title_id", "owner", named=True)}
        if ids - set(copies):
            raise NotAllowed(EDIT_RULES)
        out = Loan.objects.visible_to(by).filter(location=location, ended_at=None)
        if len(open_) != len(set(open_)) or out.filter(copy__in=open_).exists():
            raise Sentence(_("One copy cannot be with two borrowers."))
        for chunk in in_chunks(rows):
            insert_rows(Loan, STORED, [_stored(row, copies[row.copy_id], location, rules) for row in chunk])
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


def _stored(row: PastLoan, copy: Any, location: Location, rules: Rules) -> tuple[Any, ...]:
    """The values of the loan, as `STORED` names them."""
    who = row.borrower
    is_cut = who is None and row.kind != BorrowerKind.GROUP
    day, ended_on = day_of(row.borrowed_at), day_of(row.ended_at) if row.ended_at else None
    return (
        copy.id,
        copy.title_id,
        location.pk,
        SchoolYear.of(day).first,
        who.kind if who else row.kind,
        *(who.id if who and who.kind == kind else None for kind in BORROWERS),
        row.year_group,
        copy.owner,
        rules.may_go_home if row.at_home is None else row.at_home,
        blunt_on(day) if is_cut else row.borrowed_at,
        week_of(row.due_on) if is_cut else row.due_on,
        0,
        row.lost_on,
        blunt_on(ended_on) if is_cut and ended_on else row.ended_at,
        EndedAs.RETURNED if row.ended_at else "",
        cut_day(rules, ended_on) if ended_on and not is_cut else None,
        is_cut,
    )
