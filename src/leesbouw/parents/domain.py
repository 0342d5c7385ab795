"""When a location is proposed to begin with, and when looking back is done, without a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .enums import Mark, TalkKind

OF_LIBRARY = (TalkKind.TEAM, TalkKind.MANAGEMENT, TalkKind.MUNICIPALITY)
TIMES_A_YEAR = 2  # looking back with a location (step plan, step 12)


def kind_after(kind: TalkKind, *, agreed: bool | None) -> TalkKind:
    """Which talk follows one that was held: no agreement asks for another start, and looking back comes again."""
    if kind == TalkKind.START:
        return TalkKind.DEEPENING if agreed else TalkKind.START
    return TalkKind.SCHOOL if kind == TalkKind.DEEPENING else kind


def count_yes(marks: Mapping[str, Mark | None]) -> int:
    return sum(mark == Mark.YES for mark in marks.values())


def is_proposed(marks: Mapping[str, Mark | None], enough: int) -> bool:
    """Enough indicators hold; what nobody knows is no yes."""
    return count_yes(marks) >= enough


def looked_back_everywhere(kinds: Iterable[str]) -> bool:
    """In the team, in the management and with the municipality."""
    return set(OF_LIBRARY) <= set(kinds)
