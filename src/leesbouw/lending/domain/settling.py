"""What happened at a desk without connection, once it comes in: done as it was told there, as far as that still can be."""

from __future__ import annotations

from dataclasses import replace

from ..enums import Do, Fix, Mode, Why
from .deciding import Decision, State, decide

# The child has left with the book: these do not stop it any more, but somebody must hear of them.
PASSED_OVER = frozenset(
    {Why.WITHDRAWN, Why.REPAIR, Why.OF_LIBRARY, Why.WITH_OTHER, Why.RESERVED, Why.NO_GROUP, Why.TOO_MANY}
)
MODES = {Do.LEND: Mode.LEND, Do.GIVE_BACK: Mode.RETURN, Do.RENEW: Mode.RENEW}
SAME = {
    Do.LEND: frozenset({Do.LEND, Do.MOVE}),
    Do.GIVE_BACK: frozenset({Do.GIVE_BACK, Do.FOUND}),
    Do.RENEW: frozenset({Do.RENEW}),
}


def settle(state: State, meant: Do, *, is_overtaken: bool) -> Decision:
    """What becomes of it. `is_overtaken`: something happened with the copy later, and that holds.

    `why` beside something that was done is what was passed over.
    """
    if is_overtaken:
        return Decision(Do.NOTHING, Why.CHANGED)
    if meant == Do.LEND and state.who is None:
        return Decision(Do.ASK, Why.NO_BORROWER, Fix.CHOOSE)
    state = replace(state, mode=MODES[meant])
    if meant == Do.LEND and state.loan and state.loan.is_here and state.loan.is_borrowers:
        # She has it, by an earlier scan: what came between may still come in, and must not count as later than this.
        return Decision(Do.NOTHING, Why.JUST_DONE) if state.loan.just_now else Decision(Do.MOVE)
    decision, passed = decide(state), None
    while decision.do == Do.ASK and decision.why in PASSED_OVER - state.allowed:
        passed = passed or decision.why
        state = replace(state, allowed=state.allowed | {decision.why})
        decision = decide(state)
    return decision if decision.do in {Do.ASK, Do.NOTHING} else replace(decision, why=passed, offer=None)


def is_surprise(meant: Do, do: Do, why: Why | None) -> bool:
    """Whether something else came of it than the desk told, or more than it knew."""
    if (meant, why) == (Do.LEND, Why.JUST_DONE):
        return False  # she has it, as the desk told
    return do not in SAME[meant] or why is not None
