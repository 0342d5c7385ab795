"""Writing safely on two databases.

SQLite takes one writer at a time: who waits in Python waits fairly and cheaply, who waits inside SQLite polls. So a
write takes a lock of this process and of this data folder first, and only then begins. PostgreSQL needs no such
lock; there a deadlock is retried.
"""

from __future__ import annotations

import fcntl
import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.db import OperationalError, connection, models, transaction

T = TypeVar("T")

CHUNK = 500  # rows a long write takes at a time
PAUSE = 0.001  # seconds between chunks, so that a desk gets its turn
RETRIES = 3

_thread_lock = threading.Lock()
_state = threading.local()


@contextmanager
def _process_lock() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    name = str(connection.settings_dict["NAME"])
    with _thread_lock:
        if ":memory:" in name or "mode=memory" in name:
            yield
            return
        with Path(f"{name}.lock").open("a") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(handle, fcntl.LOCK_UN)


@contextmanager
def write_transaction() -> Iterator[None]:
    """One write, whole or not at all. Inside another it joins that one: a savepoint, no second lock."""
    depth = getattr(_state, "depth", 0)
    if depth or connection.in_atomic_block:
        _state.depth = depth + 1
        try:
            with transaction.atomic(savepoint=True):
                yield
        finally:
            _state.depth = depth
        return
    with _process_lock():
        _state.depth = 1
        try:
            with transaction.atomic():
                yield
        finally:
            _state.depth = 0


def is_deadlock(error: OperationalError) -> bool:
    """Whether PostgreSQL gave up one of two writers that waited for each other, or for a serial order."""
    return getattr(error.__cause__, "sqlstate", None) in {"40P01", "40001"}


def retrying(work: Callable[[], T]) -> T:
    """Runs `work`, which holds its own write_transaction, again after a deadlock: three times at most."""
    for attempt in range(1, RETRIES + 1):
        try:
            return work()
        except OperationalError as error:
            if attempt == RETRIES or not is_deadlock(error) or connection.in_atomic_block:
                raise
            time.sleep(0.05 * attempt)
    raise AssertionError("unreachable")


def in_chunks(rows: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Slices of at most `size` rows, with a breath between them for whoever waits to write."""
    for start in range(0, len(rows), size):
        if start:
            time.sleep(PAUSE)
        yield rows[start : start + size]


def lock_row(queryset: Any, **key: Any) -> Any:
    """The one row of `queryset` with this key, held until the write ends. Raises DoesNotExist."""
    if connection.vendor == "postgresql":
        queryset = queryset.select_for_update(of=("self",))
    return queryset.get(**key)


@dataclass(frozen=True)
class Asked:
    """A question that is asked so often that its SQL is put together once: that costs ten times what the database needs.

    `make` gives the question with any parameters, as tuples of values; `rows` asks it with others, in the order of SQL.
    So `make` has a filter for each, one after the other: those of a single one are sorted by name. What a field makes
    of what the database gives is left to the caller; for JSON that is `from_json`.
    """

    make: Callable[[], models.QuerySet[Any, Any]]

    def rows(self, *parameters: Any) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(_sql_of(self.make, connection.vendor), parameters)
            return cursor.fetchall()

    def rows_held(self, *parameters: Any) -> list[tuple[Any, ...]]:
        """The same, with the rows of its own table held until the write ends and read as they are once one holds them.
        On SQLite there is one writer at a time as it is."""
        if connection.vendor != "postgresql":
            return self.rows(*parameters)
        sql, table = _sql_of(self.make, connection.vendor), self.make().model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} FOR UPDATE OF {connection.ops.quote_name(table)}", parameters)
            return cursor.fetchall()


def from_json(value: Any) -> Any:
    """A value of a JSON field as the database gives it: text, or what its driver made of that."""
    return json.loads(value) if isinstance(value, str) else value


def instant(value: Any) -> datetime:
    """A moment as the database gives it: text without a zone, which is UTC, or what its driver made of that."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@lru_cache(maxsize=64)
def _sql_of(make: Callable[[], models.QuerySet[Any, Any]], _vendor: str) -> str:
    return str(make().query.sql_with_params()[0])


def update_rows(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Writes these fields of rows of one model that are there, whatever they hold now: one short statement, run for
    each. An upsert would write every field again, and a bulk update asks the database to compare every row with all.
    """
    if not rows:
        return
    meta: Any = rows[0]._meta
    fields = [meta.get_field(name) for name in names]
    quote = connection.ops.quote_name
    values = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(meta.db_table)} SET {values} WHERE {quote(meta.pk.column)} = %s",  # noqa: S608  (names of ours)
            [
                [
                    *(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields),
                    row.pk,
                ]
                for row in rows
            ],
        )


def insert_row(row: models.Model) -> None:
    """Adds a new row and gives it its number, as `save` does at four times the price: for what every scan writes."""
    sql, fields = _insert_of(type(row), connection.vendor)
    meta: Any = row._meta
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} RETURNING {connection.ops.quote_name(meta.pk.column)}", _values(row, fields))
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias


def add_rows(rows: Sequence[models.Model]) -> None:
    """Adds new rows of one model, that get no number here: `bulk_create` for tens of thousands, at half its price."""
    if not rows:
        return
    sql, fields = _insert_of(type(rows[0]), connection.vendor)
    with connection.cursor() as cursor:
        cursor.executemany(sql, [_values(row, fields) for row in rows])


def _values(row: models.Model, fields: Sequence[Any]) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]


@lru_cache(maxsize=32)
def _insert_of(model: type[models.Model], _vendor: str) -> tuple[str, tuple[Any, ...]]:
    """The statement that adds a row of this model, and the fields whose values it takes."""
    meta: Any = model._meta
    fields = tuple(field for field in meta.local_concrete_fields if field is not meta.pk)
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {connection.ops.quote_name(meta.db_table)} ({names}) VALUES ({marks})", fields  # noqa: S608  (names of ours)


def insert_rows(
    model: type[models.Model], names: Sequence[str], rows: Sequence[tuple[str | int | None, ...]]
) -> None:
    """Adds rows of plain texts and numbers, in the order of `names`: for indexes of tens of thousands, where making an
    object of each costs more than the database needs."""
    if not rows:
        return
    meta: Any = model._meta
    quote = connection.ops.quote_name
    columns = ", ".join(quote(meta.get_field(name).column) for name in names)
    marks = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({marks})",  # noqa: S608  (names of ours)
            rows,
        )


def data_folder() -> Path:
    """LEESBOUW_DATA, where everything that must be kept lives."""
    return Path(settings.DATA_FOLDER)
