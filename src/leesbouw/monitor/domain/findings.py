"""What stands out in a report: at most one thing upward, one downward, and one question (ux.md, wireframe 6).

A finding is never a judgement of a school and never a rank. It rests on a difference that is clear (see
indicators: at least ten points and an interval without zero); where nothing is clear, there is a question to talk about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST = 8  # of what a team can choose from: more is no choice but a list


class Sign(StrEnum):
    UP = "up"
    DOWN = "down"
    QUESTION = "question"


class Against(StrEnum):
    """What a figure is held against."""

    BEFORE = "before"  # its own last round
    COMPARABLE = "comparable"  # schools of about this size and weight
    GROUPS = "groups"  # the groups of the school among themselves
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Difference:
    """Own minus other, shares 0-1 or in the measure's unit. `is_clear` as indicators judges it."""

    size: float
    is_clear: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """One measure of one location, with what it may be held against; None where there is nothing to hold it against.

    `spread`: the widest difference between two of its groups.
    """

    measure: str
    is_main: bool
    higher_is_better: bool
    before: Difference | None = None
    comparable: Difference | None = None
    spread: Difference | None = None


@dataclass(frozen=True, slots=True)
class Message:
    measure: str
    sign: Sign
    against: Against


def in_one_minute(looked: Sequence[Looked]) -> list[Message]:
    """Upward, downward and a question, in that order; each measure once, and only what there is."""
    messages: list[Message] = []
    for sign in (Sign.UP, Sign.DOWN):
        used = {message.measure for message in messages}
        found = _strongest(_clear(looked, sign), used)
        if found is not None:
            messages.append(found)
    question = _question(looked, {message.measure for message in messages})
    return [*messages, question] if question else messages


def standing_out(looked: Sequence[Looked], most: int = MOST) -> list[Message]:
    """What a team can choose from: "in one minute" first, then what else is clear, the widest first, then the other
    main measures as a question. Each measure once.
    """
    clear = [*_clear(looked, Sign.UP), *_clear(looked, Sign.DOWN), *_between(looked)]
    rest = [message for _rank, message in sorted(clear, key=lambda pair: pair[0], reverse=True)]
    rest += [Message(one.measure, Sign.QUESTION, Against.NOTHING) for one in looked if one.is_main]
    found: dict[str, Message] = {}
    for message in (*in_one_minute(looked), *rest):
        found.setdefault(message.measure, message)
    return list(found.values())[:most]


def minute_of(messages: Sequence[Message]) -> list[Message]:
    """ "In one minute" out of what stands out: the first of each sign."""
    found: dict[Sign, Message] = {}
    for message in messages:
        found.setdefault(message.sign, message)
    return list(found.values())


Ranked = tuple[tuple[bool, float], Message]  # main measures first, then the widest difference


def _clear(looked: Iterable[Looked], sign: Sign) -> Iterable[Ranked]:
    """Every clear difference in this direction: better or worse than before, or than comparable schools."""
    for one in looked:
        for against, difference in ((Against.BEFORE, one.before), (Against.COMPARABLE, one.comparable)):
            if difference is None or not difference.is_clear:
                continue
            better = (difference.size > 0) == one.higher_is_better
            if better == (sign == Sign.UP):
                yield (one.is_main, abs(difference.size)), Message(one.measure, sign, against)


def _strongest(ranked: Iterable[Ranked], used: set[str]) -> Message | None:
    free = [pair for pair in ranked if pair[1].measure not in used]
    return max(free, key=lambda pair: (pair[0], pair[1].measure))[1] if free else None


def _question(looked: Sequence[Looked], used: set[str]) -> Message | None:
    """Where groups differ clearly; else the main measure that moved most without being clear; else the first main one."""
    if found := _strongest(_between(looked), used):
        return found
    moved = [
        ((True, abs(one.before.size)), Message(one.measure, Sign.QUESTION, Against.BEFORE))
        for one in looked
        if one.is_main and one.before is not None and not one.before.is_clear
    ]
    if found := _strongest(moved, used):
        return found
    first = next((one for one in looked if one.is_main and one.measure not in used), None)
    return Message(first.measure, Sign.QUESTION, Against.NOTHING) if first else None


def _between(looked: Iterable[Looked]) -> Iterable[Ranked]:
    """Every measure in which groups of the location differ clearly."""
    for one in looked:
        if one.spread is not None and one.spread.is_clear:
            message = Message(one.measure, Sign.QUESTION, Against.GROUPS)
            yield (one.is_main, abs(one.spread.size)), message
