"""The division of tasks between consultant and reading coordinator: what was written for a year, or what it begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.urls import reverse

from leesbouw.core.access import Actor
from leesbouw.core.content import Body, ContentItem, all_current, content_kinds
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.enums import Sector, UnitKind
from leesbouw.organisations.models import Location

from ..domain.tasks import Accord, accord_of
from ..enums import Side
from ..models import TaskAgreement, TaskShare
from .catalogue import block_name

TASKS = "task-division"
MOST_VERSION = 2**31


class Task(Body):
    """A task that library or school does, and whose it usually is."""

    code: str
    block: str
    text: str
    side: Side


class TasksBody(Body):
    """The tasks for some kinds of location, in the order in which one reads them."""

    sectors: tuple[Sector, ...]
    tasks: tuple[Task, ...]


content_kinds.add(TASKS, TasksBody)


class Begun(StrEnum):
    """Where a list comes from: written this year, carried from an earlier one, or what we ship."""

    WRITTEN = "written"
    CARRIED = "carried"
    SHIPPED = "shipped"


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task. `changed_by` and `changed_at` tell who said so last; `is_own` that the location added it."""

    code: str
    text: str
    block: str
    side: str
    note: str = ""
    changed_by: str = ""
    changed_at: datetime | None = None
    is_own: bool = False

    @property
    def side_words(self) -> str:
        return str(Side(self.side).label) if self.side else ""


@dataclass(frozen=True, slots=True)
class Division:
    """The list of a location in a year, where it comes from, and how both sides stand towards it."""

    year: SchoolYear
    lines: Sequence[TaskLine]
    begun: Begun
    from_year: SchoolYear | None
    sides: Sequence[tuple[Side, Accord, TaskAgreement | None]]
    source: str
    status: str

    pk = 0  # a list is no row; its version is made of those of its lines

    @property
    def version(self) -> int:
        """Another number as soon as somebody changed a line."""
        moments = [line.changed_at.timestamp() for line in self.lines if line.changed_at]
        return int(sum(moments) * 1000) % MOST_VERSION

    @property
    def is_agreed(self) -> bool:
        return all(accord is Accord.YES for _side, accord, _told in self.sides)


def tasks_of(sector: str) -> ContentItem:
    """The list that we ship for a kind of location. Raises LookupError where there is none."""
    for item in all_current(TASKS).values():
        if sector in item.body.sectors:
            return item
    raise LookupError(f"no tasks for {sector}")


def division_of(actor: Actor, unit: Location, year: SchoolYear) -> Division:
    """The list of a year. Nothing written yet: that of the last year before it in which something was, or what we ship.
    A task that we ship since then stands in it as well. Two queries."""
    item = tasks_of(unit.sector)
    rows = list(TaskShare.objects.visible_to(actor).filter(unit=unit.pk, year__lte=year))
    last = max((row.year for row in rows), default=None)
    kept = {row.code: row for row in rows if row.year == last}
    told = {row.side: row for row in TaskAgreement.objects.visible_to(actor).filter(unit=unit.pk, year=year)}
    is_written = last == year
    changes = [row.changed_at for row in kept.values()] if is_written else []
    return Division(
        year=year,
        lines=_lines(item, kept),
        begun=Begun.WRITTEN if is_written else Begun.CARRIED if last else Begun.SHIPPED,
        from_year=last,
        sides=[
            (side, accord_of(told[side].agreed_at if side in told else None, changes), told.get(side))
            for side in (Side.LIBRARY, Side.PARTNER)
        ],
        source=item.source,
        status=item.status,
    )


def _lines(item: ContentItem, kept: dict[str, TaskShare]) -> list[TaskLine]:
    shipped = {task.code: task for task in item.body.tasks}
    lines = []
    for code, task in shipped.items():
        row = kept.get(code)
        block = block_name(task.block)
        lines.append(
            _line(row, task.text, block) if row else TaskLine(code, task.text, block, str(task.side))
        )
    return lines + [
        _line(row, row.text, "", is_own=True)
        for code, row in kept.items()
        if code not in shipped and row.text
    ]


def _line(row: TaskShare, text: str, block: str, *, is_own: bool = False) -> TaskLine:
    return TaskLine(row.code, text, block, row.side, row.note, row.changed_by, row.changed_at, is_own)


def my_side(actor: Actor) -> Side:
    """For which side somebody speaks: the school or child care she works at, or else the library."""
    return Side.PARTNER if actor.unit_kind == UnitKind.LOCATION else Side.LIBRARY


def tasks_url(unit: Location) -> str:
    """The division of tasks of a location."""
    return reverse("plans:tasks", args=[unit.place, unit.code])
