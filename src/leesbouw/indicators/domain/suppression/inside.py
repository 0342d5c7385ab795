"""Inside one school: what its own people and the library that works with it see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from .minima import ALONE, kind_of

GROUP, YEAR_GROUP = "group", "year_group"
REST = "rest"  # who answered and is in no part


class State(Enum):
    """How much of a breakdown is seen inside: all of it, nothing, or some; or every group, some of which cross it."""

    ALL = "all"
    NOTHING = "nothing"
    SOME = "some"
    CROSSING = "crossing"


@dataclass(frozen=True, slots=True)
class Inside:
    """`shown` are the breakdowns that may be seen; `parts` how many persons each kind has by part, the rest as well."""

    shown: frozenset[str] = frozenset()
    states: Mapping[str, State] = field(default_factory=dict)
    parts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def look_inside(
    persons: Mapping[str, int],
    minimum: Callable[[str], int | None],
    years: Mapping[str, frozenset[int]],
) -> Inside:
    """What one measure shows inside one school.

    `persons` counts who is in the base of each breakdown, "" of all; `minimum(kind)` is the fewest that may be seen, None
    for a kind that is never seen here; `years` gives the year groups of each group ("group:12").

    - Groups: who are too few are hidden, and then so many more that at least two are hidden and together pass.
    - Year groups are seen as sums of whole groups; the two of a combination group are not seen apart.
    - Any other breakdown runs across the groups: it is seen as a whole, and only beside all groups or none.
    """
    total = persons.get(ALONE, 0)
    parts = _parts(persons, total)
    fewest = minimum(ALONE)
    if fewest is None or total < fewest:
        return Inside(
            frozenset(), dict.fromkeys((ALONE, *parts), State.NOTHING), {ALONE: {ALONE: total}, **parts}
        )
    groups, hidden = _split(parts.get(GROUP, {}), minimum(GROUP))
    nested = _nesting(parts, years) if YEAR_GROUP in parts else {}
    seen = {GROUP: groups}
    if YEAR_GROUP in parts:
        seen[YEAR_GROUP] = _years_seen(parts, hidden, nested, minimum(YEAR_GROUP))
    for kind in parts.keys() - seen.keys():
        seen[kind] = frozenset() if hidden and groups else _whole(parts[kind], minimum(kind))
    states = {kind: _state(parts[kind], seen[kind]) for kind in parts}
    if GROUP in parts and YEAR_GROUP in parts and nested.keys() != parts[YEAR_GROUP].keys():
        states[YEAR_GROUP] = State.SOME if hidden or REST in parts[YEAR_GROUP] else State.CROSSING
    return Inside(
        frozenset({ALONE}.union(*seen.values())),
        {ALONE: State.ALL, **states},
        {ALONE: {ALONE: total}, **parts},
    )


def _parts(persons: Mapping[str, int], total: int) -> dict[str, dict[str, int]]:
    """Persons by part of every kind; who is in no part is the rest. Parts that overlap have a negative rest."""
    parts: dict[str, dict[str, int]] = defaultdict(dict)
    for breakdown, number in persons.items():
        if breakdown != ALONE and number > 0:
            parts[kind_of(breakdown)][breakdown] = number
    for found in parts.values():
        rest = total - sum(found.values())
        if rest:
            found[REST] = rest
    return dict(parts)


def _split(parts: Mapping[str, int], fewest: int | None) -> tuple[frozenset[str], frozenset[str]]:
    """Which parts are seen, and which are hidden: none, or at least two that together pass."""
    if fewest is None or parts.get(REST, 0) < 0:
        return frozenset(), frozenset(parts)
    in_order = sorted(parts, key=lambda part: (parts[part], part))
    hidden = {part for part in in_order if parts[part] < fewest or part == REST}
    for part in in_order:
        if not hidden or (len(hidden) > 1 and sum(parts[one] for one in hidden) >= fewest):
            break
        hidden.add(part)
    return frozenset(parts) - hidden, frozenset(hidden)


def _whole(parts: Mapping[str, int], fewest: int | None) -> frozenset[str]:
    """All parts when each passes and nobody is left over, else none."""
    passes = fewest is not None and REST not in parts and all(number >= fewest for number in parts.values())
    return frozenset(parts) if passes else frozenset()


def _nesting(
    parts: Mapping[str, Mapping[str, int]], years: Mapping[str, frozenset[int]]
) -> dict[str, frozenset[str]]:
    """The groups of each year group that is a sum of whole groups: none holds another year, and the numbers agree."""
    groups = parts.get(GROUP, {})
    nested = {}
    for year, number in parts[YEAR_GROUP].items():
        found = [group for group in groups if year in {f"{YEAR_GROUP}:{one}" for one in years.get(group, ())}]
        if all(len(years[group]) == 1 for group in found) and sum(groups[one] for one in found) == number:
            nested[year] = frozenset(found)
    return nested


def _years_seen(
    parts: Mapping[str, Mapping[str, int]],
    hidden: frozenset[str],
    nested: Mapping[str, frozenset[str]],
    fewest: int | None,
) -> frozenset[str]:
    """Year groups that hold no hidden group, or all of them: so each is a sum of groups that are seen and the block."""
    numbers = parts[YEAR_GROUP]
    if GROUP not in parts:
        return _split(numbers, fewest)[0]
    return frozenset(
        year
        for year, groups in nested.items()
        if fewest is not None and numbers[year] >= fewest and (not hidden & groups or hidden <= groups)
    )


def _state(parts: Mapping[str, int], seen: frozenset[str]) -> State:
    if seen >= parts.keys():
        return State.ALL
    return State.SOME if seen else State.NOTHING
