"""The plain values of a table's cells: what a download, or a label, says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django_tables2.columns import BoundColumn
from django_tables2.rows import BoundRow
from django_tables2.utils import call_with_appropriate

from .columns import Column

CHUNK = 500  # rows read from the database at a time


def plain_rows(table: Any, visible: list[BoundColumn]) -> Iterator[list[Any]]:
    """Every row of the table, not only those of this page; read from the database in pieces."""
    data = table.data.data
    records: Iterable[Any] = data.iterator(chunk_size=CHUNK) if isinstance(data, QuerySet) else data
    for record in records:
        row = BoundRow(record, table)
        yield [plain_value(table, row, bound) for bound in visible]


def plain_value(table: Any, row: BoundRow, bound: BoundColumn) -> Any:
    """`value_<name>` of the table if it has one, else what the column makes of the value; None for an empty cell."""
    own: Callable[..., Any] | None = getattr(table, f"value_{bound.name}", None)

    def told(bound: BoundColumn, value: Any = None) -> Any:
        if own is not None:
            return call_with_appropriate(own, row._optional_cell_arguments(bound, value))
        return bound.column.value(value) if isinstance(bound.column, Column) else value

    return row._get_and_render_with(bound, told, None)
