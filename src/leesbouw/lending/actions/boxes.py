"""A box of books that lies on the desk: out, back or longer as a whole, in one write that can be taken back as a whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from leesbouw.core.access import Actor

from ..domain.answers import Answer
from ..domain.boxes import BoxDecision, BoxState, decide_box
from ..domain.deciding import Decision
from ..domain.due import reasons_of
from ..domain.rules import Rules
from ..domain.settling import MODES
from ..enums import Do, Fix, Why
from ..queries.boxes import FoundBox
from ..queries.rules import holidays_for, rules_at
from ..queries.state import FoundCopy, FoundWho, Queue, queue_for, who_is
from .doing import Entry, Job, Outcome
from .steps import day_of


def with_box(box: FoundBox, entry: Entry, location_id: int, at: datetime, by: Actor) -> Outcome:
    """Decides about a box, whose copies this write holds, and does it book by book."""
    who = who_is(entry.borrower, location_id) if entry.borrower else None
    rules = rules_at(location_id)
    inside = box.inside(entry.borrower, location_id, at, told=entry.meant is not None)
    decision = decide_box(
        BoxState(
            inside=inside,
            front=who.borrower.kind if who else None,
            is_here=who is None or who.is_here,
            mode=MODES[entry.meant] if entry.meant else entry.mode,
            renewals=rules.renewals,
            allowed=entry.allowed,
            told=entry.meant is not None,
            is_too_big=box.is_too_big,
        )
    )
    answer, due_on = _perform(decision, box, who, Around(rules, location_id, at, by, entry.meant is not None))
    why_due = reasons_of(due_on, day_of(at), rules, holidays_for(rules, day_of(at))) if due_on else ()
    others = next((box.book(one.copy).loan for one in inside if one.is_out and not one.is_hers), None)
    return Outcome(
        answer,
        who=who_is(who.borrower, location_id) if who and answer.steps else who,
        due_on=due_on,
        why_due=why_due,
        box=box,
        others=others.borrower if others else None,
    )


@dataclass(frozen=True, slots=True)
class Around:
    """What is the same for every book of a box."""

    rules: Rules
    location_id: int
    at: datetime
    by: Actor
    told: bool


def _perform(
    decision: BoxDecision, box: FoundBox, who: FoundWho | None, around: Around
) -> tuple[Answer, date | None]:
    """Book by book, each with who waits for it by then: one of two copies may be all that a child waits for."""
    answer = Answer(decision.do, decision.why, decision.fix, box=box.id, left=decision.left)
    last: date | None = None
    for pk in decision.books:
        copy = box.book(pk)
        queue = queue_for(copy.title_id, around.location_id)
        goes_out = decision.do in {Do.LEND, Do.MOVE}
        if goes_out and not around.told and _is_waited_for(queue, copy, who, around.location_id):
            answer = replace(answer, left=(*answer.left, (pk, Why.RESERVED)))
            continue
        job = Job(copy, who, around.rules, queue, around.location_id, around.at, around.by)
        did, due_on = job.perform(Decision(Do.MOVE if goes_out and copy.loan else _alone(decision.do)))
        answer = replace(answer, loan=did.loan, steps=(*answer.steps, *did.steps))
        last = max(last, due_on) if last and due_on else due_on
    if decision.books and not answer.steps:
        return replace(answer, do=Do.ASK, why=Why.NONE_FREE, fix=Fix.ASIDE), None
    return answer, last


def _alone(do: Do) -> Do:
    return Do.LEND if do == Do.MOVE else do


def _is_waited_for(queue: Queue, copy: FoundCopy, who: FoundWho | None, here: int) -> bool:
    return queue.waiting(copy, who.borrower if who else None, here).others
