"""Runs of routes: which there are, what they are called, who may write in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from leesbouw.core.access import Actor
from leesbouw.core.search import Entry
from leesbouw.core.time import today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Unit

from ...domain import RunState, run_state
from ...models import RouteRun
from ...permissions import EDIT_ROUTES, VIEW_ROUTES
from ..route_texts import quiet_time

ROUTE_KIND = "route"


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
