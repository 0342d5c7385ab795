"""What a team brings to its report: what it can choose from, what it chose, and what it knows beside the figures."""

from __future__ import annotations

from dataclasses import dataclass

from leesbouw.core.access import Actor

from ...models import Participation, TeamNote
from ..team import notes_of
from .reading import lines_of
from .standing_out import messages_of
from .topics import TOPICS, said


@dataclass(frozen=True, slots=True)
class Proposed:
    """What stands out in words; it can be chosen."""

    measure: str
    text: str


@dataclass(frozen=True, slots=True)
class Known:
    """What a team knows about one topic of the report."""

    topic: str
    title: str
    notes: tuple[TeamNote, ...]


def proposed_points(actor: Actor, participation: Participation) -> list[Proposed]:
    """What a team can choose from, as the report says it."""
    lines = lines_of(actor, participation)
    found = [said(lines, message) for message in messages_of(actor, participation, lines)]
    return [Proposed(one.measure, one.text) for one in found]


def known_at(actor: Actor, participation: Participation) -> list[Known]:
    """What the team knows, topic by topic, in the order of the report."""
    found: dict[str, list[TeamNote]] = {}
    for note in notes_of(actor, participation):
        found.setdefault(note.topic, []).append(note)
    return [Known(code, str(title), tuple(found[code])) for code, title in TOPICS.items() if code in found]
