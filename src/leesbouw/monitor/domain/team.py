"""What a phone may choose in a team session."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from leesbouw.core.numbers import whole_of

LONGEST_NOTE = 300  # of what the team knows beside the figures
LONGEST_OWN = 150  # of what a teacher adds in her own words: one sentence on a wall
LONGEST_WORDS = 200  # in which a team says what it goes on with
MOST_POINTS = 5  # that a phone may choose, however many a session asks
MOST_PHONES = 200  # in one session: no team is larger
OWN_PLACE = 99  # of what was added, after everything that the figures say


@dataclass(frozen=True, slots=True)
class Choice:
    """What a phone chose: the ids of points, in order, and what it added in its own words."""

    points: tuple[int, ...] = ()
    own: str = ""

    def __len__(self) -> int:
        return len(self.points) + bool(self.own)


def choice_of(sent: Iterable[str], own: str, known: Collection[int]) -> Choice:
    """The points that were sent, each once, without what is none of the known ones; its own words on one short line."""
    points = {number for number in whole_of(sent) if number in known}
    return Choice(tuple(sorted(points)), " ".join(own.split())[:LONGEST_OWN])
