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
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections, models, transaction
from django.db.models.query import ModelIterable

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


def hold_row(model: type[models.Model], pk: int) -> None:
    """Holds a row until the write ends, as `lock_row` does, for who does not need what is in it. Raises DoesNotExist."""
    meta: Any = model._meta
    quote = connection.ops.quote_name
    sql = f"SELECT 1 FROM {quote(meta.db_table)} WHERE {quote(meta.pk.column)} = %s"  # noqa: S608  (names of ours)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} FOR UPDATE" if connection.vendor == "postgresql" else sql, [pk])
        if cursor.fetchone() is None:
            raise model.DoesNotExist(f"no {meta.label} with this number")  # type: ignore[attr-defined]


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

    def objects(self, *parameters: Any) -> list[Any]:
        """The same as objects, of a question that gives those: with what it selects along and what it annotates."""
        compiler, sql = _compiled(self.make, connection.vendor)
        mine = copy(compiler)  # of this thread, with its connection
        mine.connection = connections[DEFAULT_DB_ALIAS]
        mine.as_sql = lambda *_, **__: (sql, parameters)
        query = SimpleNamespace(get_compiler=lambda using: mine)
        asked: Any = SimpleNamespace(db=DEFAULT_DB_ALIAS, query=query, _known_related_objects={})
        return list(ModelIterable(asked))

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


@lru_cache(maxsize=64)
def _compiled(make: Callable[[], models.QuerySet[Any, Any]], _vendor: str) -> tuple[Any, str]:
    compiler = make().query.get_compiler(DEFAULT_DB_ALIAS)
    return compiler, str(compiler.as_sql()[0])


