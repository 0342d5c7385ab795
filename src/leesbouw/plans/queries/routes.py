"""Routes under way, as far as the actor may see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, within
from leesbouw.core.search import Entry
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Board, Library, Location, Unit
from leesbouw.organisations.queries import locations_for
from leesbouw.people.queries import library_id_for

from ..domain import RunState, StepState, run_state, step_state
from ..enums import RecordKind
from ..models import Action, RouteRun, StepRecord, StepTask
from ..permissions import EDIT_ROUTES, SET_ROUTES, VIEW_ROUTES
from .route_texts import Route, RouteBody, RouteStep, by_phase, is_meant_for, quiet_time, steps_for
from .todo import actions_for

ROUTE_KIND = "route"
RUN = "run_"  # before the code of a route: the run of a location, as a column of the overview


def runs_for(actor: Actor) -> QuerySet[RouteRun]:
    """Routes that were started, with their unit; what stopped included."""
    rows = RouteRun.objects.visible_to(actor).select_related("unit", "unit__as_location", "content")
    return rows.order_by("-moved_on", "-pk")


def run_by_id(actor: Actor, run_id: int) -> RouteRun:
    """Raises RouteRun.DoesNotExist."""
    return runs_for(actor).get(pk=run_id)


@dataclass(frozen=True, slots=True)
class RouteLine:
    """A route of a unit in a line: its name, its address, how far it is and where it stands."""

    name: str
    url: str
    done: int
    steps: int
    at_step: str


def route_lines(actor: Actor, unit: Unit) -> list[RouteLine]:
    """The routes of a unit that are under way, for a part of its page. One query."""
    if not actor.may(VIEW_ROUTES):
        return []
    runs = runs_for(actor).filter(unit=unit.pk, stopped_on=None, left__gt=0)
    return [
        RouteLine(name_of_run(run), run.get_absolute_url(), run.done, run.done + run.left, step_name(run))
        for run in runs
    ]


def open_run(actor: Actor, library_id: int, unit_id: int, code: str) -> RouteRun | None:
    """The run of a route that did not stop, the newest; a complete one counts too."""
    rows = runs_for(actor).filter(library=library_id, unit=unit_id, code=code, stopped_on=None)
    return rows.first()


def may_write_run(actor: Actor, run: RouteRun) -> bool:
    """Whoever works at the unit or with it, while the run did not stop."""
    return actor.may(EDIT_ROUTES) and run.stopped_on is None


def state_of_run(run: RouteRun, day: date | None = None) -> RunState:
    return run_state(
        stopped=run.stopped_on is not None,
        left=run.left,
        review_on=run.review_on,
        moved_on=run.moved_on,
        quiet=quiet_time(),
        today=day or today(),
    )


def runs_in_state(rows: QuerySet[RouteRun], states: Sequence[RunState]) -> QuerySet[RouteRun]:
    """The same rule as `run_state`, in the database."""
    day, wanted = today(), Q()
    going = Q(stopped_on=None, left__gt=0)
    conditions = {
        RunState.STOPPED: Q(stopped_on__isnull=False),
        RunState.COMPLETE: Q(stopped_on=None, left=0),
        RunState.AGAIN: going & Q(review_on__lte=day),
        RunState.WAITS: going & Q(review_on__gt=day),
        RunState.QUIET: going & Q(review_on=None, moved_on__lt=day - quiet_time()),
        RunState.RUNNING: going & Q(review_on=None, moved_on__gte=day - quiet_time()),
    }
    for state in states:
        wanted |= conditions[state]
    return rows.filter(wanted)


def runs_to_look_at(actor: Actor) -> QuerySet[RouteRun]:
    """Runs at a gate whose “no” is to be looked at again."""
    return runs_in_state(runs_for(actor), [RunState.AGAIN])


def name_of_run(run: RouteRun) -> str:
    return str(run.content.body.name)


def room_url(run: RouteRun) -> str:
    """The pages that an app has for this route: of the library, or of the location it is walked with."""
    room = run.content.body.room
    if not room:
        return ""
    if run.unit.kind != UnitKind.LOCATION:
        return reverse(f"{room}:home")
    return reverse(f"{room}:location", args=[run.unit.as_location.place, run.unit.code])


def step_name(run: RouteRun) -> str:
    """The step that a run stands at; empty when all is done."""
    return next((step.name for step in run.content.body.steps if step.code == run.at_step), "")


@dataclass(frozen=True, slots=True)
class StepStanding:
    """A step of a run: how it stands, everything that was written about it, and who will do it."""

    number: int
    step: RouteStep
    state: StepState
    records: Sequence[StepRecord]
    tasks: Sequence[Action]
    is_next: bool
    url: str

    @property
    def last(self) -> StepRecord | None:
        return self.records[-1] if self.records else None


@dataclass(frozen=True, slots=True)
class RunStanding:
    """A run with its steps by phase."""

    run: RouteRun
    body: RouteBody
    state: RunState
    steps: Sequence[StepStanding]

    @property
    def next(self) -> StepStanding | None:
        return next((one for one in self.steps if one.is_next), None)

    @property
    def phases(self) -> list[tuple[str, list[StepStanding]]]:
        by_code = {one.step.code: one for one in self.steps}
        return [
            (phase, [by_code[step.code] for step in steps])
            for phase, steps in by_phase([one.step for one in self.steps])
        ]

    def of(self, code: str) -> StepStanding:
        """Raises LookupError."""
        for one in self.steps:
            if one.step.code == code:
                return one
        raise LookupError(f"no step {code}")


def steps_of_run(run: RouteRun) -> list[RouteStep]:
    return steps_for(run.content.body, run.unit.kind)


def last_records(records: Sequence[StepRecord]) -> dict[str, StepRecord]:
    return {record.step: record for record in records}


def next_step(steps: Sequence[RouteStep], states: Mapping[str, StepState]) -> RouteStep | None:
    """The first that is not done: a gate that said no holds the way until it says yes."""
    return next((step for step in steps if states[step.code] is not StepState.DONE), None)


def states_of(steps: Sequence[RouteStep], records: Sequence[StepRecord], day: date) -> dict[str, StepState]:
    last = last_records(records)
    return {
        step.code: step_state(
            RecordKind(last[step.code].kind) if step.code in last else None,
            last[step.code].review_on if step.code in last else None,
            day,
        )
        for step in steps
    }


def standing_of_run(actor: Actor, run: RouteRun) -> RunStanding:
    """Every step of a run; two queries beside the run itself."""
    steps = steps_of_run(run)
    records = list(StepRecord.objects.visible_to(actor).filter(run=run.pk))
    states = states_of(steps, records, today())
    upcoming = next_step(steps, states)
    numbers = {step.code: number for number, step in enumerate(run.content.body.steps, start=1)}
    tasks = _tasks_of(actor, run)
    return RunStanding(
        run,
        run.content.body,
        state_of_run(run),
        [
            StepStanding(
                number=numbers[step.code],
                step=step,
                state=states[step.code],
                records=[record for record in records if record.step == step.code],
                tasks=tasks.get(step.code, []),
                is_next=step is upcoming and run.stopped_on is None,
                url=reverse("plans:route-step", args=[run.pk, step.code]),
            )
            for step in steps
        ],
    )


def _tasks_of(actor: Actor, run: RouteRun) -> dict[str, list[Action]]:
    """Actions of the steps that the actor may see, without what nobody does any more."""
    rows = StepTask.objects.visible_to(actor).filter(run=run.pk)
    steps = dict(rows.values_list("action", "step"))
    found: dict[str, list[Action]] = {}
    for action in actions_for(actor).filter(pk__in=list(steps)):
        found.setdefault(steps[action.pk], []).append(action)
    return found


def open_task_ids(run: RouteRun, step: str) -> list[int]:
    """Actions of a step that nobody did yet: they are done when its result is there."""
    rows = StepTask.objects.filter(run=run.pk, step=step, action__completion=None, action__dropped_at=None)
    return list(rows.values_list("action", flat=True))


def overview_rows(actor: Actor, routes: Sequence[Route], year: SchoolYear) -> QuerySet[Location]:
    """Locations within reach, with the newest run of each route that did not stop as `run_<code>`: its id."""
    runs = RouteRun.objects.visible_to(actor).filter(unit=OuterRef("pk"), stopped_on=None).order_by("-pk")
    rows = locations_for(actor, year).filter(within(actor.locations, "pk"))
    return rows.annotate(
        **{
            column_of_route(route.code): Subquery(runs.filter(code=route.code).values("pk")[:1])
            for route in routes
        }
    )


def runs_by_id(actor: Actor) -> dict[int, RouteRun]:
    """Routes that did not stop, without their texts: for a table that holds many."""
    return RouteRun.objects.visible_to(actor).filter(stopped_on=None).in_bulk()


def column_of_route(code: str) -> str:
    return RUN + code.replace("-", "_")


def startable(actor: Actor, route: Route, library_id: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """With whom a route can start: the library itself, all locations of a board, or one location that does not yet.

    Groups of (value, label); the value is `u<id>` for a unit, `b<id>` for a board and `all` for every location.
    """
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    free = free_locations(actor, route, library_id)
    if "library" in route.body.of and open_run(actor, library_id, library_id, route.code) is None:
        name = Unit.objects.values_list("name", flat=True).get(pk=library_id)
        groups.append(("library", [(f"u{library_id}", name)]))
    if free:
        groups.append(("all", [("all", str(_("Every location that does not walk this route yet")))]))
        boards = Board.objects.visible_to(actor).filter(locations__in=[one.pk for one in free]).distinct()
        groups.append(("board", [(f"b{board.pk}", board.name) for board in boards]))
        groups.append(("location", [(f"u{one.pk}", one.name) for one in free]))
    return groups


def free_locations(actor: Actor, route: Route, library_id: int) -> list[Location]:
    """Locations within reach that this route is meant for and that do not walk it now."""
    if "location" not in route.body.of:
        return []
    busy = RouteRun.objects.filter(library=library_id, code=route.code, stopped_on=None, left__gt=0)
    rows = Location.objects.visible_to(actor).filter(within(actor.locations, "pk"), closed_on=None)
    return [
        one
        for one in rows.exclude(pk__in=busy.values("unit")).order_by("name", "pk")
        if is_meant_for(route.body, one)
    ]


def library_of(actor: Actor) -> int | None:
    """The library whose version of a route the actor reads: her own, or the one that works with her location."""
    if actor.unit_kind in {UnitKind.LIBRARY, UnitKind.BRANCH, UnitKind.LOCATION}:
        return library_id_for(actor, actor.unit_id or 0)
    return None


def may_edit_text(actor: Actor) -> bool:
    """A library writes its own version of a route; who leads there, not every colleague."""
    return actor.may(SET_ROUTES) and actor.unit_kind == UnitKind.LIBRARY


def works_at_library(actor: Actor) -> bool:
    """Routes are started and stopped by the library; a location writes at the steps that lie with it."""
    return actor.unit_kind in {UnitKind.LIBRARY, UnitKind.BRANCH}


def chosen_units(actor: Actor, route: Route, library_id: int, wish: str) -> list[Unit]:
    """The units that a choice of `startable` stands for; none for what is not there."""
    free: list[Unit] = list(free_locations(actor, route, library_id))
    if wish == "all":
        return free
    if wish.startswith("b"):
        return [one for one in free if isinstance(one, Location) and wish == f"b{one.board_id}"]
    if wish == f"u{library_id}":
        return list(Library.objects.visible_to(actor).filter(pk=library_id))
    return [one for one in free if wish == f"u{one.pk}"]


def route_entries(ids: Iterable[int] | None = None) -> Iterator[Entry]:
    """Index entries of routes that did not stop: these, or all."""
    rows = RouteRun.objects.filter(stopped_on=None).select_related("unit", "content")
    for run in rows if ids is None else rows.filter(pk__in=list(ids)):
        yield route_entry(run)


def route_entry(run: RouteRun) -> Entry:
    """Found by the library, and by the location it is walked with."""
    own = {run.unit_id} if run.unit.kind == UnitKind.LOCATION else set()
    return Entry(
        kind=ROUTE_KIND,
        object_id=run.pk,
        title=name_of_run(run),
        subtitle=run.unit.name,
        url=run.get_absolute_url(),
        scope=frozenset({run.library_id, *own}),
        body=run.unit.name,
        permission=VIEW_ROUTES,
    )
