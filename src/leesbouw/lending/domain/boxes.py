"""What the scan of a box comes down to: a whole collection at once, for a group or a teacher. Nothing is taken from a child."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leesbouw.collection.enums import CopyStatus

from ..enums import BorrowerKind, Do, Fix, Mode, Why
from .deciding import AWAY, OpenLoan, Place

Left = tuple[tuple[int, Why], ...]


@dataclass(frozen=True, slots=True)
class Inside:
    """A book of the box, as a desk sees it. `with_child`: its open loan is that of a child."""

    copy: int
    place: Place
    status: str
    loan: OpenLoan | None = None
    with_child: bool = False
    waited_for: bool = False  # a child comes first for this copy
    is_overtaken: bool = False  # something happened with it later than what a desk brings in afterwards

    @property
    def is_out(self) -> bool:
        """With a group or a teacher of this school."""
        return self.loan is not None and self.loan.is_here and not self.with_child

    @property
    def is_hers(self) -> bool:
        return self.loan is not None and self.loan.is_borrowers


@dataclass(frozen=True, slots=True)
class BoxState:
    """What a decision about a box needs to know. `told`: a desk without connection did it already."""

    inside: Sequence[Inside]
    front: BorrowerKind | None
    is_here: bool = True  # who is in front is still at this school
    mode: Mode = Mode.LEND
    renewals: int = 1
    allowed: frozenset[Why] = frozenset()
    told: bool = False
    is_too_big: bool = False  # there are more books in it than `inside` holds


@dataclass(frozen=True, slots=True)
class BoxDecision:
    """`books` take part in it; `left` do not, each with why."""

    do: Do
    why: Why | None = None
    fix: Fix | None = None
    books: tuple[int, ...] = ()
    left: Left = ()


def decide_box(state: BoxState) -> BoxDecision:
    """Out when nobody has it, back when it is out; every odd case is one sentence and one button."""
    if state.is_too_big:
        return BoxDecision(Do.ASK, Why.TOO_BIG, Fix.ASIDE)
    out = [one for one in state.inside if one.is_out]
    if state.mode == Mode.RENEW:
        return _longer(state, out)
    if state.mode == Mode.RETURN or (out and (state.front is None or state.mode == Mode.ROW)):
        return _back(state, out)
    if state.front == BorrowerKind.PUPIL:
        return BoxDecision(Do.ASK, Why.FOR_GROUPS, Fix.CHOOSE)
    hers = [one for one in out if one.is_hers]
    if not hers or state.told:
        return _out(state, out)
    if all(one.loan and one.loan.just_now for one in hers):
        return BoxDecision(Do.NOTHING, Why.JUST_DONE)
    return _back(state, hers)


def _back(state: BoxState, out: Sequence[Inside]) -> BoxDecision:
    """What groups and teachers have of it comes in. What is lost, or with a child, is not in the box."""
    here = [one for one in out if one.status not in AWAY and not one.is_overtaken]
    if not here:
        overtaken = any(one.is_overtaken for one in out)
        return BoxDecision(Do.NOTHING, Why.CHANGED if overtaken else Why.NOT_LENT)
    books = tuple(one.copy for one in here)
    others = [one for one in state.inside if one.copy not in books and one.loan and one.loan.is_here]
    return BoxDecision(Do.GIVE_BACK, books=books, left=tuple((one.copy, _still_away(one)) for one in others))


def _still_away(one: Inside) -> Why:
    if one.is_overtaken:
        return Why.CHANGED
    return Why.LOST if one.status in AWAY else Why.WITH_OTHER


def _longer(state: BoxState, out: Sequence[Inside]) -> BoxDecision:
    if not out:
        return BoxDecision(Do.NOTHING, Why.NOT_LENT)
    left = [(one.copy, why) for one in out if (why := _not_longer(state, one))]
    kept = {copy for copy, _why in left}
    books = tuple(one.copy for one in out if one.copy not in kept)
    if not books:
        return BoxDecision(Do.ASK, left[0][1], Fix.RENEW)
    return BoxDecision(Do.RENEW, books=books, left=tuple(left))


def _not_longer(state: BoxState, one: Inside) -> Why | None:
    assert one.loan is not None, "only what is lent is renewed"
    if one.is_overtaken:
        return Why.CHANGED
    why = Why.WAITED_FOR if one.waited_for else None
    if why is None and one.loan.renewals >= state.renewals:
        why = Why.NO_MORE_RENEWALS
    return None if why in state.allowed else why


def _out(state: BoxState, out: Sequence[Inside]) -> BoxDecision:
    refused = _refusal(state, out)
    if refused is not None:
        return refused
    places = {Place.HERE, Place.LIBRARY} if _of_library(state) else {Place.HERE}
    left = [(one.copy, why) for one in state.inside if (why := _not_out(one, places, state.told))]
    kept = {copy for copy, _why in left}
    books = tuple(one.copy for one in state.inside if one.copy not in kept and not one.is_hers)
    if books:
        moved = any(one.loan for one in state.inside if one.copy in books)
        return BoxDecision(Do.MOVE if moved else Do.LEND, books=books, left=tuple(left))
    if any(one.is_hers for one in state.inside):
        return BoxDecision(Do.NOTHING, Why.JUST_DONE)
    return BoxDecision(Do.ASK, Why.NONE_FREE, Fix.ASIDE, left=tuple(left))


def _refusal(state: BoxState, out: Sequence[Inside]) -> BoxDecision | None:
    """Why the box as a whole does not go to who is there."""
    near = {one.place for one in state.inside}
    if not near:
        return BoxDecision(Do.ASK, Why.NONE_FREE, Fix.ASIDE)
    if near == {Place.ELSEWHERE}:
        return BoxDecision(Do.ASK, Why.OTHER_SCHOOL, Fix.ASIDE)
    if state.front is None:
        return BoxDecision(Do.ASK, Why.NO_BORROWER, Fix.CHOOSE)
    if not state.is_here:
        return BoxDecision(Do.ASK, Why.LEFT, Fix.CHOOSE)
    if Place.HERE not in near and not _of_library(state):
        return BoxDecision(Do.ASK, Why.OF_LIBRARY, Fix.LEND)
    if any(not one.is_hers for one in out) and Why.WITH_OTHER not in state.allowed and not state.told:
        return BoxDecision(Do.ASK, Why.WITH_OTHER, Fix.MOVE)
    return None


def _of_library(state: BoxState) -> bool:
    return Why.OF_LIBRARY in state.allowed or state.told


def _not_out(one: Inside, places: set[Place], told: bool) -> Why | None:
    """Why one book stays when the box goes out. What went out already went with the others, also when a child waits."""
    if one.is_hers and one.is_out:
        return None
    checks = (
        (Why.CHANGED, one.is_overtaken),
        (Why.LOST, one.status in AWAY),
        (Why.REPAIR, one.status == CopyStatus.REPAIR),
        (Why.WITH_OTHER, one.loan is not None and not one.is_out),
        (Why.OTHER_SCHOOL, one.place not in places),
        (Why.RESERVED, one.waited_for and not told),
    )
    return next((why for why, holds in checks if holds), None)
