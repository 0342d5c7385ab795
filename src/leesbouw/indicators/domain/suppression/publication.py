"""Everything that leaves of one measure in one year: what is seen inside each school, and the rows of every level."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .blocks import Atom, Member, atoms_of
from .inside import REST, Inside, look_inside
from .levels import LEVELS, Place, Pool, counted_pools, pool_of, spread
from .minima import ALONE, Level, Minimum, SuppressionRules

Atoms = dict[Pool, list[Atom]]


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of one level: the sum of the cells of these locations. `key` is the id of a unit, or a band of schools."""

    level: Level
    key: int | str
    breakdown: str
    locations: Atom
    too_few: bool


@dataclass(frozen=True, slots=True)
class Publication:
    """`blocks` by kind of breakdown, to be kept for the next time: those of now, and those of before that rest."""

    inside: Mapping[int, Inside]
    rows: list[Row] = field(default_factory=list)
    blocks: dict[str, list[Atom]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Publisher:
    """Whose figures and how large they must be: the population, and whether the measure is a main one."""

    rules: SuppressionRules
    population: str
    main: bool

    def look_inside(self, persons: Mapping[str, int], years: Mapping[str, frozenset[int]]) -> Inside:
        """What one school shows; see `look_inside`."""
        return look_inside(persons, self.fewest_inside, years)

    def publish(
        self,
        persons: Mapping[int, Mapping[str, int]],
        years: Mapping[str, frozenset[int]],
        places: Mapping[int, Place],
        kept: Mapping[str, Iterable[Atom]] | None = None,
    ) -> Publication:
        """What leaves of the schools of which `persons` counts the base by breakdown.

        A school without a place is seen inside and counts nowhere else. Breakdowns are made of the atoms of everybody
        together, so that the parts of an atom always add up to a figure that may be seen.
        """
        kept = {kind: list(blocks) for kind, blocks in (kept or {}).items()}
        result = Publication(
            {location: self.look_inside(found, years) for location, found in persons.items()},
            blocks={kind: list(blocks) for kind, blocks in kept.items()},
        )
        members = _members(result.inside, places, ALONE)
        singles = _pools([frozenset({location}) for location in members], places, within_library=False)
        whole = self._atoms(ALONE, members, singles, kept)
        self._spread(result, ALONE, members, whole, places)
        counting = counted_pools(whole, members, self.fewest_in_pool)
        for kind in sorted({kind for found in result.inside.values() for kind in found.parts} - {ALONE}):
            units = whole
            if "municipality" not in self.minima(kind):
                counted = [atom for pool in counting for atom in whole[pool]]
                units = _pools(counted, places, within_library=True)
            members = _members(result.inside, places, kind)
            self._spread(result, kind, members, self._atoms(kind, members, units, kept), places)
        return result

    def _atoms(
        self,
        kind: str,
        members: Mapping[int, Member],
        units: Atoms,
        kept: Mapping[str, Iterable[Atom]],
    ) -> Atoms:
        persons = max((one.persons for one in self.minima(kind).values()), default=0)
        return {pool: atoms_of(members, found, persons, kept.get(kind, ())) for pool, found in units.items()}

    def _spread(
        self,
        result: Publication,
        kind: str,
        members: Mapping[int, Member],
        atoms: Atoms,
        places: Mapping[int, Place],
    ) -> None:
        known = result.blocks.setdefault(kind, [])
        known += [
            atom for of_pool in atoms.values() for atom in of_pool if len(atom) > 1 and atom not in known
        ]
        for one in spread(atoms, members, places, self.minima(kind)):
            by_part: dict[str, set[int]] = defaultdict(set)
            for location in one.locations:
                for part in members[location].parts.keys() - {REST}:
                    by_part[part].add(location)
            result.rows.extend(
                Row(one.level, one.key, part, frozenset(locations), one.too_few)
                for part, locations in sorted(by_part.items())
            )

    def fewest_inside(self, kind: str) -> int | None:
        """The fewest persons that are seen inside a school; None where this kind never is."""
        found = self.rules.minimum("location", self.population, kind, main=self.main)
        return found.persons if found else None

    def minima(self, kind: str) -> dict[Level, Minimum]:
        found = {level: self.rules.minimum(level, self.population, kind, main=self.main) for level in LEVELS}
        return {level: minimum for level, minimum in found.items() if minimum is not None}

    @property
    def fewest_makers(self) -> int:
        """Of how many people a number must be the work, where it is somebody's work."""
        return max((one.makers for one in self.minima(ALONE).values()), default=0)

    @property
    def fewest_in_pool(self) -> int:
        """The fewest locations of a library in a municipality that count in any total."""
        minima = self.minima(ALONE)
        return (minima.get("municipality") or minima.get("library") or Minimum(1, 1)).locations


def standing_alone(inside: Mapping[int, Inside], persons: int) -> Atom:
    """The locations of which everybody together passes on its own."""
    return frozenset(
        location for location, found in inside.items() if found.shown and found.parts[ALONE][ALONE] >= persons
    )


def _members(inside: Mapping[int, Inside], places: Mapping[int, Place], kind: str) -> dict[int, Member]:
    return {
        location: Member(location, found.parts[kind], found.states[kind])
        for location, found in inside.items()
        if location in places and any(found.parts.get(kind, {}).values())
    }


def _pools(atoms: Iterable[Atom], places: Mapping[int, Place], *, within_library: bool) -> Atoms:
    pools: Atoms = defaultdict(list)
    for atom in atoms:
        pools[pool_of(places[min(atom)], within_library=within_library)].append(atom)
    return dict(pools)
