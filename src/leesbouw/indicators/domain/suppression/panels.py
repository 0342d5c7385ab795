"""Equal panels: the same locations in two years, beside the totals of each year.

Both stand on one page, so what one holds and the other does not can be computed. A panel is therefore made pool by
pool: of pools that count in both years, and so that what is left of the pool in either year is nothing, or enough
locations as well. Municipality, library, province and nation are sums of the pools of a library in a municipality; a
municipality with one school is in no panel, as it is in no total. Boards run across those: each is a pool of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass

from .blocks import Atom
from .levels import Place

PoolOf = Callable[[Place], Hashable]  # the name of the pool of a location; None is no pool


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts of a measure in one year: locations that stand alone with their persons, and blocks."""

    alone: Mapping[int, int]
    blocks: Iterable[Atom]
    places: Mapping[int, Place]

    def pools(self, pool_of: PoolOf, locations: int) -> dict[Hashable, Atom]:
        """The pools that count in a total: `locations` of them or more, alone or in a block that lies wholly inside."""
        pools: dict[Hashable, set[int]] = defaultdict(set)
        for atom in [*(frozenset({one}) for one in self.alone), *self.blocks]:
            names = {pool_of(self.places[one]) if one in self.places else None for one in atom}
            if len(names) == 1 and (name := names.pop()) is not None:
                pools[name] |= atom
        return {name: frozenset(found) for name, found in pools.items() if len(found) >= locations}


def panel(one: Counted, other: Counted, pool_of: PoolOf, locations: int) -> dict[Hashable, Atom]:
    """The locations of the panel in each pool. Where one would be left over, the smallest of the panel go to it."""
    found = {}
    pools = (one.pools(pool_of, locations), other.pools(pool_of, locations))
    for name in pools[0].keys() & pools[1].keys():
        totals = (pools[0][name], pools[1][name])
        both = totals[0] & totals[1] & one.alone.keys() & other.alone.keys()
        in_order = sorted(both, key=lambda location: (one.alone[location], location))
        for out in range(locations + 1):
            kept = frozenset(in_order[out:])
            left = [len(total - kept) for total in totals]
            if len(kept) >= locations and all(not number or number >= locations for number in left):
                found[name] = kept
                break
    return found
