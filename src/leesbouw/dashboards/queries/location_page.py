"""Everything that the page of one location shows, gathered once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from leesbouw.activities.models import Visit
from leesbouw.activities.queries import visits_at
from leesbouw.core.access import Actor
from leesbouw.core.asked import once
from leesbouw.core.registry import OtherTalk, other_talks
from leesbouw.core.time import SchoolYear, today
from leesbouw.monitor.models import Participation
from leesbouw.monitor.queries import measured_in, shows_locations
from leesbouw.network.models import Conversation
from leesbouw.network.queries import talks_in
from leesbouw.organisations.domain import review_is_due
from leesbouw.organisations.enums import CheckOutcome, Domain, Gate, Outcome, Sector
from leesbouw.organisations.models import GateDecision, Location, Partnership
from leesbouw.organisations.queries import (
    AgreementStanding,
    agreement_standing,
    partnership_for,
    partnership_history,
    phases,
)
from leesbouw.people.queries import StaffLine, UnitPeople, consultants_of, people_of
from leesbouw.plans.queries import (
    RouteLine,
    Standing,
    UnitActions,
    YearGlance,
    route_lines,
    standings,
    unit_actions,
    year_glance,
)
from leesbouw.pupils.queries import RequestNumbers, pupil_counts, request_numbers, sees_pupils

from ..enums import Moment
from ..permissions import (
    REPORT,
    VIEW_ACTIONS,
    VIEW_AGREEMENT,
    VIEW_BLOCKS,
    VIEW_CONTACTS,
    VIEW_PARTNERSHIP,
    VIEW_PLANS,
    VIEW_STAFF,
    VIEW_TALKS,
)
from .cycle import Cycle, cycle_of, evaluation_day
from .locations import runs_out_within, works_at_library
from .timeline import Timeline, timeline_of


@dataclass(frozen=True, slots=True)
class GateLine:
    """The newest answer to a go / no-go question."""

    row: GateDecision

    @property
    def is_no(self) -> bool:
        return self.row.outcome == Outcome.NO

    @property
    def review_due(self) -> bool:
        return self.row.reviewed_by_id is None and review_is_due(
            outcome=self.row.outcome, review_on=self.row.review_on, today=today()
        )


@dataclass(frozen=True, slots=True)
class Cooperation:
    """The partnership as its page tells it."""

    row: Partnership
    steps: list[str]
    step: int  # counted from one
    step_text: str
    domains: list[str]
    gates: list[GateLine]
    consultants: list[StaffLine]
    checked: str  # this year's answer, or empty
    is_running_out: bool
    is_expired: bool


@dataclass(frozen=True, slots=True)
class PupilNumbers:
    """How many pupils there are in Leesbouw today, and what waits for an answer."""

    counts: dict[str, int]
    requests: RequestNumbers


@dataclass(slots=True)
class LocationPage:
    location: Location
    year: SchoolYear
    cooperation: Cooperation | None = None
    history: list[Any] = field(default_factory=list)
    exploratory: int = 0
    people: UnitPeople | None = None
    actions: UnitActions | None = None
    talks: list[Conversation] = field(default_factory=list)
    other_talks: list[OtherTalk] = field(default_factory=list)
    agreement: AgreementStanding | None = None
    standings: list[Standing] = field(default_factory=list)
    glance: YearGlance | None = None
    cycle: Cycle | None = None
    routes: list[RouteLine] = field(default_factory=list)
    measured: Participation | None = None
    visits: list[Visit] = field(default_factory=list)
    timeline: Timeline | None = None

    @property
    def coming_talks(self) -> list[Conversation]:
        """Talks that are planned from today on, the first one first."""
        return [
            talk
            for talk in self.talks
            if talk.held_on is None and talk.planned_on and talk.planned_on >= today()
        ]

    @property
    def next_talk(self) -> Conversation | None:
        return next(iter(self.coming_talks), None)

    @property
    def is_childcare(self) -> bool:
        return self.location.sector == Sector.CHILDCARE


def location_page(
    actor: Actor,
    location: Location,
    year: SchoolYear,
    *,
    moment: Moment | None = None,
    whole_timeline: bool = False,
) -> LocationPage:
    """Of a location that came with its facts of the year; at most twenty-five queries with the session's own, whatever the location has behind it.

    `moment` is the kind that the timeline shows, None for all of them.
    """
    page = LocationPage(location, year)
    if actor.may(VIEW_CONTACTS) or actor.may(VIEW_STAFF):
        page.people = people_of(actor, location)
    if actor.may(VIEW_PARTNERSHIP):
        page.history = partnership_history(actor, location)
        page.exploratory = sum(moment.kind == "exploratory" for moment in page.history)
        staff = page.people.staff if page.people else []  # they are asked once
        page.cooperation = _cooperation(actor, location, year, page.history, staff)
    if actor.may(VIEW_ACTIONS):
        page.actions = unit_actions(actor, location)
    if actor.may(VIEW_TALKS) and works_at_library(actor):
        page.talks = talks_in(actor, location, year)
    if location.pk in actor.locations:
        page.other_talks = [
            talk for source in other_talks.values() for talk in source.find(actor, unit=location.pk)
        ]
    if actor.may(VIEW_AGREEMENT):
        page.agreement = agreement_standing(actor, location)
    if actor.may(VIEW_BLOCKS) and location.pk in actor.locations:
        page.standings = standings(actor, location, year)
    page.routes = route_lines(actor, location)
    if actor.may(VIEW_PLANS) and location.pk in actor.locations:
        page.glance = year_glance(actor, location, year)
        page.measured = measured_in(actor, location.pk, year)
        page.cycle = cycle_of(page.glance, page.measured, evaluation_day(page.coming_talks))
    page.visits = visits_at(actor, location, year)
    page.timeline = timeline_of(
        page,
        page.cooperation.row if page.cooperation else None,
        report_url=_report_url(actor, page.measured),
        kind=moment,
        whole=whole_timeline,
    )
    return page


def _report_url(actor: Actor, measured: Participation | None) -> str:
    """Where the report of the Monitor is, for who may read it."""
    if measured is None or not measured.closed_on or not actor.may(REPORT) or not shows_locations(actor):
        return ""
    return reverse("monitor:report", args=[measured.pk])


def pupils_at_location(actor: Actor, location: Location) -> PupilNumbers | None:
    """Counts of a school within reach; None for child care, and for who may see no pupils there. Two queries."""
    if not (sees_pupils(actor) and location.pk in actor.locations and location.is_school):
        return None
    return PupilNumbers(pupil_counts(actor, location, today()), request_numbers(actor, location))


def _cooperation(
    actor: Actor,
    location: Location,
    year: SchoolYear,
    history: list[Any],
    staff: list[StaffLine] | None = None,
) -> Cooperation | None:
    row = partnership_for(actor, location)
    if row is None:
        return None
    words = sorted(phases().location_phases, key=lambda phase: phase.order)
    step = next((at for at, phase in enumerate(words, 1) if phase.code == row.phase), 1)
    checks = [moment.row for moment in history if moment.kind == "check" and moment.row.year == year]
    if staff is None:
        staff = consultants_of(actor, [row.pk]).get(row.pk, []) if actor.may(VIEW_STAFF) else []
    day = today()
    return Cooperation(
        row=row,
        steps=[_capital(phase.name) for phase in words],
        step=step,
        step_text=words[step - 1].description,
        domains=[str(Domain(code).label) for code in row.domains],
        gates=_gates(history),
        consultants=[line for line in staff if line.partnership_id == row.pk],
        checked=str(CheckOutcome(checks[0].outcome).label) if checks else "",
        is_running_out=bool(row.agreed_until and day <= row.agreed_until <= day + runs_out_within()),
        is_expired=bool(row.agreed_until and row.agreed_until < day),
    )


def _gates(history: list[Any]) -> list[GateLine]:
    """The newest answer to each question, in the order of the route."""
    newest: dict[str, GateDecision] = {}
    for moment in history:
        if moment.kind == "gate":
            newest.setdefault(moment.row.gate, moment.row)
    return [GateLine(newest[gate]) for gate in Gate.values if gate in newest]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@once
def own_location(actor: Actor) -> Location:
    """The location that the actor works at. Raises Location.DoesNotExist."""
    rows = Location.objects.visible_to(actor).select_related("board", "municipality")
    return rows.get(pk=actor.unit_id)


def location_cooperation(actor: Actor, location: Location, year: SchoolYear) -> Cooperation | None:
    """The partnership of one location, for a place smaller than its page."""
    return _cooperation(actor, location, year, partnership_history(actor, location))
