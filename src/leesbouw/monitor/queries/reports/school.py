"""The report of one school and one round: in one minute, topic by topic, and what a team can talk about."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.indicators.queries import Shown

from ...domain.findings import Against, Message, minute_of
from ...domain.progress import Standing
from ...models import Participation, TalkingPoint
from ..progress import standing_of_one
from ..talking import Point, points_by_measure
from ..team import kept_points
from .lines import Line
from .own_questions import own_topic
from .reading import lines_of
from .standing_out import messages_of
from .team import Known, known_at
from .topics import Said, Topic, rank, said, topics_of

MOST_POINTS = 3


@dataclass(frozen=True, slots=True)
class SchoolReport:
    participation: Participation
    standing: Standing
    minute: tuple[Said, ...]
    topics: tuple[Topic, ...]
    points: tuple[Point, ...]
    chosen: tuple[TalkingPoint, ...] = ()  # what the team goes on with, in its words
    known: tuple[Known, ...] = ()  # what it knows beside the figures


def school_report(actor: Actor, participation: Participation, *, more: Collection[str] = ()) -> SchoolReport:
    """The report of a location that closed. What is hidden stays hidden, whoever looks.

    `more` are the topics of which every question is in it, and the years before; of the others what matters most.
    """
    lines = lines_of(actor, participation, more)
    known = points_by_measure(participation.round.kind)
    messages = messages_of(actor, participation, lines)
    topics = list(
        topics_of(
            sorted(lines, key=lambda line: rank(line, list(known))),
            more,
            nothing=_("These questions were not asked."),
        )
    )
    own = own_topic(actor, participation, len(topics) + 1)
    return SchoolReport(
        participation=participation,
        standing=standing_of_one(actor, participation),
        minute=tuple(said(lines, message) for message in minute_of(messages)),
        topics=(*topics, *([own] if own else [])),
        points=tuple(_points(lines, messages, known)),
        chosen=tuple(kept_points(actor, participation)),
        known=tuple(known_at(actor, participation)),
    )


def earlier_reports(actor: Actor, participation: Participation) -> list[Participation]:
    """The other reports of the same location, the newest first."""
    rows = Participation.objects.visible_to(actor).filter(
        location=participation.location_id, closed_on__isnull=False
    )
    return list(rows.exclude(pk=participation.pk).select_related("round").order_by("-round__year"))


def _points(lines: Sequence[Line], messages: Sequence[Message], known: dict[str, Point]) -> Iterator[Point]:
    """Of what stands out first, then of the main measures, until there are three."""
    main = [line.code for line in lines if line.measure.body.main and isinstance(line.own, Shown)]
    wanted = [message.measure for message in messages if message.against != Against.NOTHING] + main
    found = [known[code] for code in dict.fromkeys(wanted) if code in known]
    yield from found[:MOST_POINTS]
