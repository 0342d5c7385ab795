"""The one way in which a lower room lets higher rooms add something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """A code for each object; a code that comes twice is a mistake of ours and raises."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._items: dict[str, T] = {}

    def add(self, code: str, item: T) -> T:
        if code in self._items:
            raise ValueError(f"{self.name}: {code!r} is registered twice")
        self._items[code] = item
        return item

    def register(self, code: str) -> Callable[[T], T]:
        """As a decorator: `@schedule.register("nightly")`."""
        return lambda item: self.add(code, item)

    def __getitem__(self, code: str) -> T:
        try:
            return self._items[code]
        except KeyError:
            raise LookupError(f"{self.name}: nothing is registered as {code!r}") from None

    def get(self, code: str) -> T | None:
        return self._items.get(code)

    def __contains__(self, code: str) -> bool:
        return code in self._items

    def __len__(self) -> int:
        return len(self._items)

    def items(self) -> Iterator[tuple[str, T]]:
        return iter(self._items.items())

    def values(self) -> Iterator[T]:
        return iter(self._items.values())


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A place in the menu. `url` is called with the request's actor; None hides the item for that actor.

    `under`: beginnings of other addresses that lie under this place, such as "/school/" under the list of schools.
    """

    label: Any
    icon: str
    url: Callable[[Any], str | None]
    permission: str = ""
    count: Callable[[Any], int | None] | None = None
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Todo:
    """A line of "still to do" on a home. A source is called with the actor and gives her most urgent lines first."""

    title: Any
    url: str
    due_on: date | None = None
    icon: str = "todo"
    subtitle: Any = ""


@dataclass(frozen=True, slots=True)
class Command:
    """Something one can do or open from the search box. `words` are other names people may type for it.

    `url` is called with the request's actor; None hides the command for that actor.
    """

    label: Any
    url: Callable[[Any], str | None]
    permission: str = ""
    words: Any = ""
    icon: str = "open"


@dataclass(frozen=True, slots=True)
class Holder:
    """Personal data that goes when its time is over. `core.retention.rows` makes one out of a query.

    `term`: its code in content/nl/parameters/retention. `due(limit)` counts the rows of which the last day lies before
    `limit`, and `refs(limit)` names them by id, never by name. `erase(limit=, by=, run=)` wipes them in chunks, each a
    write of its own, and may be called again after a fall; it returns how many went. `replay(refs=, by=)` wipes persons
    once more whom somebody erased before a backup was put back (`core.erasures`); it must not mind that they are gone.
    """

    label: Any
    term: str
    due: Callable[[date], int]
    erase: Callable[..., int]
    refs: Callable[[date], Iterable[str]] | None = None
    replay: Callable[..., int] | None = None
    why: Any = ""


@dataclass(frozen=True, slots=True)
class Record:
    """Something in Leesbouw that one can point at, such as a talk; `id` is its number within its source."""

    id: int
    label: str
    url: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class RecordSource:
    """What kind of record it is, and how to find those of a unit: `find(actor, unit, year=…, ids=…)` gives those of a
    school year, or those with these ids whatever their year; only what the actor may see, the newest first."""

    label: Any
    find: Callable[..., list[Record]]


@dataclass(frozen=True, slots=True)
class OtherTalk:
    """A talk with one unit that a room beside the relation agenda keeps; its page and its report lie there.

    `again_on`: when one talks again, where nothing was planned since. `unit`: id, kind, code and name.
    """

    id: int
    label: Any
    library_id: int
    unit: tuple[int, str, str, str]
    url: str
    report_url: str
    plan_url: str = ""
    sector: str = ""
    municipality_id: int | None = None
    planned_on: date | None = None
    held_on: date | None = None
    again_on: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class TalkSource:
    """Talks of a room: `find(actor, unit=id or None)` gives what the actor may see, in one query."""

    label: Any
    find: Callable[..., list[OtherTalk]]


menu: Registry[MenuItem] = Registry("menu")
commands: Registry[Command] = Registry("command")
# "user" and "unit": from an actor and ids to what those are called, as (name, address), for pages below those rooms.
name_resolvers: Registry[Callable[[Any, set[int]], dict[int, tuple[str, str]]]] = Registry("name resolver")
search_sources: Registry[Any] = Registry("search source")
todo_sources: Registry[Callable[[Any], list[Todo]]] = Registry("to-do source")
health_checks: Registry[Any] = Registry("health check")
demo_parts: Registry[Any] = Registry("demo part")
undo: Registry[Callable[..., Any]] = Registry("undo")
importers: Registry[Any] = Registry("importer")
permissions: Registry[Any] = Registry("permission")
# How many there are of a thing in this installation, for rooms below the one that knows: "library".
counts: Registry[Callable[[], int]] = Registry("count")
# The groups of this year that an actor teaches, by id, for rooms below the one that knows: "teacher".
own_groups: Registry[Callable[[Any], set[int]]] = Registry("source of own groups")
# What can show how far a bouwsteen is, by the room that keeps it: "talk", "visit", "goal".
records: Registry[RecordSource] = Registry("record")
holders: Registry[Holder] = Registry("holder of personal data")
# Talks that a room keeps itself and that belong in the relation agenda and the timeline too: "parents".
other_talks: Registry[TalkSource] = Registry("source of talks")
