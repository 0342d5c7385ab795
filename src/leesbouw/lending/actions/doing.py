"""What comes in at a desk, what the desk answers, and one decision about one copy carried out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from leesbouw.core.access import Actor

from ..domain.answers import Answer
from ..domain.borrowers import Borrower
from ..domain.deciding import Decision
from ..domain.due import Step
from ..domain.rules import Rules
from ..enums import Do, EndedAs, Mode, Why
from ..queries.boxes import FoundBox
from ..queries.state import FoundCopy, FoundWho, Queue
from .steps import lend_out, prolong, put_in_use, take_in


@dataclass(frozen=True, slots=True)
class Entry:
    """What was scanned at a desk: `code` as it came in, who stood there, and what somebody said yes to.

    `request` is made by the desk; who sends it twice gets the first answer. `at` is when it happened, None for now.
    `meant`: what a desk without connection told there and then.
    """

    code: str
    borrower: Borrower | None = None
    mode: Mode = Mode.LEND
    allowed: frozenset[Why] = frozenset()
    request: str = ""
    at: datetime | None = None
    meant: Do | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer, with what the desk shows of it. What was found is absent when the answer was given before."""

    answer: Answer
    copy: FoundCopy | None = None
    who: FoundWho | None = None
    limit: int | None = None
    due_on: date | None = None
    why_due: tuple[Step, ...] = ()  # how that day came about, where it is more than so many days later
    is_repeated: bool = False
    box: FoundBox | None = None  # scanned as a whole; `others` has it or part of it now
    others: Borrower | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One decision about one copy, to be carried out."""

    copy: FoundCopy
    who: FoundWho | None
    rules: Rules
    queue: Queue
    location_id: int
    at: datetime
    by: Actor

    def perform(self, decision: Decision) -> tuple[Answer, date | None]:
        """The answer, and the day on which the book comes back where it went out or stays longer."""
        answer = Answer(decision.do, decision.why, decision.fix, decision.offer, copy=self.copy.id)
        match decision.do:
            case Do.LEND:
                return self._lend(answer)
            case Do.GIVE_BACK:
                return self._take_in(answer, EndedAs.RETURNED), None
            case Do.MOVE:
                return self._lend(self._take_in(answer, EndedAs.MOVED))
            case Do.RENEW:
                assert self.copy.loan is not None, "only what is lent is renewed"
                due_on, step = prolong(self.copy.loan, self.rules, at=self.at, by=self.by)
                return replace(answer, loan=self.copy.loan.id, steps=(step,)), due_on
            case Do.FOUND:
                step = put_in_use(self.copy, location_id=self.location_id, by=self.by)
                return replace(answer, steps=(step,)), None
        return replace(answer, loan=self.copy.loan.id if self.copy.loan else None), None

    def _lend(self, answer: Answer) -> tuple[Answer, date]:
        assert self.who is not None, "somebody must be there"
        loan, step = lend_out(
            self.copy,
            self.who,
            self.rules,
            location_id=self.location_id,
            queue=self.queue,
            at=self.at,
            by=self.by,
        )
        return replace(answer, loan=loan.pk, steps=(*answer.steps, step)), loan.due_on

    def _take_in(self, answer: Answer, ended_as: EndedAs) -> Answer:
        assert self.copy.loan is not None, "only what is lent comes back"
        hold, step = take_in(
            self.copy,
            self.copy.loan,
            self.rules,
            queue=self.queue,
            at=self.at,
            by=self.by,
            ended_as=ended_as,
        )
        return replace(answer, loan=self.copy.loan.id, hold=hold, steps=(*answer.steps, step))
