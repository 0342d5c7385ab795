"""The writes that a scan is made of, each with its inverse. Called inside a write transaction that holds the copy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from leesbouw.collection.actions import note_lent, note_status, take_back_lent
from leesbouw.collection.enums import CopyStatus
from leesbouw.core.access import Actor
from leesbouw.core.audit import record
from leesbouw.core.db import insert_row
from leesbouw.core.errors import Sentence
from leesbouw.core.time import AMSTERDAM, SchoolYear

from ..domain.answers import Undoable
from ..domain.due import due_day
from ..domain.rules import Rules, cut_day
from ..enums import BorrowerKind, EndedAs, HoldEnd
from ..models import Hold, Loan, Renewal
from ..queries.rules import holidays_for
from ..queries.state import FoundCopy, FoundLoan, FoundWho, Queue

TOO_LATE = _("Something else happened with this book since. Look what is true now.")


def day_of(at: datetime) -> date:
    return at.astimezone(AMSTERDAM).date()


def lend_out(
    copy: FoundCopy, who: FoundWho, rules: Rules, *, location_id: int, queue: Queue, at: datetime, by: Actor
) -> tuple[Loan, Undoable]:
    """Makes the loan; who waited for the title waits no more."""
    day = day_of(at)
    borrower = who.borrower
    ids = {f"{borrower.kind.value}_id": borrower.id}
    loan = Loan(
        copy_id=copy.id,
        title_id=copy.title_id,
        location_id=location_id,
        year=SchoolYear.of(day),
        kind=borrower.kind,
        year_group=who.year_group,
        owner=copy.owner,
        at_home=rules.may_go_home,
        borrowed_at=at,
        due_on=due_day(day, rules, holidays_for(rules, day)).on,
        **ids,
    )
    insert_row(loan)
    note_lent(copy_id=copy.id, on=day, by=by)
    hold_id = queue.hold_of(borrower)
    if hold_id is not None:
        _holds().filter(pk=hold_id, ended_at=None).update(ended_at=at, ended_as=HoldEnd.LENT)
    record(by=by, verb="lending.lend", subject=loan, unit_id=location_id)
    before = copy.last_lent_on.isoformat() if copy.last_lent_on else ""
    return loan, ("lend", loan.pk, before, str(copy.status), hold_id or 0)


def take_in(
    copy: FoundCopy,
    loan: FoundLoan,
    rules: Rules,
    *,
    queue: Queue,
    at: datetime,
    by: Actor,
    ended_as: EndedAs = EndedAs.RETURNED,
) -> tuple[int | None, Undoable]:
    """Ends the loan; returns the hold for which the copy lies ready now, if somebody waits."""
    ended = _loans().filter(pk=loan.id, ended_at=None)
    ended.update(ended_at=at, ended_as=ended_as, lost_on=None, cut_on=cut_day(rules, day_of(at)))
    if copy.status != CopyStatus.IN_USE:
        note_status(copy_id=copy.id, status=CopyStatus.IN_USE, by=by)
    hold_id = queue.first if ended_as == EndedAs.RETURNED else None
    if hold_id is not None:
        _holds().filter(pk=hold_id).update(copy=copy.id, ready_at=at)
    record(
        by=by,
        verb="lending.give_back",
        subject=Loan(pk=loan.id),
        unit_id=loan.location_id,
        data={} if ended_as == EndedAs.RETURNED else {"as": str(ended_as)},
    )
    return hold_id, ("back", loan.id, str(copy.status), copy.id, hold_id or 0)


def prolong(loan: FoundLoan, rules: Rules, *, at: datetime, by: Actor) -> tuple[date, Undoable]:
    """Gives the loan a whole period more from today, never a shorter one than it had."""
    day = day_of(at)
    due_on = due_day(day, rules, holidays_for(rules, day)).on
    due_on = max(due_on, loan.due_on)
    renewal = Renewal.objects.create(loan_id=loan.id, at=at, due_before=loan.due_on, due_on=due_on)
    _loans().filter(pk=loan.id).update(due_on=due_on, renewals=F("renewals") + 1)
    record(by=by, verb="lending.renew", subject=Loan(pk=loan.id), unit_id=loan.location_id)
    return due_on, ("renew", loan.id, renewal.pk, loan.due_on.isoformat())


def put_in_use(copy: FoundCopy, *, location_id: int, by: Actor) -> Undoable:
    """A copy that was away, in repair or taken out stands on its shelf."""
    note_status(copy_id=copy.id, status=CopyStatus.IN_USE, by=by)
    record(
        by=by, verb="lending.find_again", unit_id=location_id, data={"copy": copy.id, "was": str(copy.status)}
    )
    return ("found", copy.id, str(copy.status))


def take_back_step(step: Undoable, *, location_id: int, by: Actor) -> None:
    """The inverse of one step. Raises Sentence when something else happened since."""
    name, *values = step
    INVERSES[name](*values, location_id=location_id, by=by)


def _unlend(loan_id: int, before: str, status: str, hold_id: int, *, location_id: int, by: Actor) -> None:
    loan = _loans().filter(pk=loan_id, location=location_id, ended_at=None).first()
    if loan is None or loan.renewals:
        raise Sentence(TOO_LATE)
    loan.delete()
    last = date.fromisoformat(before) if before else None
    take_back_lent(copy_id=loan.copy_id, last_lent_on=last, status=status, by=by)
    if hold_id:
        _wait_again(hold_id)


def _wait_again(hold_id: int) -> None:
    """She waits as before, unless she asked for the title anew meanwhile."""
    hold = _holds().filter(pk=hold_id).first()
    if hold is None:
        return
    if not _holds().filter(title=hold.title_id, pupil=hold.pupil_id, ended_at=None).exists():
        _holds().filter(pk=hold_id).update(ended_at=None, ended_as="")


def _untake(loan_id: int, status: str, copy_id: int, hold_id: int, *, location_id: int, by: Actor) -> None:
    loan = _loans().filter(pk=loan_id, location=location_id, was_cut=False).first()
    if (
        loan is None
        or loan.ended_at is None
        or _loans().filter(copy=copy_id, ended_at=None).exists()
        or (loan.kind == BorrowerKind.PUPIL and loan.pupil_id is None)
    ):
        raise Sentence(TOO_LATE)
    loan.ended_at, loan.ended_as, loan.cut_on = None, "", None
    if status == CopyStatus.LOST:
        loan.lost_on = loan.due_on
    loan.save(update_fields=["ended_at", "ended_as", "cut_on", "lost_on"])
    if status != CopyStatus.IN_USE:
        note_status(copy_id=copy_id, status=status, by=by)
    if hold_id:
        _holds().filter(pk=hold_id, copy=copy_id, ended_at=None).update(copy=None, ready_at=None)


def _unrenew(loan_id: int, renewal_id: int, before: str, *, location_id: int, by: Actor) -> None:
    loan = _loans().filter(pk=loan_id, location=location_id, ended_at=None).first()
    newest = Renewal.objects.trusted("taking back a renewal").filter(loan=loan_id).order_by("-pk").first()
    if loan is None or newest is None or newest.pk != renewal_id:
        raise Sentence(TOO_LATE)
    newest.delete()
    loan.due_on, loan.renewals = date.fromisoformat(before), max(loan.renewals - 1, 0)
    loan.save(update_fields=["due_on", "renewals"])


def _unfind(copy_id: int, status: str, *, location_id: int, by: Actor) -> None:
    if _loans().filter(copy=copy_id, ended_at=None).exists():
        raise Sentence(TOO_LATE)
    note_status(copy_id=copy_id, status=status, by=by)


INVERSES: dict[str, Callable[..., None]] = {
    "lend": _unlend,
    "back": _untake,
    "renew": _unrenew,
    "found": _unfind,
}


def _loans() -> QuerySet[Loan]:
    return Loan.objects.trusted("the loan that this write is about")


def _holds() -> QuerySet[Hold]:
    return Hold.objects.trusted("the hold that this write is about")
