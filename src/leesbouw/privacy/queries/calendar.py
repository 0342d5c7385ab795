"""The retention calendar: what is kept of whom, for how long, and how much of it is over its term today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from leesbouw.core.registry import Holder, holders

from .terms import Term, terms_in_force

MOST_REFS = 200  # ids of one kind that a page names


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """One kind of data: its holder, its term, and how many rows are over it."""

    code: str
    holder: Holder
    term: Term
    due: int


@dataclass(frozen=True, slots=True)
class TrialLine:
    """What a run would wipe of one kind: the count, and the first ids."""

    line: CalendarLine
    refs: tuple[str, ...]

    @property
    def more(self) -> int:
        return self.line.due - len(self.refs)


def calendar() -> list[CalendarLine]:
    """Every kind of data that has a term, in the order of the content."""
    terms = terms_in_force()
    order = list(terms)
    lines = [
        CalendarLine(code, holder, terms[holder.term], holder.due(terms[holder.term].limit))
        for code, holder in holders.items()
    ]
    return sorted(lines, key=lambda line: order.index(line.term.code))


def trial() -> list[TrialLine]:
    """What a run of today would wipe, by kind; ids only."""
    return [TrialLine(line, tuple(islice(refs_of(line), MOST_REFS))) for line in calendar() if line.due]


def refs_of(line: CalendarLine) -> Iterable[str]:
    """The ids of what is over its term, in the order in which a run takes them."""
    return line.holder.refs(line.term.limit) if line.holder.refs else ()


def trial_rows() -> Iterable[tuple[str, str, str]]:
    """The whole list for a file: kind, term and id."""
    for line in calendar():
        if line.due:
            for ref in refs_of(line):
                yield line.code, line.term.code, ref
