"""The quality cycle of a location in a year: planning, doing, measuring, adjusting; what is done and what is next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leesbouw.monitor.models import Participation
from leesbouw.network.enums import TalkKind
from leesbouw.network.models import Conversation
from leesbouw.plans.queries import YearGlance


class Turn(StrEnum):
    """The four parts of the ring, in their order."""

    PLAN = "plan"
    DO = "do"
    CHECK = "check"
    ACT = "act"


@dataclass(frozen=True, slots=True)
class CyclePart:
    """One part: `part` of it is done (0-1), and `text` says it in words."""

    turn: Turn
    name: str
    text: str
    part: float
    icon: str


@dataclass(frozen=True, slots=True)
class Cycle:
    """The ring of a year. `now` is the first part that is not done."""

    parts: Sequence[CyclePart]

    @property
    def now(self) -> CyclePart:
        return next((one for one in self.parts if one.part < 1), self.parts[-1])


def cycle_of(glance: YearGlance, measured: Participation | None, evaluation: date | None) -> Cycle:
    """The ring from the year plan, its activities, the Monitor of this year and the evaluation talk."""
    return Cycle((_plan(glance), _do(glance), _check(measured), _act(glance, evaluation)))


def _day(day: date | datetime) -> str:
    return date_format(day, "j F")


def _plan(glance: YearGlance) -> CyclePart:
    if glance.agreed_at:
        text, part = _("agreed on %(day)s") % {"day": _day(glance.agreed_at)}, 1.0
    elif glance.sent_at:
        text, part = _("with the team since %(day)s") % {"day": _day(glance.sent_at)}, 0.75
    elif glance.begun:
        text, part = _("the year plan is being written"), 0.5
    else:
        text, part = _("no year plan yet"), 0.0
    return CyclePart(Turn.PLAN, _("Planning"), text, part, "edit")


def _do(glance: YearGlance) -> CyclePart:
    if not glance.count:
        return CyclePart(Turn.DO, _("Doing"), _("no activities yet"), 0.0, "todo")
    values = {"done": glance.done, "count": glance.count}
    text = _("%(done)s of %(count)s activities") % values
    return CyclePart(Turn.DO, _("Doing"), text, glance.done / glance.count, "todo")


def _check(measured: Participation | None) -> CyclePart:
    name = _("Measuring")
    if measured is None:
        return CyclePart(Turn.CHECK, name, _("no Monitor this year"), 0.0, "monitor")
    if measured.closed_on:
        text = _("Monitor done on %(day)s") % {"day": _day(measured.closed_on)}
        return CyclePart(Turn.CHECK, name, text, 1.0, "monitor")
    text = _("Monitor from %(day)s") % {"day": _day(measured.round.opens_on)}
    return CyclePart(Turn.CHECK, name, text, 0.0, "monitor")


def _act(glance: YearGlance, evaluation: date | None) -> CyclePart:
    told = sum(one.evaluation is not None for one in glance.goals)
    if glance.goals and told:
        values = {"told": told, "count": len(glance.goals)}
        text = _("%(told)s of %(count)s goals looked back on") % values
        return CyclePart(Turn.ACT, _("Adjusting"), text, told / len(glance.goals), "talks")
    text = (
        _("talk on %(day)s") % {"day": _day(evaluation)} if evaluation else _("no talk to look back planned")
    )
    return CyclePart(Turn.ACT, _("Adjusting"), text, 0.0, "talks")


def evaluation_day(coming: Sequence[Conversation]) -> date | None:
    """The day of the first evaluation talk of these."""
    days = (one.planned_on for one in coming if one.kind == TalkKind.EVALUATION)
    return next((day for day in days if day), None)