def update_rows(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Writes these fields of rows of one model that are there, whatever they hold now: one short statement, run for
    each. An upsert would write every field again, and a bulk update asks the database to compare every row with all.
    """
    if not rows:
        return
    meta: Any = rows[0]._meta
    fields = [*(meta.get_field(name) for name in names), meta.pk]
    quote = connection.ops.quote_name
    values = ", ".join(f"{quote(field.column)} = %s" for field in fields[:-1])
    taken = _Values(fields, connection.vendor)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(meta.db_table)} SET {values} WHERE {quote(meta.pk.column)} = %s",  # noqa: S608  (names of ours)
            [taken.kept(row) for row in rows],
        )


def insert_row(row: models.Model) -> None:
    """Adds a new row and gives it its number, as `save` does at four times the price: for what every scan writes."""
    sql, values = _insert_of(type(row), connection.vendor)
    meta: Any = row._meta
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} RETURNING {connection.ops.quote_name(meta.pk.column)}", values.new(row))
        _number([row], cursor.fetchone())


def add_rows(rows: Sequence[models.Model]) -> None:
    """Adds new rows of one model, that get no number here: `bulk_create` for tens of thousands, at a tenth of its price."""
    if not rows:
        return
    sql, values = _insert_of(type(rows[0]), connection.vendor)
    with connection.cursor() as cursor:
        cursor.executemany(sql, [values.new(row) for row in rows])


def create_rows(rows: Sequence[models.Model]) -> None:
    """Adds new rows of one model and gives each its number: `bulk_create` at a tenth of its price.

    PostgreSQL gives all numbers at once. SQLite, which has one writer at a time, counts on from the highest ever.
    """
    if not rows:
        return
    meta: Any = rows[0]._meta
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            add_rows(rows)
            cursor.execute("SELECT last_insert_rowid()")
            first = cursor.fetchone()[0] - len(rows) + 1
            _number(rows, range(first, first + len(rows)))
            return
        table = connection.ops.quote_name(meta.db_table)
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [table, meta.pk.column, len(rows)],
        )
        _number(rows, [number for (number,) in cursor.fetchall()])
        sql, values = _insert_of(type(rows[0]), connection.vendor, is_numbered=True)
        cursor.executemany(sql, [values.new(row) for row in rows])


def _number(rows: Sequence[models.Model], numbers: Sequence[int]) -> None:
    for row, number in zip(rows, numbers, strict=True):
        row.pk = number
        row._state.adding, row._state.db = False, connection.alias


class _Values:
    """What the database takes for these fields of a row. Most values it takes as they are: a text for a text, a number
    for a number. Asking the field each time what to make of them costs more than all the rest."""

    def __init__(self, fields: Sequence[Any], vendor: str) -> None:
        self._noting = [one for one in fields if _notes(one)]
        self._attributes = [one.attname for one in fields]
        self._takes = [(_taken(one, vendor), _maker(one, vendor)) for one in fields]

    def new(self, row: models.Model) -> list[Any]:
        """Of a row that is added, with the moment in the fields that note it."""
        for field in self._noting:
            field.pre_save(row, True)
        return self.kept(row)

    def kept(self, row: models.Model) -> list[Any]:
        return self.of([getattr(row, name) for name in self._attributes])

    def of(self, values: Sequence[Any]) -> list[Any]:
        """Of values in the order of the fields."""
        return [
            value if value.__class__ in plain else make(value)
            for value, (plain, make) in zip(values, self._takes, strict=True)
        ]


def _notes(field: Any) -> bool:
    """Whether a field has something to note of a row that is added, as the moment."""
    if isinstance(field, models.DateField | models.TimeField):
        return bool(field.auto_now or field.auto_now_add)
    return type(field).pre_save is not models.Field.pre_save


_TEXTS = {models.CharField, models.TextField}
_PLAIN: dict[Any, type] = {models.BooleanField: bool, models.FloatField: float}


def _taken(field: Any, vendor: str) -> frozenset[type]:
    """The types whose values go to the database as they are."""
    while field.is_relation:  # to a location, that is known by the number of its unit
        field = field.target_field
    kind = type(field)
    if kind in _TEXTS:
        return frozenset({str, type(None)})
    if issubclass(kind, models.IntegerField) and vendor == "sqlite":  # PostgreSQL wants its size with it
        return frozenset({int, type(None)})
    return frozenset({_PLAIN[kind], type(None)} if kind in _PLAIN else ())


def _maker(field: Any, vendor: str) -> Callable[[Any], Any]:
    """What is made of any other value: what the field makes of it, but for days and moments, by far the most."""

    def make(value: Any) -> Any:
        return field.get_db_prep_save(value, connections[DEFAULT_DB_ALIAS])

    def day(value: Any) -> Any:
        if type(value) is date:
            return str(value)
        return None if value is None else make(value)

    def moment(value: Any) -> Any:
        if type(value) is datetime and value.tzinfo is not None:
            return str(value.astimezone(UTC).replace(tzinfo=None))
        return None if value is None else make(value)

    if type(field) in _TEXTS:
        return lambda value: value.value if isinstance(value, models.TextChoices) else make(value)
    quick = {models.DateField: day, models.DateTimeField: moment} if vendor == "sqlite" else {}
    return quick.get(type(field), make)


@lru_cache(maxsize=64)
def _insert_of(model: type[models.Model], vendor: str, *, is_numbered: bool = False) -> tuple[str, _Values]:
    """The statement that adds a row of this model, and what it takes of it."""
    meta: Any = model._meta
    fields = tuple(
        field
        for field in meta.local_concrete_fields
        if is_numbered or not isinstance(field, models.AutoField)
    )
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {connection.ops.quote_name(meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608  (names of ours)
    return sql, _Values(fields, vendor)


def insert_rows(
    model: type[models.Model],
    names: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    *,
    over: Sequence[str] = (),
) -> None:
    """Adds rows of values in the order of `names`: for tens of thousands, where making an object of each costs more than
    the database needs. A field that is not named has to be one that the database fills, or that may be empty.

    A row that has the same in the unique fields `over` as one that is there, is written over it.
    """
    if not rows:
        return
    meta: Any = model._meta
    quote = connection.ops.quote_name
    fields = [meta.get_field(name) for name in names]
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(names))
    upsert = ""
    if over:
        unique = ", ".join(quote(meta.get_field(name).column) for name in over)
        rest = [quote(one.column) for name, one in zip(names, fields, strict=True) if name not in over]
        upsert = (
            f" ON CONFLICT ({unique}) DO UPDATE SET {', '.join(f'{one} = EXCLUDED.{one}' for one in rest)}"
        )
    taken = _Values(fields, connection.vendor)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({marks}){upsert}",  # noqa: S608  (names of ours)
            [taken.of(row) for row in rows],
        )


def data_folder() -> Path:
    """LEESBOUW_DATA, where everything that must be kept lives."""
    return Path(settings.DATA_FOLDER)
