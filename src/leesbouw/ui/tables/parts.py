"""What a table hands to its template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Head:
    """A column's heading; `href` sorts by it, `sort` is how it is sorted now."""

    label: str
    css: str
    href: str
    sort: str


@dataclass(frozen=True, slots=True)
class Cell:
    content: Any
    css: str
    label: str
    is_head: bool


@dataclass(frozen=True, slots=True)
class Row:
    cells: list[Cell]
    pk: Any
    name: str
    url: str
    may_pick: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A column one may show or hide; the first always shows."""

    param: str
    label: str
    shown: bool
    fixed: bool
