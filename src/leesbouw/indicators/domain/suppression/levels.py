"""From atoms to the rows of each level: municipality, library, board, comparable schools, province, nation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .blocks import Atom, Member
from .minima import Level, Minimum

LEVELS: tuple[Level, ...] = ("municipality", "library", "board", "comparable", "province", "nation")
TREE: frozenset[Level] = frozenset({"municipality", "library", "province", "nation"})
Key = int | str | None
Pool = tuple[int | None, int | None]  # a library, and a municipality of it


@dataclass(frozen=True, slots=True)
class Place:
    """To whom a location belonged in the year; `band` are the schools that it may be compared with."""

    location: int
    municipality: int
    library: int | None
    board: int | None
    province: int
    nation: int
    band: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """A row of one level: the locations of its atoms, and whether they are too few to show."""

    level: Level
    key: int | str
    locations: Atom
    too_few: bool


def key_of(place: Place, level: Level) -> Key:
    """Which row of a level a location belongs to; None or "" when to none."""
    return place.band if level == "comparable" else getattr(place, level)  # type: ignore[no-any-return]


def pool_of(place: Place, *, within_library: bool) -> Pool:
    """Where a location may share a block: its library and municipality, or its library."""
    return place.library, None if within_library else place.municipality


def counted_pools(
    atoms: Mapping[Pool, list[Atom]], members: Mapping[int, Member], locations: int
) -> set[Pool]:
    """The pools that count in any total of the tree: those of which each part stands on enough locations.

    So a municipality that may not be shown is in no total above it either, and is no difference of two totals.
    """
    return {
        pool
        for pool, found in atoms.items()
        if found and fewest_locations(frozenset().union(*found), members) >= locations
    }


def fewest_locations(locations: Atom, members: Mapping[int, Member]) -> int:
    """At how many locations the part is that is at the fewest."""
    spread: dict[str, int] = defaultdict(int)
    for location in locations:
        for part in members[location].parts:
            spread[part] += 1
    return min(spread.values(), default=0)


def spread(
    atoms: Mapping[Pool, list[Atom]],
    members: Mapping[int, Member],
    places: Mapping[int, Place],
    minima: Mapping[Level, Minimum],
) -> list[Spread]:
    """Every row of every level. `minima` has the levels at which this breakdown is shown at all.

    Municipality, library, province and nation are sums of whole pools. Boards and comparable schools run across them:
    they are sums of the atoms that lie wholly inside.
    """
    pool_minimum = minima.get("municipality") or minima.get("library")
    counting = counted_pools(atoms, members, pool_minimum.locations) if pool_minimum else set()
    rows = []
    for level, minimum in minima.items():
        if level == "location":
            continue
        pools = counting if level in TREE else atoms.keys()
        found = (atom for pool in pools for atom in atoms[pool])
        for key, locations in sorted(_by_key(found, places, level).items(), key=str):
            few = fewest_locations(locations, members) < minimum.locations
            rows.append(Spread(level, key, locations, few))
    return rows


def _by_key(atoms: Iterable[Atom], places: Mapping[int, Place], level: Level) -> dict[int | str, Atom]:
    rows: dict[int | str, set[int]] = defaultdict(set)
    for atom in atoms:
        keys = {key_of(places[location], level) for location in atom}
        if len(keys) == 1 and (key := keys.pop()):
            rows[key] |= atom
    return {key: frozenset(locations) for key, locations in rows.items()}
