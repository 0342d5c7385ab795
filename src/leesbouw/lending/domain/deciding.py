"""What a scan comes down to. The desk, a child that helps itself and a protocol ask the same question."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from leesbouw.collection.enums import CopyStatus

from ..enums import Do, Fix, Mode, Why

AWAY = {CopyStatus.LOST, CopyStatus.MISSING}  # what is scanned is not away


class Place(StrEnum):
    """Where a copy belongs, seen from the desk."""

    HERE = "here"
    LIBRARY = "library"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class OpenLoan:
    """The open loan of the copy. `just_now`: it was lent within the time in which a scanner stutters.

    `is_here`: it was lent at this school; another school's loan is never touched.
    """

    is_borrowers: bool
    is_here: bool = True
    just_now: bool = False
    renewals: int = 0


@dataclass(frozen=True, slots=True)
class Who:
    """Who is in front of the desk. `limit` None: as many as one likes (a class, a teacher)."""

    open: int
    limit: int | None
    has_group: bool = True
    is_here: bool = True


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who waits for this title."""

    borrower: bool = False  # the one in front of the desk waits, and it is her turn
    others: bool = False  # somebody else comes first for this copy


@dataclass(frozen=True, slots=True)
class State:
    """All that a decision needs to know of a copy and of who is there."""

    place: Place
    status: str
    loan: OpenLoan | None = None
    who: Who | None = None
    waiting: Waiting = Waiting()
    mode: Mode = Mode.LEND
    renewals: int = 1  # how often one may renew
    allowed: frozenset[Why] = frozenset()  # what somebody just said yes to


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do. With ASK, `why` is the sentence and `fix` the button. `offer`: a button beside what was done."""

    do: Do
    why: Why | None = None
    fix: Fix | None = None
    offer: Fix | None = None
    was_away: bool = False  # the copy was thought lost


def decide(state: State) -> Decision:
    """What the scan of a copy comes down to; every odd case is one sentence and one button."""
    if state.loan is None:
        return _free(state)
    away = state.status in AWAY
    if not state.loan.is_here:
        return Decision(Do.ASK, Why.OTHER_SCHOOL, Fix.ASIDE)
    if state.mode == Mode.RENEW:
        return renewing(state)
    if state.mode == Mode.ROW or state.who is None or state.mode == Mode.RETURN:
        return Decision(Do.GIVE_BACK, was_away=away)
    if not state.loan.is_borrowers:
        return _from_another(state)
    if state.loan.just_now:
        return Decision(Do.NOTHING, Why.JUST_DONE)
    offer = Fix.RENEW if _may_renew(state) is None else None
    return Decision(Do.GIVE_BACK, offer=offer, was_away=away)


def _free(state: State) -> Decision:
    """A copy that nobody has. What lies on a desk is not away; taken out or in repair it is used again when one says so."""
    away = state.status != CopyStatus.IN_USE
    if state.status == CopyStatus.WITHDRAWN and Why.WITHDRAWN not in state.allowed:
        return Decision(Do.ASK, Why.WITHDRAWN, Fix.USE_AGAIN)
    if state.status == CopyStatus.REPAIR and Why.REPAIR not in state.allowed:
        return Decision(Do.ASK, Why.REPAIR, Fix.USE_AGAIN)
    if state.place == Place.ELSEWHERE:
        return Decision(Do.ASK, Why.OTHER_SCHOOL, Fix.ASIDE)
    lends = state.mode in {Mode.LEND, Mode.ROW}
    if state.who is None or not lends:
        if away:
            return Decision(Do.FOUND, was_away=True)
        if lends:
            return Decision(Do.ASK, Why.NO_BORROWER, Fix.CHOOSE)
        return Decision(Do.NOTHING, Why.NOT_LENT)
    return lending(state, away)


def lending(state: State, away: bool = False) -> Decision:
    """Whether this copy may go to who is there."""
    who = state.who
    assert who is not None, "somebody must be there"
    if not who.is_here:
        return Decision(Do.ASK, Why.LEFT, Fix.CHOOSE)
    checks = (
        (Why.OF_LIBRARY, state.place == Place.LIBRARY, Fix.LEND),
        (Why.RESERVED, state.waiting.others and not state.waiting.borrower, Fix.LEND),
        (Why.NO_GROUP, not who.has_group, Fix.LEND),
        (Why.TOO_MANY, who.limit is not None and who.open >= who.limit, Fix.LEND),
    )
    for why, holds, fix in checks:
        if holds and why not in state.allowed:
            return Decision(Do.ASK, why, fix)
    return Decision(Do.LEND, was_away=away)


def _from_another(state: State) -> Decision:
    """It still stands with somebody else: once that is agreed, back from her and out to who is there."""
    if Why.WITH_OTHER not in state.allowed:
        return Decision(Do.ASK, Why.WITH_OTHER, Fix.MOVE)
    checked = lending(state)
    return Decision(Do.MOVE) if checked.do == Do.LEND else checked


def renewing(state: State) -> Decision:
    """Whether an open loan may last longer."""
    why = _may_renew(state)
    if why is None or why in state.allowed:
        return Decision(Do.RENEW)
    return Decision(Do.ASK, why, Fix.RENEW)


def _may_renew(state: State) -> Why | None:
    assert state.loan is not None, "only what is lent is renewed"
    if state.waiting.others:
        return Why.WAITED_FOR
    return Why.NO_MORE_RENEWALS if state.loan.renewals >= state.renewals else None
