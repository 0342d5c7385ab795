"""What a class builds on the board: a house with as many blocks as there are pupils. It counts and names nobody."""

from __future__ import annotations

import math
from dataclasses import dataclass

SIDE, GAP = 48, 4  # of a block, in the units of the drawing
COLOURS = 6


@dataclass(frozen=True, slots=True)
class Block:
    """A place in the house, its top left corner; `is_top` is drawn as a roof."""

    x: float
    y: float
    colour: int
    is_top: bool = False


@dataclass(frozen=True, slots=True)
class House:
    width: float
    height: float
    blocks: tuple[Block, ...]


def house(number: int) -> House:
    """Blocks in the order in which they are laid: from the ground up, each row narrower, the last row a roof."""
    rows = _rows(max(number, 1))
    wide, pitch = rows[0], SIDE + GAP
    high = len(rows)
    blocks = tuple(
        Block(
            x=(wide - size) * pitch / 2 + place * pitch,
            y=(high - 1 - level) * pitch,
            colour=(place * 2 + level * 3) % COLOURS,
            is_top=level == high - 1,
        )
        for level, size in enumerate(rows)
        for place in range(size)
    )
    return House(wide * pitch - GAP, high * pitch - GAP, blocks[:number])


def _rows(number: int) -> list[int]:
    """How many blocks each row has, the ground first; two rows of a width, then one block less."""
    width, rows = math.ceil(math.sqrt(number * 2.2)), list[int]()
    while number > 0:
        size = min(number, max(1, width - len(rows) // 2))
        rows.append(size)
        number -= size
    return rows
