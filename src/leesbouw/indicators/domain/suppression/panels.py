"""Equal panels: the same locations in two years, beside the totals of each year.

Both stand on one page, so what one holds and the other does not can be computed. A panel is therefore made pool by
pool: of pools that count in both years, and so that what is left of the pool in either year is nothing, or enough
locations as well. A municipality with one school is in no panel, as it is in no total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .blocks import Atom
from .levels import Place, Pool, pool_of


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts of a measure in one year: locations that stand alone with their persons, and all of each pool."""

    alone: Mapping[int, int]
    pools: Mapping[Pool, Atom]


def counted(
    alone: Mapping[int, int], blocks: Iterable[Atom], places: Mapping[int, Place], locations: int
) -> Counted:
    """The pools that count in any total: `locations` of them or more, alone or in a block."""
    pools: dict[Pool, set[int]] = defaultdict(set)
    for atom in [*(frozenset({one}) for one in alone), *blocks]:
        if atom <= places.keys():
            pools[pool_of(places[min(atom)], within_library=False)] |= atom
    return Counted(
        alone, {pool: frozenset(found) for pool, found in pools.items() if len(found) >= locations}
    )


def panel(one: Counted, other: Counted, locations: int) -> dict[Pool, Atom]:
    """The locations of the panel in each pool. Where one would be left over, the smallest of the panel go to it."""
    found = {}
    for pool in one.pools.keys() & other.pools.keys():
        totals = (one.pools[pool], other.pools[pool])
        both = totals[0] & totals[1] & one.alone.keys() & other.alone.keys()
        in_order = sorted(both, key=lambda location: (one.alone[location], location))
        for out in range(locations + 1):
            kept = frozenset(in_order[out:])
            left = [len(total - kept) for total in totals]
            if len(kept) >= locations and all(not number or number >= locations for number in left):
                found[pool] = kept
                break
    return found
