"""The bouwstenen as content: what each is about, its good practices, known challenges and possible solutions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from leesbouw.core.content import Body, all_current, content_kinds
from leesbouw.organisations.enums import Sector, UnitKind
from leesbouw.organisations.models import Location, Unit

from ..enums import BlockOf, Side

BLOCKS, FACTORS = "building-block", "effect-factors"


class Practice(Body):
    """A good practice, as a statement that one answers. `ours` when the handbook does not name it."""

    code: str
    text: str
    sectors: tuple[Sector, ...] = ()
    ours: bool = False


class Challenge(Body):
    """What often stands in the way, and at whom."""

    code: str
    party: Literal["municipality", "board", "organisation", "school", "location", "library"]
    text: str
    sectors: tuple[Sector, ...] = ()
    ours: bool = False


class Solution(Body):
    """What helps against which challenges, and what then stands on the list of things to do."""

    code: str
    text: str
    how: str
    action: str
    side: Side
    answers: tuple[str, ...]
    sectors: tuple[Sector, ...] = ()
    ours: bool = False


class Related(Body):
    block: str
    why: str


class BlockBody(Body):
    """One bouwsteen. `position` is its place in the wall; `sectors` empty means every sector of its kind."""

    name: str
    of: BlockOf
    position: int
    about: str
    related: tuple[Related, ...] = ()
    practices: tuple[Practice, ...]
    challenges: tuple[Challenge, ...]
    solutions: tuple[Solution, ...]


class Factor(Body):
    """What makes a bouwsteen work. `ours` when the handbook does not say so."""

    block: str
    text: str
    ours: bool = False


class FactorsBody(Body):
    factors: tuple[Factor, ...]


content_kinds.add(BLOCKS, BlockBody)
content_kinds.add(FACTORS, FactorsBody)


def factors_of(block: Block) -> tuple[list[Factor], str, str]:
    """What makes the difference at a bouwsteen, with where it comes from and its status; nothing where no source says it."""
    for item in all_current(FACTORS).values():
        found = [one for one in item.body.factors if one.block == block.code]
        if found:
            return found, item.source, item.status
    return [], "", ""


@dataclass(frozen=True, slots=True)
class Block:
    """A bouwsteen as one unit sees it: only what is meant for its sector."""

    code: str
    name: str
    about: str
    practices: Sequence[Practice]
    challenges: Sequence[Challenge]
    solutions: Sequence[Solution]
    related: Sequence[Related]
    source: str
    status: str


def kind_of_blocks(unit: Unit) -> BlockOf | None:
    """Which bouwstenen a unit has; None for whoever has none, such as a board."""
    if unit.kind == UnitKind.LIBRARY:
        return BlockOf.LIBRARY
    if not isinstance(unit, Location):
        return None
    return BlockOf.SCHOOL if unit.is_school else BlockOf.CHILDCARE


def blocks_of_kind(of: BlockOf, sector: str = "") -> list[Block]:
    """The bouwstenen of a kind in their order; with a sector only what is meant for that."""
    bodies = [(code, item, item.body) for code, item in all_current(BLOCKS).items() if item.body.of == of]
    return [
        Block(
            code=code,
            name=body.name,
            about=body.about,
            practices=_meant_for(sector, body.practices),
            challenges=_meant_for(sector, body.challenges),
            solutions=_meant_for(sector, body.solutions),
            related=body.related,
            source=item.source,
            status=item.status,
        )
        for code, item, body in sorted(bodies, key=lambda found: found[2].position)
    ]


def blocks_of(unit: Unit) -> list[Block]:
    """The bouwstenen of a unit in their order; empty for whoever has none."""
    of = kind_of_blocks(unit)
    return blocks_of_kind(of, getattr(unit, "sector", "")) if of else []


def block_of(unit: Unit, code: str) -> Block:
    """One bouwsteen of a unit. Raises LookupError."""
    for block in blocks_of(unit):
        if block.code == code:
            return block
    raise LookupError(f"no bouwsteen {code}")


def _meant_for(sector: str, items):  # type: ignore[no-untyped-def]
    return [item for item in items if not (sector and item.sectors) or sector in item.sectors]
