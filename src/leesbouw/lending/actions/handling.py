"""What a desk sends, one by one and in order, and what it shows of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import IntegrityError

from leesbouw.core.errors import Sentence

from ..domain.answers import Answer
from ..domain.borrowers import Borrower
from ..domain.cards import clean
from ..domain.entries import Sent
from ..domain.settling import is_surprise
from ..enums import BorrowerKind, Do, Fix, Why
from ..models import Loan
from ..queries.box_words import books_of_box, said_of_box
from ..queries.desk import Desk, open_loans_of
from ..queries.state import FoundCopy, FoundWho, copy_with_id, who_is
from ..queries.surprises import words_of
from ..queries.words import ASK, Said, called, day_words, group_words, said_of
from .desk import choose, scan, undo
from .doing import Entry, Outcome
from .surprises import note_surprise


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of one entry, ready to show. `loans` comes with somebody who is new in front of the desk."""

    request: str
    answer: Answer
    said: Said
    can_undo: bool = False
    who: dict[str, Any] | None = None
    book: dict[str, Any] | None = None
    loans: list[dict[str, Any]] | None = field(default=None)
    surprise: str = ""
    books: list[dict[str, Any]] | None = None  # of a box, each as `book`

    def as_json(self) -> dict[str, Any]:
        return {
            "request": self.request,
            "do": self.answer.do.value,
            "why": self.answer.why.value if self.answer.why else "",
            "fix": self.answer.fix.value if self.answer.fix else "",
            "offer": self.answer.offer.value if self.answer.offer else "",
            "tone": self.said.tone,
            "text": self.said.text,
            "more": self.said.more,
            "button": self.said.button,
            "undo": self.can_undo,
            "who": self.who,
            "book": self.book,
            "loans": self.loans,
            "surprise": self.surprise,
            "books": self.books,
        }


def handle(*, entries: Sequence[Sent], desk: Desk) -> list[Reply]:
    """Each entry in a write of its own, so that one that goes wrong holds no other up."""
    return [_one(sent, desk) for sent in entries]


def _one(sent: Sent, desk: Desk) -> Reply:
    try:
        match sent.kind:
            case "undo":
                return _undone(sent, desk)
            case "choose" if sent.borrower is not None:
                return _shown(
                    sent, choose(borrower=sent.borrower, location_id=desk.location_id, by=desk.actor), desk
                )
        entry = Entry(sent.code, sent.borrower, sent.mode, sent.allowed, sent.request, sent.at, sent.meant)
        reply = _shown(sent, scan(entry=entry, location_id=desk.location_id, by=desk.actor), desk)
        return _with_surprise(reply, sent, desk)
    except Sentence as sentence:
        return Reply(sent.request, Answer(Do.ASK, Why.CHANGED, Fix.ASIDE), Said(ASK, str(sentence)))
    except IntegrityError:
        answer = Answer(Do.ASK, Why.CHANGED, Fix.ASIDE)
        return Reply(sent.request, answer, said_of(answer, None, None))


def _with_surprise(reply: Reply, sent: Sent, desk: Desk) -> Reply:
    """A desk that had no connection hears what came out otherwise than it told, and so does the coordinator."""
    answer = reply.answer
    if sent.meant is None or answer.undone:
        return reply
    told = [_left_behind(sent, pk, why, desk) for pk, why in answer.left]
    if not is_surprise(sent.meant, answer.do, answer.why):
        return replace(reply, surprise=" ".join(told))
    row = note_surprise(
        request=sent.request,
        code=clean(sent.code),
        answer=answer,
        at=sent.at,
        location_id=desk.location_id,
        by=desk.actor,
    )
    said = words_of(row, sent.borrower if answer.do != Do.GIVE_BACK else None)
    return replace(reply, surprise=" ".join([said, *told]))


def _left_behind(sent: Sent, copy_id: int, why: Why, desk: Desk) -> str:
    """A book of a box that could not go with the others."""
    row = note_surprise(
        request=f"{copy_id}-{sent.request}"[:64],
        code="",
        answer=Answer(Do.NOTHING, why, copy=copy_id),
        at=sent.at,
        location_id=desk.location_id,
        by=desk.actor,
    )
    return words_of(row, None)


def _undone(sent: Sent, desk: Desk) -> Reply:
    """`code` is the request that is taken back; who stood there sees her books anew."""
    answer = undo(undone=sent.code, location_id=desk.location_id, by=desk.actor, request=sent.request)
    who, loans = _anew(sent.borrower, desk)
    return Reply(sent.request, answer, said_of(answer, None, None), who=who, loans=loans)


