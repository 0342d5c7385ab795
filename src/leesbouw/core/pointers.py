"""Taking rows away to which nothing points: asking first, and removing without asking table by table."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection, models


def pointed_at(ids: Collection[int], fields: Iterable[Any]) -> set[int]:
    """Those of these ids that any row holds in one of these foreign keys: one question, whatever the number of tables.

    It says that something points at an id, and nothing of what does.
    """
    quote = connection.ops.quote_name
    on_postgresql = connection.vendor == "postgresql"
    wanted = "SELECT unnest(%s::bigint[])" if on_postgresql else "SELECT value FROM json_each(%s)"
    asked = [
        f"SELECT {column} FROM {table} WHERE {column} IN (SELECT id FROM wanted)"  # noqa: S608  (names of ours)
        for column, table in ((quote(one.column), quote(one.model._meta.db_table)) for one in fields)
    ]
    if not ids or not asked:
        return set()
    given = list(ids) if on_postgresql else json.dumps(list(ids))
    with connection.cursor() as cursor:
        cursor.execute(f"WITH wanted(id) AS ({wanted}) {' UNION '.join(asked)}", [given])
        return {row[0] for row in cursor.fetchall()}


def delete_rows(model: type[models.Model], ids: Collection[int]) -> None:
    """Removes rows to which nothing points any more; what somebody does point at, the database itself keeps. Django's
    delete would ask each of the many tables what goes along."""
    meta: Any = model._meta
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.executemany(
            f"DELETE FROM {quote(meta.db_table)} WHERE {quote(meta.pk.column)} = %s",  # noqa: S608  (names of ours)
            [(pk,) for pk in ids],
        )
