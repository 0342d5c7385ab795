"""Above the school: which locations stand alone in a total, which go together in a block, and which do not count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .inside import State
from .minima import ALONE

Atom = frozenset[int]  # one location, or the locations of a block


@dataclass(frozen=True, slots=True)
class Member:
    """What one location has in one kind of breakdown: persons by part, the rest as well, and what is seen inside."""

    location: int
    parts: Mapping[str, int]
    state: State


def atoms_of(
    members: Mapping[int, Member], units: Iterable[Atom], persons: int, kept: Iterable[Atom] = ()
) -> list[Atom]:
    """The atoms of which every total is a sum: cells of `persons` or more, and blocks of those that are too small.

    `units` are what is not taken apart: single locations, or for a breakdown the atoms of everybody together, so that
    the parts of an atom add up to a figure that may be seen. `kept` are blocks of an earlier publication: they stay as
    they are, or rest when they do not pass any more. Nobody of them shares another block, or the difference between two
    publications would give away who came later, or who was taken away.
    """
    units = list(units)
    whole = {unit: _Unit.of(unit, members) for unit in units if unit <= members.keys()}
    atoms = [unit for unit, one in whole.items() if one.stands_alone(persons)]
    waiting = {
        unit: one for unit, one in whole.items() if not one.stands_alone(persons) and one.kind is not None
    }
    for block in kept:
        of_block = [one for unit, one in waiting.items() if unit <= block]
        if block == frozenset().union(*(one.locations for one in of_block)) and _passes(of_block, persons):
            atoms.append(block)
        waiting = {unit: one for unit, one in waiting.items() if not unit & block}
    return sorted([*atoms, *_new_blocks(waiting.values(), persons)], key=sorted)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A location or a block, with its locations' parts. `kind` tells with whom it may share a block; None with nobody.

    Those who see their own small figure share with their like, and so do those who see nothing of it: else a library
    that sees some of a block could take those from it.
    """

    locations: Atom
    parts: Mapping[str, int]
    largest: Mapping[str, int]  # by part, the most that one location has
    spread: Mapping[str, int]  # by part, at how many locations
    states: frozenset[State]

    @classmethod
    def of(cls, unit: Atom, members: Mapping[int, Member]) -> _Unit:
        parts: dict[str, int] = defaultdict(int)
        largest: dict[str, int] = defaultdict(int)
        spread: dict[str, int] = defaultdict(int)
        for location in unit:
            for part, number in members[location].parts.items():
                parts[part] += number
                largest[part] = max(largest[part], number)
                spread[part] += 1
        return cls(unit, parts, largest, spread, frozenset(members[one].state for one in unit))

    @property
    def kind(self) -> tuple[State, frozenset[str]] | None:
        if self.states == {State.ALL}:
            return State.ALL, frozenset()
        if self.states == {State.NOTHING} and (len(self.parts) > 1 or ALONE in self.parts):
            return State.NOTHING, frozenset(self.parts)
        return None

    @property
    def size(self) -> int:
        return sum(self.parts.values())

    def stands_alone(self, persons: int) -> bool:
        """One location of which every part passes, and of which nothing that is hidden inside could be computed."""
        is_clear = self.states <= {State.ALL} or self.states <= {State.CROSSING}
        return len(self.locations) == 1 and is_clear and min(self.parts.values(), default=0) >= persons


def _new_blocks(units: Iterable[_Unit], persons: int) -> Iterator[Atom]:
    """Small ones first, each block as soon as it passes; who is left over joins the last block of its kind."""
    kinds: dict[object, list[_Unit]] = defaultdict(list)
    for unit in sorted(units, key=lambda one: (one.size, sorted(one.locations))):
        kinds[unit.kind].append(unit)
    for of_kind in kinds.values():
        blocks: list[list[_Unit]] = []
        open_: list[_Unit] = []
        for unit in of_kind:
            open_.append(unit)
            if _passes(open_, persons):
                blocks.append(open_)
                open_ = []
        if blocks and _passes([*blocks[-1], *open_], persons):
            blocks[-1] += open_
        yield from (frozenset().union(*(one.locations for one in block)) for block in blocks)


def _passes(units: Sequence[_Unit], persons: int) -> bool:
    """Two locations or more, and every part large enough for whoever looks.

    Where locations see their own part, what is left without the largest of them must still pass: each could take her own
    from the block. Where they see nothing, a block of one unit needs two locations in every part, and units of one
    block have the same parts, so that rows and columns of what is hidden never leave one unknown.
    """
    if len({one.kind for one in units}) != 1 or sum(len(one.locations) for one in units) < 2:
        return False
    sees_own = units[0].states == {State.ALL}
    for part in {part for one in units for part in one.parts}:
        number = sum(one.parts.get(part, 0) for one in units)
        own = max(one.largest.get(part, 0) for one in units) if sees_own else 0
        if number - own < persons or sum(one.spread.get(part, 0) for one in units) < 2:
            return False
    return True
