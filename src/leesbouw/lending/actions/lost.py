"""Books that are lost, found again, or given up. Nobody pays a fine."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leesbouw.collection.actions import note_status
from leesbouw.collection.enums import CopyStatus
from leesbouw.collection.models import Copy
from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import hold_row, lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import now, today

from ..domain.rules import cut_day
from ..enums import EndedAs
from ..models import Loan
from ..permissions import LEND, VIEW_LOANS
from ..queries.rules import rules_at

CLOSED = _("This book came back already.")


def mark_lost(*, loan_id: int, by: Actor) -> Loan:
    """The book is lost. The loan stays open until it is found or given up; it counts no more for how many one may have."""
    with write_transaction():
        loan = _open_loan(loan_id, by)
        loan.lost_on = loan.lost_on or today()
        loan.save(update_fields=["lost_on"])
        note_status(copy_id=loan.copy_id, status=CopyStatus.LOST, by=by)
        record(by=by, verb="lending.mark_lost", subject=loan, unit_id=loan.location_id)
        return loan


def write_off(*, loan_id: int, by: Actor) -> Loan:
    """The book will not come back and nobody asks for it any more; from now on the link to the child runs out."""
    with write_transaction():
        loan = _open_loan(loan_id, by)
        if loan.lost_on is None:
            raise Sentence(_("First say that the book is lost."))
        loan.ended_at, loan.ended_as = now(), EndedAs.LOST
        loan.cut_on = cut_day(rules_at(loan.location_id), today())
        loan.save(update_fields=["ended_at", "ended_as", "cut_on"])
        record(by=by, verb="lending.write_off", subject=loan, unit_id=loan.location_id)
        return loan


def find_again(*, copy_id: int, location_id: int, by: Actor) -> None:
    """A copy that was lost, missing or in repair stands on its shelf again. One that is lent is simply taken in."""
    require(by, LEND)
    if by.kind != "system" and location_id not in by.locations:
        raise NotAllowed(LEND)
    with write_transaction():
        copy = lock_row(Copy.objects.all(), pk=copy_id)
        if Loan.objects.visible_to(by).filter(copy=copy, ended_at=None).exists():
            raise Sentence(_("This book is lent: take it in."))
        was = str(copy.status)
        note_status(copy_id=copy.pk, status=CopyStatus.IN_USE, by=by)
        record(by=by, verb="lending.find_again", unit_id=location_id, data={"copy": copy.pk, "was": was})


def _open_loan(loan_id: int, by: Actor) -> Loan:
    """The open loan, with its copy held. Raises Sentence when it came back."""
    require(by, VIEW_LOANS)
    loan = Loan.objects.visible_to(by).filter(pk=loan_id, ended_at=None).first()
    if loan is None:
        raise Sentence(CLOSED)
    hold_row(Copy, loan.copy_id)
    again = Loan.objects.visible_to(by).filter(pk=loan_id, ended_at=None).first()
    if again is None:
        raise Sentence(CLOSED)
    return again
