"""The plain values of a table's cells: what a download, or a label, says."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db.models import QuerySet
from django_tables2.columns import BoundColumn
from django_tables2.rows import BoundRow

from .columns import Column

CHUNK = 500  # rows read from the database at a time
Reader = Callable[[Any], Any]


def plain_rows(table: Any, visible: list[BoundColumn]) -> Iterator[list[Any]]:
    """Every row of the table, not only those of this page; read from the database in pieces."""
    data = table.data.data
    records: Iterable[Any] = data.iterator(chunk_size=CHUNK) if isinstance(data, QuerySet) else data
    readers = [reader(table, bound) for bound in visible]
    for record in records:
        yield [read(record) for read in readers]


def reader(table: Any, bound: BoundColumn) -> Reader:
    """A function from a record to the plain value of one column: `value_<name>` of the table if it has one, else what
    the column makes of the value; None for an empty cell. Made once per download, because a list has many cells."""
    raw = _raw_reader(table, bound)
    column = bound.column
    own: Callable[..., Any] | None = getattr(table, f"value_{bound.name}", None)
    if own is not None:
        return _own_reader(table, bound, own, raw)
    tell = column.value if isinstance(column, Column) else lambda value: value
    empty = column.empty_values

    def read(record: Any) -> Any:
        value = raw(record)
        return None if value in empty else tell(value)

    return read


def _own_reader(table: Any, bound: BoundColumn, own: Callable[..., Any], raw: Reader) -> Reader:
    wanted = set(inspect.signature(own).parameters)
    fixed = {"column": bound.column, "bound_column": bound, "table": table}
    fixed = {name: value for name, value in fixed.items() if name in wanted}
    empty = bound.column.empty_values

    def read(record: Any) -> Any:
        value = raw(record)
        if value in empty:
            return None
        asked = dict(fixed)
        if "value" in wanted:
            asked["value"] = value
        if "record" in wanted:
            asked["record"] = record
        if "bound_row" in wanted:
            asked["bound_row"] = BoundRow(record, table)
        return own(**asked)

    return read


def _raw_reader(table: Any, bound: BoundColumn) -> Reader:
    accessor = bound.accessor
    if callable(accessor):
        return accessor
    steps = _steps(table, bound)

    def read(record: Any) -> Any:
        value = record
        for step in steps:
            try:
                value = value[step] if isinstance(value, Mapping) else getattr(value, step)
            except (AttributeError, KeyError, ObjectDoesNotExist):
                return None
            if value is None:
                return None
            if callable(value) and not getattr(value, "alters_data", False):
                value = value()
        return value

    return read


def _steps(table: Any, bound: BoundColumn) -> list[str]:
    """The way to a value; a field with choices gives its words."""
    steps = list(bound.accessor.bits)
    model = getattr(table.data.data, "model", None)
    if model is not None and steps:
        try:
            field = bound.accessor.get_field(model)
        except FieldDoesNotExist:
            field = None
        if getattr(field, "choices", None):
            steps[-1] = f"get_{steps[-1]}_display"
    return steps
