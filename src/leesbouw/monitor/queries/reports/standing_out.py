"""What stands out at a location: worked out of its figures, and read back where it is kept."""

from __future__ import annotations

from collections.abc import Sequence

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.indicators import enums
from leesbouw.indicators.queries import Shown, findings_for

from ...domain.findings import Against, Message, Sign, standing_out
from ...models import Participation
from ..talking import points_by_measure
from .lines import Line, looked_at
from .topics import by_topic

# What a figure is held against here, in the words in which it is kept.
KEPT_AS = {
    Against.BEFORE: enums.Against.LAST_TIME,
    Against.COMPARABLE: enums.Against.COMPARABLE,
    Against.GROUPS: enums.Against.GROUPS,
    Against.NOTHING: enums.Against.NOTHING,
}
HELD_AGAINST = {kept: against for against, kept in KEPT_AS.items()}


def messages_in(lines: Sequence[Line], kind: str) -> list[Message]:
    """What stands out in these lines of a round of this kind. A taste is no finding: only what teams talk about."""
    known = points_by_measure(kind)
    talked = [line for line in lines if line.measure.body.main or line.code in known]
    return standing_out([looked_at(line) for line in by_topic(talked)])


def messages_of(actor: Actor, participation: Participation, lines: Sequence[Line]) -> list[Message]:
    """What is kept as standing out, as far as this reader sees what it stands on."""
    year: SchoolYear = participation.round.year  # type: ignore[assignment]
    by_code = {line.code: line for line in lines}
    return [
        message
        for one in findings_for(actor, participation.location, year)
        if one.against in HELD_AGAINST
        and (message := Message(one.code, Sign(one.direction), HELD_AGAINST[enums.Against(one.against)]))
        and _is_seen(by_code.get(one.code), message.against)
    ]


def _is_seen(line: Line | None, against: Against) -> bool:
    if line is None or not isinstance(line.own, Shown):
        return False
    if against == Against.GROUPS:
        return len(line.shown_groups()) > 1
    other = {Against.BEFORE: line.before, Against.COMPARABLE: line.comparable, Against.NOTHING: line.own}
    return isinstance(other[against], Shown)
