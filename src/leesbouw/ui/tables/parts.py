"""What a table hands to its template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.timezone import template_localtime
from django_tables2.columns import BoundColumn
from django_tables2.rows import BoundRow


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

    @property
    def html(self) -> SafeString:
        """All its cells; asked for once, because a template asks for five hundred one by one more slowly."""
        return SafeString("\n".join(cell.html for cell in self.cells))


@dataclass(frozen=True, slots=True)
class Choice:
    """A column one may show or hide; the first always shows."""

    param: str
    label: str
    shown: bool
    fixed: bool


class ToldRow(BoundRow):
    """A row that knows what the method of each column asks for; else that is looked up again for every cell."""

    def __init__(
        self, record: Any, table: Any, asked: Mapping[str, tuple[tuple[str, ...], str | None]]
    ) -> None:
        super().__init__(record, table)
        self._asked = asked

    def _call_render(self, bound_column: BoundColumn, value: Any = None) -> Any:
        names, catch_all = self._asked[bound_column.name]
        given = self._optional_cell_arguments(bound_column, value)
        content = bound_column.render(**(given if catch_all else {name: given[name] for name in names}))
        return bound_column.link(content, **given) if bound_column.link else content
