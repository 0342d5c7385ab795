"""Names of children, drawn the same way every time from the rows of the story."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from leesbouw.core.story import Row

ACROSS = 0.06  # of the children have a first name of one row and a last name of another
INFIXES = {"van", "de", "den", "der", "het", "ten", "ter", "in", "'t", "op", "el", "al", "Al"}


class Namer:
    """Draws names for the children of one school; no two of them have the same."""

    def __init__(self, rows: Sequence[Row], chance: Random) -> None:
        self.rows, self.chance = rows, chance
        self.shares = [row["share"] for row in rows]
        self.taken: set[tuple[str, str]] = set()

    def draw(self) -> tuple[str, str, str]:
        """First name, infix and last name."""
        while True:
            row, other = self.chance.choices(self.rows, self.shares, k=2)
            first = _early(row["first"], self.chance)
            last = self.chance.choice((other if self.chance.random() < ACROSS else row)["last"])
            if (first, last) not in self.taken:
                self.taken.add((first, last))
                return (first, *parted(last))


def parted(last: str) -> tuple[str, str]:
    """The infix and the rest of a last name.

    >>> parted("van der Laan"), parted("Smit")
    (('van der', 'Laan'), ('', 'Smit'))
    """
    words = last.split(" ")
    size = next(at for at, word in enumerate(words) if word not in INFIXES)
    return " ".join(words[:size]), " ".join(words[size:])


def _early(names: Sequence[str], chance: Random) -> str:
    """One of the names; those in front more often, as some names are everywhere."""
    return names[int(len(names) * chance.random() ** 1.4)]
