"""The demo story: invented places and people as data, which each room turns into rows through its own actions.

Days in it are relative, so that the story is as fresh as the day it is told: "Y0-10-14" is 14 October of the running
school year, "Y-1-…" of the year before, "D-12" twelve days before today. A room registers its part in
`registry.demo_parts`; parts run in the order of the apps and find what earlier parts made in `Story.made`.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from .registry import demo_parts
from .time import SchoolYear

SIZES = ("small", "full")
TOLD_IN_BOTH = {"talks", "templates"}  # without a mark of their own: the small demo needs them all
YEARS = ("Y-2", "Y-1", "Y0")  # the school years that are told

_DAY = re.compile(r"(Y0|Y[+-]\d)-(\d\d)-(\d\d)|D([+-]\d{1,3})")
Row = dict[str, Any]


@dataclass(slots=True)
class Story:
    """The story as told on one day. `made`: kind → code in the story → what was made of it."""

    size: str
    today: date
    lists: dict[str, list[Any]]
    made: dict[str, dict[Any, Any]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def read(cls, folder: Path, *, size: str, today: date) -> Story:
        """All files of the story together; a list that stands in several files is one list."""
        lists: dict[str, list[Any]] = defaultdict(list)
        for path in sorted(folder.glob("*.toml")):
            for name, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
                lists[name] += rows
        return cls(size, today, lists)

    def rows(self, name: str) -> list[Row]:
        """The rows of a list that belong to the demo of this size."""
        rows = self.lists[name]
        if self.size == "full" or name in TOLD_IN_BOTH:
            return list(rows)
        return [row for row in rows if row.get("small")]

    def year(self, text: str) -> SchoolYear:
        """ "Y-1" → the school year before the running one."""
        return SchoolYear(SchoolYear.of(self.today).first + int(text.removeprefix("Y")))

    def day(self, text: str | date) -> date:
        """The calendar day of "Y-1-03-12" or "D+9"; a date is one already. Raises ValueError."""
        if isinstance(text, date):
            return text
        match = _DAY.fullmatch(text)
        if match is None:
            raise ValueError(f"not a day of the story: {text!r}")
        if match[4]:
            return self.today + timedelta(days=int(match[4]))
        year, month, day = self.year(match[1]), int(match[2]), int(match[3])
        return date(year.first + (month < year.starts_on.month), month, day)

    def day_or_none(self, row: Row, name: str) -> date | None:
        """The day in a field that may be absent."""
        return self.day(row[name]) if name in row else None

    def workday(self, day: date, *, past: bool = False) -> date:
        """The day itself, or the Monday after a weekend; the Friday before it where that Monday is another school year
        or, for what lies in the past, has not come yet."""
        if day.weekday() < 5:
            return day
        monday = day + timedelta(days=7 - day.weekday())
        if SchoolYear.of(monday) != SchoolYear.of(day) or (past and monday > self.today):
            return monday - timedelta(days=3)
        return monday

    def happened(self, day: date) -> date:
        """The workday of something that was held or done; raises ValueError when that day has not come yet."""
        workday = self.workday(day, past=True)
        if workday > self.today:
            raise ValueError(f"{day} has not come yet")
        return workday


Tell = Callable[[int, int], None]  # (done, total) of a part
Fill = Callable[[Story, Tell], None]


@dataclass(frozen=True, slots=True)
class Part:
    """What one room adds to the demo, once the parts it builds on are there."""

    fill: Fill
    after: tuple[str, ...] = ()


def part(code: str, *, after: tuple[str, ...] = ()) -> Callable[[Fill], Fill]:
    """Registers a function as a room's part: `@part("people", after=("accounts",))`."""

    def register(fill: Fill) -> Fill:
        demo_parts.add(code, Part(fill, after))
        return fill

    return register


def parts_in_order() -> list[Part]:
    """Every registered part, each after those it builds on. Raises LookupError for one that is not there."""
    known: dict[str, Part] = dict(demo_parts.items())
    order = TopologicalSorter({code: known[code].after for code in sorted(known)}).static_order()
    return [demo_parts[code] for code in order]
