"""The task list of a new school year at a location: what is open when, how far each step is, what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.core.content import Body, content_kinds, current
from leesbouw.core.registry import Todo
from leesbouw.core.time import SchoolYear, today

from ..domain import LastGroup, NextGroup, next_groups
from ..enums import StepStatus, UnitKind
from ..models import ClassGroup, Location, YearTrace, YearTransition
from ..permissions import EDIT_GROUPS
from ..year_steps import YearStep, YearStepState, in_order

KIND = "year-season"
TAGS = {
    StepStatus.NOT_BEGUN: "neutral",
    StepStatus.BUSY: "wait",
    StepStatus.MISSING: "let",
    StepStatus.DONE: "ok",
}


class SeasonBody(Body):
    """First and last day of the season, as month-day."""

    opens_on: str
    closes_on: str


content_kinds.add(KIND, SeasonBody)


def season_of(first: int) -> tuple[date, date]:
    """First and last day on which the list of the school year that begins in `first` opens by itself."""
    body: SeasonBody = current(KIND, "season").body
    return date.fromisoformat(f"{first}-{body.opens_on}"), date.fromisoformat(f"{first}-{body.closes_on}")


def season_status() -> str:
    """Where the days of the season come from: officieel, lokaal or voorbeeld."""
    return current(KIND, "season").status


def year_of_season(day: date) -> SchoolYear | None:
    """The school year that is set up on this day; None outside the season."""
    opens_on, closes_on = season_of(day.year)
    return SchoolYear(day.year) if opens_on <= day <= closes_on else None


def is_open_for(year: SchoolYear, day: date | None = None) -> bool:
    """Whether it is the season of this school year on a day."""
    opens_on, closes_on = season_of(year.first)
    return opens_on <= (day or today()) <= closes_on


def may_begin(year: SchoolYear) -> bool:
    """Whether one may begin this year now: only the running school year and the one after it, in season or not."""
    return year in (SchoolYear.running(), SchoolYear.running().next)


def transition_of(actor: Actor, location: Location, year: SchoolYear) -> YearTransition | None:
    """The transition that is not taken back, if one was begun."""
    rows = YearTransition.objects.visible_to(actor).filter(location=location, year=year, taken_back_at=None)
    return rows.first()


def open_transition(actor: Actor, location: Location) -> YearTransition | None:
    """The newest transition of a location that was begun and is not finished."""
    rows = YearTransition.objects.visible_to(actor).filter(
        location=location, taken_back_at=None, finished_at=None
    )
    return rows.first()


def trace_of(transition: YearTransition, step: str) -> YearTrace | None:
    """What a step of this transition did."""
    return YearTrace.objects.filter(transition=transition, step=step).first()


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as the page shows it."""

    number: int
    code: str
    step: YearStep
    state: YearStepState
    url: str

    @property
    def is_done(self) -> bool:
        return self.state.status == StepStatus.DONE

    def shown(self) -> dict[str, Any]:
        """As the task list of a page takes it."""
        return {
            "number": self.number,
            "label": self.step.label,
            "what": "" if self.state.sentence else self.step.what,
            "sentence": self.state.sentence,
            "status": self.state.status.label,
            "tag": TAGS[self.state.status],
            "url": self.url,
        }


def step_lines(actor: Actor, location: Location, year: SchoolYear) -> list[StepLine]:
    """The steps this actor does at this kind of location, in their order."""
    mine = [
        (code, step)
        for code, step in in_order()
        if step.is_for(location) and (not step.permission or actor.may(step.permission))
    ]
    return [
        StepLine(number, code, step, step.state(actor, location, year), step.url(actor, location, year))
        for number, (code, step) in enumerate(mine, 1)
    ]


def next_step(lines: Sequence[StepLine]) -> StepLine | None:
    """The one thing to do now: the first step that is not done."""
    return next((line for line in lines if not line.is_done), None)


def blocks_of(actor: Actor, transition: YearTransition) -> list[str]:
    """Everything that stands in the way of taking the transition back, each in a sentence."""
    return [str(text) for _code, step in in_order() for text in step.blocks(actor, transition)]


def new_year_url(location: Location, year: SchoolYear, name: str = "new-year") -> str:
    """The address of a page of the task list, with its year."""
    return f"{reverse(f'organisations:{name}', args=[location.place, location.code])}?jaar={year}"


@dataclass(frozen=True, slots=True)
class GroupOffer:
    """A line of the table of groups: one that is there already (`id`), or one that we propose."""

    name: str
    year_groups: tuple[int, ...]
    follows: int | None
    id: int | None = None

    @property
    def key(self) -> str:
        """Names the line in a form; the same until somebody saves."""
        years = "-".join(map(str, self.year_groups))
        return f"g{self.id}" if self.id else f"f{self.follows or 0}-{years}"


def last_groups(actor: Actor, location: Location, year: SchoolYear) -> list[ClassGroup]:
    """The groups of the year before."""
    rows = ClassGroup.objects.visible_to(actor).filter(location=location, year=year.previous)
    return list(rows.order_by("name"))


def group_offers(actor: Actor, location: Location, year: SchoolYear) -> list[GroupOffer]:
    """The groups of the new year: those that are there; before anybody saved also those that follow last year's."""
    there = ClassGroup.objects.visible_to(actor).filter(location=location, year=year)
    offers = [
        GroupOffer(group.name, tuple(group.year_groups), group.follows_id, group.pk)
        for group in there.order_by("name")
    ]
    transition = transition_of(actor, location, year)
    if transition is not None and trace_of(transition, "groups"):
        return offers
    taken = {offer.name.casefold() for offer in offers}
    last = [
        LastGroup(group.pk, group.name, tuple(group.year_groups))
        for group in last_groups(actor, location, year)
    ]
    proposals: list[NextGroup] = next_groups(last, location.sector)
    offers += [
        GroupOffer(one.name, one.year_groups, one.follows)
        for one in proposals
        if one.name.casefold() not in taken
    ]
    return sorted(offers, key=lambda offer: (offer.year_groups or (0,), offer.name))


def without_follower(actor: Actor, location: Location, year: SchoolYear) -> list[ClassGroup]:
    """Groups of last year that no group of this year follows: their children leave, or go to several groups."""
    followed = ClassGroup.objects.visible_to(actor).filter(location=location, year=year)
    ids = set(followed.values_list("follows_id", flat=True))
    return [group for group in last_groups(actor, location, year) if group.pk not in ids]


def new_year_todos(actor: Actor) -> list[Todo]:
    """For who sets up her own location's new school year, while it is the season: the next step."""
    year = year_of_season(today())
    if year is None or actor.unit_kind != UnitKind.LOCATION or not actor.may(EDIT_GROUPS):
        return []
    location = Location.objects.visible_to(actor).filter(pk=actor.unit_id, closed_on=None).first()
    if location is None:
        return []
    transition = transition_of(actor, location, year)
    if transition is not None and transition.finished_at is not None:
        return []
    line = next_step(step_lines(actor, location, year)) if transition else None
    label = str(line.step.label) if line else _("begin")
    return [
        Todo(
            title=_("New school year %(year)s: %(step)s")
            % {"year": str(year).replace("-", "–"), "step": label[:1].lower() + label[1:]},
            url=new_year_url(location, year),
            due_on=year.starts_on,
            icon="calendar",
            subtitle=location.name,
        )
    ]
