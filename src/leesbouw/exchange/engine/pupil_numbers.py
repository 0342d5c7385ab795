"""Numbers that pass from one child to another within a file, as when a school has a new administration system."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..enums import Decision, RowKind
from ..models import ImportRow
from .pupils_known import KnownPupil, held_pupils
from .pupils_told import named_by_faulty

NUMBERS = ("key", "eck_id")
Number = tuple[str, str]  # which of the two, and its value


@dataclass(frozen=True, slots=True)
class Passing:
    """What a row lets go of, and what it takes."""

    gives: frozenset[Number]
    takes: frozenset[Number]


def refuse_taken_numbers(
    rows: Sequence[ImportRow], here: Mapping[int, KnownPupil], *, leavers_go: bool
) -> None:
    """A number that another child keeps makes a row faulty: only the school knows which of the two is right.

    `here`: the children who are at this school now.
    """
    holder = {(name, getattr(child, name)): child for child in here.values() for name in NUMBERS}
    matched = {row.object_id: row for row in rows if row.object_id}
    while True:
        doubted = named_by_faulty(rows)
        taken = []
        for row in rows:
            if row.kind not in {RowKind.NEW, RowKind.CHANGED, RowKind.DOUBTFUL}:
                continue
            for name in NUMBERS:
                value = row.cleaned.get(name)
                child = holder.get((name, value)) if value else None
                if child is None or child.id == row.object_id:
                    continue
                if mate := matched.get(child.id):
                    keeps = mate.kind != RowKind.CHANGED or mate.cleaned.get(name, value) == value
                else:
                    keeps = not leavers_go or bool({child.key, child.eck_id, child.name} & doubted)
                if keeps:
                    taken.append((row, name))
        if not taken:
            return
        for row, name in taken:
            row.kind, row.errors, row.changes = RowKind.FAULTY, [[name, "key_taken"]], {}


def passing_on(rows: Sequence[ImportRow]) -> dict[int, Passing]:
    """What rows that are to be stored give and take, by row."""
    ids = [row.object_id for row in rows if row.object_id]
    now = {
        pk: frozenset((name, value) for name, value in zip(NUMBERS, values, strict=True) if value)
        for pk, *values in held_pupils().filter(pk__in=ids, left_on=None).values_list("pk", *NUMBERS)
    }
    found = {}
    for row in rows:
        has = now.get(row.object_id or 0, frozenset())
        wants = frozenset((name, row.cleaned[name]) for name in NUMBERS if row.cleaned.get(name))
        if row.kind == RowKind.GONE:
            found[row.pk] = Passing(has, frozenset())
        elif row.decision == Decision.NEW:
            found[row.pk] = Passing(frozenset(), wants)
        else:
            replaced = {name for name, _value in wants}  # a number that the file leaves out stays
            gives = frozenset(one for one in has - wants if one[0] in replaced)
            found[row.pk] = Passing(gives, wants - has)
    return found


def passing_back(rows: Sequence[ImportRow]) -> dict[int, Passing]:
    """The same of rows that are to go back."""
    found = {}
    for row in rows:
        now, was = (_numbers(row.before.get(name)) for name in ("now", "was"))
        found[row.pk] = Passing(now - was, was - now)
    return found


def _numbers(image: object) -> frozenset[Number]:
    if not isinstance(image, dict) or image["left_on"]:
        return frozenset()
    return frozenset((name, image[name]) for name in NUMBERS if image[name])


def without_taken_numbers(rows: Sequence[ImportRow]) -> list[ImportRow]:
    """Rows whose old number another child keeps stay as they are, and so does who waits for a number of theirs."""
    passing = passing_back(rows)
    places = {row.before["was"]["location_id"] for row in rows if row.before["was"]}
    there = held_pupils().filter(location__in=places, left_on=None)
    holder = {
        (place, name, value): pk
        for pk, place, *values in there.values_list("pk", "location", *NUMBERS)
        for name, value in zip(NUMBERS, values, strict=True)
    }
    free = {row.object_id: row for row in rows}
    while True:
        stuck = []
        for pk, row in free.items():
            holders = {holder.get((row.before["was"]["location_id"], *one)) for one in passing[row.pk].takes}
            if holders - {None, pk} - set(free):
                stuck.append(pk)
        if not stuck:
            return list(free.values())
        for pk in stuck:
            free.pop(pk).errors = [["key", "key_taken"]]


def in_pieces(ids: Sequence[int], passing: Mapping[int, Passing], size: int) -> Iterator[list[int]]:
    """Pieces of `size` rows in their order; who passes a number on to another stands in one piece with her, which may
    be larger: halfway no number may have two children."""
    linked = _links(passing)
    seen: set[int] = set()
    piece: list[int] = []
    for pk in ids:
        if pk in seen:
            continue
        together = _together(pk, linked)
        seen |= together
        if piece and len(piece) + len(together) > size:
            yield piece
            piece = []
        piece += sorted(together)
    if piece:
        yield piece


def _links(passing: Mapping[int, Passing]) -> Mapping[int, set[int]]:
    giver = {number: pk for pk, each in passing.items() for number in each.gives}
    linked: defaultdict[int, set[int]] = defaultdict(set)
    for pk, each in passing.items():
        for other in {giver[number] for number in each.takes if number in giver} - {pk}:
            linked[pk].add(other)
            linked[other].add(pk)
    return linked


def _together(pk: int, linked: Mapping[int, set[int]]) -> set[int]:
    found, edge = {pk}, [pk]
    while edge:
        fresh = linked.get(edge.pop(), set()) - found
        found |= fresh
        edge += fresh
    return found
