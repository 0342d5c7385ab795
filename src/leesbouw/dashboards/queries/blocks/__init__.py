"""The blocks of a role's home. Content says which a role has and in what order; here stands what each one shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from leesbouw.core.access import Actor
from leesbouw.core.registry import Registry
from leesbouw.core.time import SchoolYear

Build = Callable[[Actor, SchoolYear], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a home. `build` gives what its template needs; None hides it for this actor.

    `margin` puts it beside the text on a wide screen, and below it on a phone.
    """

    build: Build
    margin: bool = False


blocks: Registry[Block] = Registry("home block")


def block(code: str, *, margin: bool = False) -> Callable[[Build], Build]:
    """Registers a function as what fills the block with this code, shown by dashboards/blocks/<code>.html."""

    def register(build: Build) -> Build:
        blocks.add(code, Block(build, margin))
        return build

    return register


@dataclass(frozen=True, slots=True)
class Shown:
    """A block with what there is to show."""

    code: str
    data: dict[str, Any]
    margin: bool

    @property
    def template(self) -> str:
        return f"dashboards/blocks/{self.code}.html"


@dataclass(frozen=True, slots=True)
class First:
    """What stands on top of a home, with its one button: a talk that is near, else the first thing to do."""

    talk: Any = None
    todo: Any = None


def first_of(shown: list[Shown]) -> First | None:
    """A talk goes before; nothing where something in the house itself asks for a look."""
    talk = next((one.data["next"] for one in shown if one.data.get("next")), None)
    if talk is not None:
        return First(talk=talk)
    if any(one.data.get("asks") for one in shown):
        return None
    todos = next((one.data["todos"] for one in shown if one.data.get("todos")), None)
    return First(todo=todos[0]) if todos else None


def home_of(actor: Actor, codes: tuple[str, ...], year: SchoolYear) -> list[Shown]:
    """The blocks of a home in the role's order, without those that have nothing for this actor."""
    found = []
    for code in codes:
        known = blocks.get(code)
        data = known.build(actor, year) if known else None
        if known and data is not None:
            found.append(Shown(code, data, known.margin))
    return found
