"""What a phone may choose in a team session."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from leesbouw.core.numbers import whole_of

LONGEST_NOTE = 300  # of what the team knows beside the figures
LONGEST_OWN = 150  # of what a teacher adds in her own words: one sentence on a wall
LONGEST_WORDS = 200  # in which a team says what it goes on with
MOST_POINTS = 5  # that a phone may choose, however many a session asks
MOST_PHONES = 200  # in one session: no team is larger
OWN_PLACE = 99  # of what was added, after everything that the figures say


def chosen_of(sent: Iterable[str], known: Collection[int]) -> list[int]:
    """The points that were sent, each once; what is none of the known ones does not count."""
    return [number for number in whole_of(sent) if number in known]


def own_words(sent: str) -> str:
    """What somebody added, on one line and not too long."""
    return " ".join(sent.split())[:LONGEST_OWN]
