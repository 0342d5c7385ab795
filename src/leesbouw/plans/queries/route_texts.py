"""Routes as content: steps with level, owner, aim, result, tools and gates; what we ship, and a library's own version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Literal, Self

from pydantic import model_validator

from leesbouw.accounts.enums import Level
from leesbouw.core.content import Body, ContentItem, all_current, content_kinds, current
from leesbouw.organisations.enums import Gate as PolicyGate
from leesbouw.organisations.enums import Scenario, Sector, UnitKind
from leesbouw.organisations.models import Location, Unit

ROUTES = "route"
PARAMETERS = "parameters"
Place = Literal["library", "location"]


class Tool(Body):
    """What helps at a step: a page of ours by its name, or something outside that is only named."""

    text: str
    to: str = ""


class Gate(Body):
    """A question that lets through or not. `back_to`: the step that a “no” opens again."""

    question: str
    yes: str
    no: str
    back_to: str = ""
    decides: PolicyGate | None = None  # the go or no-go question of the library that the answer also answers


class RouteStep(Body):
    """One step. `at` says at whom it lies when a route has steps for the library and for each location."""

    code: str
    phase: str
    name: str
    level: Level
    owner: str
    aim: str
    result: str
    at: Place | None = None
    tools: tuple[Tool, ...] = ()
    gate: Gate | None = None

    @property
    def level_label(self) -> str:
        return str(Level(self.level).label)


class RouteBody(Body):
    """A route. `of` says with whom it is walked; `sectors` empty means every sector. `room`: the app that has pages for
    its steps, with a `home` and a `location`."""

    name: str
    position: int
    about: str
    of: tuple[Place, ...]
    sectors: tuple[Sector, ...] = ()
    scenario: Scenario | None = None
    room: str = ""
    steps: tuple[RouteStep, ...]

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        codes = {step.code for step in self.steps}
        if len(codes) != len(self.steps):
            raise ValueError("two steps with the same code")
        lost = [step.code for step in self.steps if step.gate and step.gate.back_to not in codes | {""}]
        if lost:
            raise ValueError(f"the gate of {lost[0]} leads back to a step that is not there")
        return self


class RouteParameters(Body):
    """`quiet_days`: so long nothing new may come before a route asks for attention."""

    quiet_days: int


content_kinds.add(ROUTES, RouteBody)
content_kinds.add(f"{PARAMETERS}/routes", RouteParameters)


def quiet_time() -> timedelta:
    return timedelta(days=current(PARAMETERS, "routes").body.quiet_days)


@dataclass(frozen=True)
class Route:
    """A route in the version that counts for a library: its own, or else ours. `newer` when ours changed since."""

    item: ContentItem
    shipped: ContentItem

    @property
    def code(self) -> str:
        return self.item.code

    @property
    def body(self) -> RouteBody:
        body: RouteBody = self.item.body
        return body

    @property
    def name(self) -> str:
        return self.body.name

    @property
    def is_own(self) -> bool:
        """Whether the library says it otherwise than we do."""
        return self.item.owner_id is not None and self.body != self.shipped.body

    @property
    def newer(self) -> bool:
        """Whether we shipped another text since the library made its own."""
        return self.is_own and self.item.origin != origin_of(self.shipped)

    @cached_property
    def phases(self) -> list[tuple[str, list[tuple[int, RouteStep]]]]:
        """The steps with their numbers, by phase."""
        numbers = {step.code: number for number, step in enumerate(self.body.steps, start=1)}
        return [
            (phase, [(numbers[step.code], step) for step in steps])
            for phase, steps in by_phase(self.body.steps)
        ]


def origin_of(item: ContentItem) -> str:
    """What an own version remembers of the shipped one that it was made from."""
    return f"{item.code}@{item.version}"


def by_phase(steps: Sequence[RouteStep]) -> list[tuple[str, list[RouteStep]]]:
    """Steps that follow each other under the name of their phase."""
    found: list[tuple[str, list[RouteStep]]] = []
    for step in steps:
        if not found or found[-1][0] != step.phase:
            found.append((step.phase, []))
        found[-1][1].append(step)
    return found


def routes_of(library_id: int | None) -> dict[str, Route]:
    """Every route by its code, in order; a library's own version where it made one. One query."""
    shipped = all_current(ROUTES)
    own: dict[str, ContentItem] = {}
    if library_id is not None:
        rows = ContentItem.objects.filter(kind=ROUTES, owner_id=library_id).order_by("version")
        own = {row.code: row for row in rows}
    in_order = sorted(shipped.items(), key=lambda found: found[1].body.position)
    return {code: Route(own.get(code, item), item) for code, item in in_order}


def route_of(code: str, library_id: int | None) -> Route:
    """Raises LookupError."""
    try:
        return routes_of(library_id)[code]
    except KeyError:
        raise LookupError(f"no route {code}") from None


def steps_for(body: RouteBody, kind: str) -> list[RouteStep]:
    """The steps of a route that lie at a library or at a location."""
    place = "location" if kind == UnitKind.LOCATION else "library"
    return [step for step in body.steps if step.at in (None, place)]


def is_meant_for(body: RouteBody, unit: Unit) -> bool:
    """Whether a route is walked with such a unit; `unit` of a location is the location itself."""
    if not isinstance(unit, Location):
        return unit.kind == UnitKind.LIBRARY and "library" in body.of
    return "location" in body.of and (not body.sectors or unit.sector in body.sectors)


@dataclass(frozen=True, slots=True)
class TextChange:
    """A step that differs between our newest text and a library's own."""

    name: str
    kind: Literal["added", "gone", "changed"]
    ours: str = ""
    own: str = ""


TEXTS = ("phase", "name", "owner", "aim", "result")


def differences_of(route: Route) -> Iterator[TextChange]:
    """What an own version has otherwise than the newest we ship, step by step."""
    ours = {step.code: step for step in route.shipped.body.steps}
    own = {step.code: step for step in route.body.steps}
    for code, step in own.items():
        if code not in ours:
            yield TextChange(step.name, "added", own=step.result)
            continue
        for text in TEXTS:
            mine, theirs = getattr(step, text), getattr(ours[code], text)
            if mine != theirs:
                yield TextChange(step.name, "changed", theirs, mine)
    for code, step in ours.items():
        if code not in own:
            yield TextChange(step.name, "gone", ours=step.result)
