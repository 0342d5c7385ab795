"""Which child of the file is which child that we know. Plain Python; the order of proofs is lending.md §3.3:
the ECK iD first, then the key of the school's administration, and a name only ever raises a question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from .names import alike, folded, full_name


@dataclass(frozen=True, slots=True)
class Incoming:
    """A child in a file. `number` is its row."""

    number: int
    key: str = ""
    eck_id: str = ""
    first_name: str = ""
    infix: str = ""
    last_name: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A child that we have. `has_left`: kept for a while, but not at school any more."""

    id: int
    key: str = ""
    eck_id: str = ""
    first_name: str = ""
    infix: str = ""
    last_name: str = ""
    has_left: bool = False


class Verdict(Enum):
    SAME = "same"  # the same child
    NEW = "new"  # nobody that we know
    DOUBTFUL = "doubtful"  # perhaps the child with `known_id`; somebody must look
    DOUBLE = "double"  # the file contradicts itself


@dataclass(frozen=True, slots=True)
class Match:
    """`reason`, for a doubt or a mistake: other_eck_id, other_child, zeros, same_name, double_key, double_eck_id,
    or, for a child that is the same for another reason than its ECK iD or key, "new_system"."""

    number: int
    verdict: Verdict
    known_id: int | None = None
    reason: str = ""


def match_pupils(
    incoming: Sequence[Incoming], known: Iterable[Known], *, new_system: bool = False
) -> list[Match]:
    """One Match per row, in the order of `incoming`; no known child is matched twice.

    `new_system`: the school changed its administration, so old keys say nothing: a name that is there exactly once on
    both sides is the same child.
    """
    children = sorted(known, key=lambda child: (child.has_left, child.id))
    doubles = _doubles(incoming)
    found: dict[int, Match] = {
        number: Match(number, Verdict.DOUBLE, None, why) for number, why in doubles.items()
    }
    taken: set[int] = set()
    by_eck: dict[str, Known] = {}  # who is at school goes before who left
    for child in children:
        by_eck.setdefault(child.eck_id, child)
    by_key: dict[str, list[Known]] = defaultdict(list)
    for child in children if not new_system else ():
        by_key[child.key].append(child)
    rest = []
    for row in incoming:
        if row.number in found:
            continue
        known_by_eck = by_eck.get(row.eck_id) if row.eck_id else None
        if known_by_eck and known_by_eck.id not in taken:
            taken.add(known_by_eck.id)
            found[row.number] = Match(row.number, Verdict.SAME, known_by_eck.id)
        else:
            rest.append(row)
    rest = _by_key(rest, by_key, taken, found)
    _by_name(rest, [child for child in children if child.id not in taken], found, new_system=new_system)
    return [found[row.number] for row in incoming]


def _doubles(incoming: Sequence[Incoming]) -> dict[int, str]:
    """Rows that share a key or an ECK iD with another row: which of them is right, only the school knows."""
    why: dict[int, str] = {}
    for attribute, reason in (("key", "double_key"), ("eck_id", "double_eck_id")):
        rows: dict[str, list[int]] = defaultdict(list)
        for row in incoming:
            if value := getattr(row, attribute):
                rows[value].append(row.number)
        for numbers in rows.values():
            if len(numbers) > 1:
                why.update(dict.fromkeys(numbers, reason))
    return why


def _by_key(
    rows: Iterable[Incoming], by_key: Mapping[str, Sequence[Known]], taken: set[int], found: dict[int, Match]
) -> list[Incoming]:
    """Settles rows by the key of the administration; a key that names another child is a question. Two schools that
    were merged may both have had it: then the name says which of the children is meant."""
    rest = []
    for row in rows:
        free = [child for child in by_key.get(row.key, ()) if row.key and child.id not in taken]
        if not free:
            rest.append(row)
            continue
        child = next((each for each in free if _is_named(row, each)), free[0])
        taken.add(child.id)
        if row.eck_id and child.eck_id:  # both have one, and they differ: else it was found before
            found[row.number] = Match(row.number, Verdict.DOUBTFUL, child.id, "other_eck_id")
        elif not _is_named(row, child):
            found[row.number] = Match(row.number, Verdict.DOUBTFUL, child.id, "other_child")
        else:
            found[row.number] = Match(row.number, Verdict.SAME, child.id)
    return rest


def _by_name(
    rows: Sequence[Incoming], children: Sequence[Known], found: dict[int, Match], *, new_system: bool
) -> None:
    """Rows without a proof: the same name is a question, unless the keys are new and the name is there once."""
    if not children:
        found.update((row.number, Match(row.number, Verdict.NEW)) for row in rows)
        return
    names: dict[str, list[Known]] = defaultdict(list)
    for child in children:
        names[_name(child)].append(child)
    often: dict[str, int] = defaultdict(int)
    for row in rows:
        often[_name(row)] += 1
    taken: set[int] = set()
    for row in rows:
        same = [
            child for child in names.get(_name(row), ()) if child.id not in taken and not _differ(row, child)
        ]
        if not same or not _name(row):
            found[row.number] = Match(row.number, Verdict.NEW)
            continue
        child = next((each for each in same if _zeros(row.key, each.key)), same[0])
        taken.add(child.id)
        if new_system and often[_name(row)] == 1 and len(names[_name(row)]) == 1:
            found[row.number] = Match(row.number, Verdict.SAME, child.id, "new_system")
        else:
            reason = "zeros" if _zeros(row.key, child.key) else "same_name"
            found[row.number] = Match(row.number, Verdict.DOUBTFUL, child.id, reason)


def _is_named(row: Incoming, child: Known) -> bool:
    return alike((row.first_name, row.last_name), (child.first_name, child.last_name))


def _name(row: Incoming | Known) -> str:
    return folded(full_name(row.first_name, row.infix, row.last_name))


def _differ(row: Incoming, child: Known) -> bool:
    """Two ECK iD's that are not the same are two children, however alike their names."""
    return bool(row.eck_id and child.eck_id and row.eck_id != child.eck_id)


def _zeros(one: str, other: str) -> bool:
    """Whether two keys are the same but for zeros in front: 1234 and 001234."""
    return bool(one and other) and one != other and one.lstrip("0") == other.lstrip("0")
