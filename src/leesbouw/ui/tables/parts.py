"""What a table hands to its template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.timezone import template_localtime


@dataclass(frozen=True, slots=True)
class Head:
    """A column's heading; `href` sorts by it, `sort` is how it is sorted now."""

    label: str
    css: str
    href: str
    sort: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row between the tags of its column; put together here, because a page has five hundred."""

    content: Any
    opening: str
    closing: str

    @property
    def html(self) -> SafeString:
        """As the template itself would write it: in the language and time of the reader, and escaped."""
        content = localize(template_localtime(self.content))
        text = content if isinstance(content, str) else str(content)
        return SafeString(f"{self.opening}{conditional_escape(text)}{self.closing}")


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
