"""Where routes run and where one can be started."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, within
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Board, Library, Location, Partnership, Unit
from leesbouw.organisations.queries import locations_for
from leesbouw.people.queries import library_id_for

from ...models import RouteRun
from ...permissions import SET_ROUTES
from ..route_texts import Route, is_meant_for
from .runs import open_run

RUN = "run_"  # before the code of a route: the run of a location, as a column of the overview


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
    together = _of_its_situation(actor, route, library_id, free)
    if together:
        groups.append(("all", [("all", str(_("Every location that does not walk this route yet")))]))
        boards = Board.objects.visible_to(actor).filter(locations__in=[one.pk for one in together]).distinct()
        groups.append(("board", [(f"b{board.pk}", board.name) for board in boards]))
    if free:
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


def _of_its_situation(
    actor: Actor, route: Route, library_id: int, free: Sequence[Location]
) -> list[Location]:
    """Those with whom a route starts when many start at once: a school in another situation (secondary education has
    three) is left out. On its own it can start, because somebody chose so."""
    situation = route.body.scenario
    if situation is None:
        return list(free)
    told = Partnership.objects.visible_to(actor).filter(
        library=library_id, location__in=[one.pk for one in free], ends_on=None
    )
    elsewhere = set(told.exclude(scenario__in=["", situation]).values_list("location", flat=True))
    return [one for one in free if one.pk not in elsewhere]


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
    free = free_locations(actor, route, library_id)
    if wish == "all" or wish.startswith("b"):
        together = _of_its_situation(actor, route, library_id, free)
        return [one for one in together if wish in {"all", f"b{one.board_id}"}]
    if wish == f"u{library_id}":
        return list(Library.objects.visible_to(actor).filter(pk=library_id))
    return [one for one in free if wish == f"u{one.pk}"]