def _anew(borrower: Borrower | None, desk: Desk) -> tuple[dict[str, Any] | None, list[dict[str, Any]] | None]:
    if borrower is None:
        return None, None
    outcome = choose(borrower=borrower, location_id=desk.location_id, by=desk.actor)
    if outcome.who is None:
        return None, None
    return _who(outcome.who, outcome.who.open, outcome.limit), _lines(desk, borrower)


def _shown(sent: Sent, outcome: Outcome, desk: Desk) -> Reply:
    answer, copy, who = outcome.answer, outcome.copy, outcome.who
    if answer.box is not None:
        return _shown_box(sent, outcome, desk)
    due_on = outcome.due_on
    if outcome.is_repeated:
        copy, who, due_on = _found_again(sent, answer, desk)
    others = ""
    if answer.why == Why.WITH_OTHER and copy and copy.loan and copy.loan.borrower:
        others = called(who_is(copy.loan.borrower, desk.location_id))
    is_new = who is not None and who.borrower != sent.borrower
    loans = _lines(desk, who.borrower) if who and (is_new or answer.do == Do.CHOOSE) else None
    number = _now_open(sent, answer, outcome) if who else 0
    return Reply(
        request=sent.request,
        answer=answer,
        said=said_of(answer, copy, who, due_on=due_on, others=others, why_due=outcome.why_due),
        can_undo=answer.can_be_undone,
        who=_who(who, number, outcome.limit) if who else None,
        book=_book(copy, due_on),
        loans=loans,
    )


def _shown_box(sent: Sent, outcome: Outcome, desk: Desk) -> Reply:
    """A box went as a whole: who is there sees all her books anew."""
    answer, due_on, who = outcome.answer, outcome.due_on, outcome.who
    if outcome.is_repeated:
        _copy, who, due_on = _found_again(sent, answer, desk)
    others = who_is(outcome.others, desk.location_id) if outcome.others else None
    loans = _lines(desk, who.borrower) if who and answer.steps else None
    said = said_of_box(answer, who, due_on=due_on, others=called(others), why_due=outcome.why_due)
    return Reply(
        request=sent.request,
        answer=answer,
        said=said,
        can_undo=answer.can_be_undone,
        who=_who(who, who.open, None) if who and who.borrower.kind != BorrowerKind.PUPIL else None,
        loans=loans,
        books=books_of_box(answer, due_on),
    )


def _now_open(sent: Sent, answer: Answer, outcome: Outcome) -> int:
    """How many books she has after this; the database counted before it."""
    assert outcome.who is not None or outcome.is_repeated, "somebody is there"
    if outcome.who is None:
        return 0
    number = outcome.who.open
    if outcome.is_repeated or outcome.who.borrower != sent.borrower:
        return number
    if answer.do in {Do.LEND, Do.MOVE}:
        return number + 1
    hers = outcome.copy and outcome.copy.loan and outcome.copy.loan.borrower == outcome.who.borrower
    return number - 1 if answer.do == Do.GIVE_BACK and hers else number


def _found_again(
    sent: Sent, answer: Answer, desk: Desk
) -> tuple[FoundCopy | None, FoundWho | None, date | None]:
    """What the first answer was about, for who asks again."""
    copy = copy_with_id(answer.copy) if answer.copy else None
    loan = Loan.objects.visible_to(desk.actor).filter(pk=answer.loan).first() if answer.loan else None
    who = who_is(sent.borrower, desk.location_id) if sent.borrower else None
    return copy, who, loan.due_on if loan and answer.do in {Do.LEND, Do.MOVE, Do.RENEW} else None


def _who(who: FoundWho, number: int, limit: int | None) -> dict[str, Any]:
    left = None if limit is None else max(limit - number, 0)
    return {
        "id": str(who.borrower),
        "name": called(who),
        "group": group_words(who.group) if who.group and who.borrower.kind == "pupil" else "",
        "open": number,
        "left": left,
    }


def _book(copy: FoundCopy | None, due_on: date | None) -> dict[str, Any] | None:
    if copy is None:
        return None
    return {
        "copy": copy.id,
        "code": copy.code,
        "title": copy.title,
        "by": copy.by_whom,
        "due": day_words(due_on) if due_on else "",
    }


def _lines(desk: Desk, borrower: Borrower) -> list[dict[str, Any]]:
    return [
        {
            "copy": line["copy"],
            "code": line["barcode"],
            "title": line["title"],
            "due": day_words(line["due"]),
            "late": line["late"],
            "lost": line["lost"],
        }
        for line in open_loans_of(desk, borrower)
    ]
