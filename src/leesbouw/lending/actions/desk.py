"""Lending, returning and renewing, by whatever door; each request once, however often it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import IntegrityError, connection
from django.utils.translation import gettext_lazy as _

from leesbouw.collection.models import Copy
from leesbouw.core import once
from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import retrying, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import now

from ..domain.answers import Answer
from ..domain.borrowers import Borrower
from ..domain.by_title import copies_that_fit
from ..domain.cards import clean, isbn_of
from ..domain.deciding import State, decide
from ..domain.due import reasons_of
from ..domain.settling import settle
from ..enums import Do, Fix, Mode, Why
from ..permissions import LEND
from ..queries.boxes import box_with_barcode
from ..queries.rules import holidays_for, rules_at
from ..queries.state import (
    FoundCopy,
    FoundWho,
    card_with_barcode,
    copies_with_isbn,
    copy_with_barcode,
    copy_with_id,
    is_overtaken,
    queue_for,
    who_is,
)
from .boxes import with_box
from .doing import Entry, Job, Outcome
from .steps import day_of, take_back_step

OLDEST = timedelta(days=14)  # what a desk without a connection may bring in afterwards


class Refused(Sentence):
    """A book cannot go out or last longer now; `why` is the code of the reason."""

    def __init__(self, why: Why | None) -> None:
        super().__init__(_("This is not possible now: %(why)s."), why=str(why or ""))
        self.why = why


def scan(*, entry: Entry, location_id: int, by: Actor) -> Outcome:
    """Does what the scan of a card or book comes down to; asks where it is not sure and then writes nothing."""

    def work() -> Outcome:
        code, at = clean(entry.code), _when(entry.at)
        copy = copy_with_barcode(code, location_id, held=True)
        if copy is not None:
            return _with_copy(copy, entry, location_id, at, by)
        card = card_with_barcode(code, location_id)
        if card is None:
            box = box_with_barcode(code, location_id, held=True)
            if box is not None:
                return with_box(box, entry, location_id, at, by)
            return _with_isbn(code, entry, location_id, at, by)
        if card.is_revoked:
            return Outcome(Answer(Do.ASK, Why.CARD_ENDED, Fix.CHOOSE))
        who = who_is(card.borrower, location_id)
        if who is None or not who.is_here:
            return Outcome(Answer(Do.ASK, Why.LEFT, Fix.CHOOSE))
        return _in_front(who, location_id, at)

    return _once(work, request=entry.request, location_id=location_id, by=by)


def _with_isbn(code: str, entry: Entry, location_id: int, at: datetime, by: Actor) -> Outcome:
    """A book whose own number was scanned: done where one copy of the school can be meant."""
    number = isbn_of(code)
    copies = copies_with_isbn(number, location_id) if number else []
    fitting = copies_that_fit(copies, who=entry.borrower, mode=entry.mode, meant=entry.meant)
    found = copy_with_id(fitting[0], held=True) if fitting else None
    if found is None:
        return Outcome(Answer(Do.ASK, Why.UNKNOWN, Fix.ASIDE))
    if len(fitting) > 1:
        return Outcome(Answer(Do.ASK, Why.MANY_COPIES, copy=found.id), found)
    return _with_copy(found, entry, location_id, at, by)


def _in_front(who: FoundWho, location_id: int, at: datetime) -> Outcome:
    counted = who.counted(rules_at(location_id), day_of(at))
    return Outcome(Answer(Do.CHOOSE), who=who, limit=counted.limit)


def choose(*, borrower: Borrower, location_id: int, by: Actor) -> Outcome:
    """Somebody whose name was pressed stands in front of the desk. Writes nothing."""
    require_desk(location_id, by)
    who = who_is(borrower, location_id)
    if who is None or not who.is_here:
        return Outcome(Answer(Do.ASK, Why.LEFT, Fix.CHOOSE))
    return _in_front(who, location_id, now())


def require_desk(location_id: int, by: Actor) -> None:
    """Raises NotAllowed for who does not work at a desk of this school."""
    require(by, LEND)
    if by.kind != "system" and location_id not in by.locations:
        raise NotAllowed(LEND)


def lend(
    *,
    copy_id: int,
    to: Borrower,
    location_id: int,
    by: Actor,
    allowed: Iterable[Why] = (),
    request: str = "",
    at: datetime | None = None,
) -> Outcome:
    """Lends one copy. Raises Refused with the reason, unless that is among `allowed`."""
    entry = Entry("", to, Mode.LEND, frozenset(allowed), request, at)
    return _one_copy(copy_id, entry, location_id, by, {Do.LEND, Do.MOVE})


def give_back(
    *, copy_id: int, location_id: int, by: Actor, request: str = "", at: datetime | None = None
) -> Outcome:
    """Takes one copy in. Raises Refused when nobody has it here."""
    entry = Entry("", None, Mode.RETURN, request=request, at=at)
    return _one_copy(copy_id, entry, location_id, by, {Do.GIVE_BACK})


def renew(
    *,
    copy_id: int,
    location_id: int,
    by: Actor,
    allowed: Iterable[Why] = (),
    request: str = "",
    at: datetime | None = None,
) -> Outcome:
    """Lets a loan last longer. Raises Refused with the reason, unless that is among `allowed`."""
    entry = Entry("", None, Mode.RENEW, frozenset(allowed), request, at)
    return _one_copy(copy_id, entry, location_id, by, {Do.RENEW})


def undo(*, undone: str, location_id: int, by: Actor, request: str = "") -> Answer:
    """Takes back what a request did, in reverse order. Raises Sentence when it did nothing, or something else happened since."""

    def work() -> Outcome:
        text = once.first_answer(by, undone)
        answer = _read(text)
        if answer is None or not answer.steps:
            raise Sentence(_("There is nothing to undo."))
        if answer.undone:
            raise Sentence(_("This was already undone."))
        _lock(answer)
        for step in reversed(answer.steps):
            take_back_step(step, location_id=location_id, by=by)
        record(
            by=by, verb="lending.undo", unit_id=location_id, data={"did": [step[0] for step in answer.steps]}
        )
        once.replace_answer(by, undone, replace(answer, undone=True).to_text())
        return Outcome(replace(answer, steps=(), undone=True))

    return _once(work, request=request, location_id=location_id, by=by).answer


def _once(work: Callable[[], Outcome], *, request: str, location_id: int, by: Actor) -> Outcome:
    """One write, or the answer that this request got before."""
    require_desk(location_id, by)

    def write() -> Outcome:
        with write_transaction():
            earlier = _read(once.first_answer(by, request))
            if earlier is not None:
                return Outcome(earlier, is_repeated=True)
            outcome = work()
            if outcome.answer.steps or outcome.answer.undone:  # what wrote nothing may be asked again
                once.remember(by, request, outcome.answer.to_text())
            elif (
                connection.vendor == "postgresql"
            ):  # the same request may have been at work while this one waited
                meanwhile = _read(once.first_answer(by, request))
                return outcome if meanwhile is None else Outcome(meanwhile, is_repeated=True)
            return outcome

    try:
        return retrying(write)
    except IntegrityError:  # the same request ran at the same moment and was first
        earlier = _read(once.first_answer(by, request))
        if earlier is None:
            raise
        return Outcome(earlier, is_repeated=True)


def _read(text: str | None) -> Answer | None:
    try:
        return Answer.from_text(text) if text else None
    except ValueError:
        return None


def _one_copy(copy_id: int, entry: Entry, location_id: int, by: Actor, wanted: set[Do]) -> Outcome:
    def work() -> Outcome:
        copy = copy_with_id(copy_id, held=True)
        if copy is None:
            raise Refused(Why.UNKNOWN)
        outcome = _with_copy(copy, entry, location_id, _when(entry.at), by)
        if outcome.answer.do not in wanted:
            raise Refused(outcome.answer.why)
        return outcome

    return _once(work, request=entry.request, location_id=location_id, by=by)


def _when(at: datetime | None) -> datetime:
    """When it happened, for what is brought in afterwards: not in the future, and not too long ago."""
    instant = now()
    return instant if at is None else min(max(at, instant - OLDEST), instant)


def _lock(answer: Answer) -> None:
    """Holds the copy, or those of the box, until the write ends. On SQLite there is one writer at a time as it is."""
    if connection.vendor != "postgresql":
        return
    held = Copy.objects.select_for_update(of=("self",)).only("pk").order_by("pk")
    if answer.box is not None:
        list(held.filter(book_set=answer.box))
    elif answer.copy is not None:
        held.get(pk=answer.copy)


def _with_copy(copy: FoundCopy, entry: Entry, location_id: int, at: datetime, by: Actor) -> Outcome:
    """Decides about one copy, which this write holds, and does it."""
    who = who_is(entry.borrower, location_id) if entry.borrower else None
    rules = rules_at(location_id)
    loan = copy.loan.seen_by(entry.borrower, location_id, at) if copy.loan else None
    queue = queue_for(copy.title_id, location_id)
    counted = who.counted(rules, day_of(at)) if who else None
    state = State(
        place=copy.place(location_id),
        status=copy.status,
        loan=loan,
        who=counted,
        waiting=queue.waiting(copy, entry.borrower, location_id),
        mode=entry.mode,
        renewals=rules.renewals,
        allowed=entry.allowed,
    )
    decision = (
        settle(state, entry.meant, is_overtaken=is_overtaken(copy, at)) if entry.meant else decide(state)
    )
    job = Job(copy, who, rules, queue, location_id, at, by)
    answer, due_on = job.perform(decision)
    if decision.do == Do.GIVE_BACK and entry.mode == Mode.ROW and copy.loan and copy.loan.borrower:
        who = who_is(copy.loan.borrower, location_id)  # her next book goes out to her
        counted = who.counted(rules, day_of(at)) if who else None
    why_due = reasons_of(due_on, day_of(at), rules, holidays_for(rules, day_of(at))) if due_on else ()
    return Outcome(answer, copy, who, counted.limit if counted else None, due_on, why_due)
