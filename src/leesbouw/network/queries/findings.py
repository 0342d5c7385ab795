"""What one can bring to a talk: findings of the Monitor, how goals stand, and bouwstenen that moved; each with its source.

Every figure in it comes out of `indicators.figures`, so what is hidden from the reader is no finding either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.monitor.permissions import REPORT
from leesbouw.monitor.queries import last_measured, points_by_measure, school_report, shows_locations
from leesbouw.organisations.models import Location
from leesbouw.plans.permissions import VIEW_BLOCKS
from leesbouw.plans.queries import GoalStanding, goal_sentence, standings
from leesbouw.rendering.charts import Chart

from ..domain import MOST_FINDINGS
from ..models import Conversation, TalkPreparation

OWN = "own"  # the code of a finding that the consultant wrote herself


@dataclass(frozen=True, slots=True)
class Found:
    """A finding to talk about: where it comes from, on what it rests, a picture of it and a question to ask."""

    code: str
    text: str
    source: str
    url: str = ""
    base: str = ""
    question: str = ""
    chart: Chart | None = None


def found_for(
    actor: Actor, location: Location, goals: Sequence[GoalStanding], year: SchoolYear
) -> list[Found]:
    """Everything that can be brought to a talk with a location, what matters most first."""
    return [*_of_monitor(actor, location), *_of_goals(goals), *_of_blocks(actor, location, year)]


def _of_monitor(actor: Actor, location: Location) -> Iterator[Found]:
    """ "In one minute" of the newest report."""
    row = last_measured(actor, location.pk) if actor.may(REPORT) and shows_locations(actor) else None
    if row is None:
        return
    report = school_report(actor, row)
    pictures = {code: chart for topic in report.topics for code, chart in topic.pictures}
    points = points_by_measure(row.round.kind)
    for said in report.minute:
        point = points.get(said.measure)
        yield Found(
            code=f"monitor:{said.measure}",
            text=said.text,
            source=str(row.round),
            url=reverse("monitor:report", args=[row.pk]),
            base=said.base,
            question=point.question if point else "",
            chart=pictures.get(said.measure),
        )


def _of_goals(goals: Sequence[GoalStanding]) -> Iterator[Found]:
    for one in goals:
        yield Found(f"goal:{one.goal.pk}", goal_sentence(one), _("Goals"), one.url)


def _of_blocks(actor: Actor, location: Location, year: SchoolYear) -> Iterator[Found]:
    """Bouwstenen that moved since last year."""
    if not actor.may(VIEW_BLOCKS) or location.pk not in actor.locations:
        return
    for one in standings(actor, location, year):
        if one.change:
            words = (
                _("%(block)s is further than last year: %(status)s")
                if one.change > 0
                else _("%(block)s is less far than last year: %(status)s")
            )
            text = words % {"block": one.block.name, "status": one.status.label}
            yield Found(f"block:{one.block.code}", text, _("Building blocks"), one.url)


def preparation_row(actor: Actor, talk: Conversation) -> TalkPreparation | None:
    """What somebody chose to bring to a talk; None while nobody chose."""
    return TalkPreparation.objects.visible_to(actor).filter(conversation=talk.pk).first()


def chosen_of(found: Sequence[Found], row: TalkPreparation | None) -> list[Found]:
    """What is brought along: as it was chosen and worded, else the first three. What is no longer there and was not put
    into words of one's own is left out."""
    if row is None:
        return list(found[:MOST_FINDINGS])
    by_code = {one.code: one for one in found}
    return [one for kept in row.findings if (one := _as_kept(by_code.get(kept["code"]), kept)) is not None]


def _as_kept(one: Found | None, kept: dict[str, Any]) -> Found | None:
    words = kept.get("text", "")
    if one is None:
        return Found(kept["code"], words, _("In our own words")) if words else None
    return replace(one, text=words) if words else one
