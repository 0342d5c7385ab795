"""A new database is the same by either way: made at once from the models, or step by step by the migrations."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest

LOOK = """
import json, sys
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from leesbouw.cli.tables import is_blank, make_tables

assert is_blank()
if sys.argv[1] == "make":
    make_tables()
    call_command("migrate", check_unapplied=True, verbosity=0)  # nothing waits
else:
    call_command("migrate", verbosity=0)
assert not is_blank()
look, found = connection.introspection, {}
with connection.cursor() as cursor:
    for table in sorted(look.table_names(cursor)):
        columns = look.get_table_description(cursor, table)
        constraints = look.get_constraints(cursor, table)
        found[table] = {
            # The id of a table between two of django.contrib.auth is an integer or a big one; nobody refers to it.
            "columns": sorted(
                (one.name, "" if table.startswith("auth_") else str(one.type_code), str(one.null_ok))
                for one in columns
            ),
            "constraints": sorted(
                json.dumps({key: value for key, value in one.items() if key != "definition"}, default=str)
                + ("" if one["foreign_key"] or name.startswith("__unnamed") else name)  # numbered on SQLite
                for name, one in constraints.items()
            ),
        }
    for table in ("django_migrations", "django_content_type", "auth_permission"):
        cursor.execute(f"SELECT count(*) FROM {table}")
        found[table]["rows"] = cursor.fetchone()[0]
print(json.dumps(found))
"""


@pytest.fixture
def new_database(tmp_path: Path) -> Iterator[Callable[[str], dict[str, str]]]:
    """`new_database("made")`: the environment of a command that meets a blank database of the kind under test."""
    url, made = os.environ.get("DATABASE_URL", ""), []

    def environment(name: str) -> dict[str, str]:
        (tmp_path / name).mkdir()
        found = os.environ | {
            "DJANGO_SETTINGS_MODULE": "leesbouw.config.settings",
            "LEESBOUW_DATA": str(tmp_path / name),
        }
        if url:
            made.append(f"{name}_{uuid4().hex[:8]}")
            _on_server(url, f"CREATE DATABASE {made[-1]}")
            found["DATABASE_URL"] = urlunsplit(urlsplit(url)._replace(path=f"/{made[-1]}"))
        return found

    yield environment
    for name in made:
        _on_server(url, f"DROP DATABASE {name}")


def _on_server(url: str, command: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        server.execute(command)


@pytest.mark.walk
def test_a_new_database_is_what_the_migrations_make(
    new_database: Callable[[str], dict[str, str]],
) -> None:
    def look(how: str) -> Any:
        done = subprocess.run(
            [sys.executable, "-c", LOOK, how], env=new_database(how), capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    made, migrated = look("make"), look("migrate")
    assert made.keys() == migrated.keys()
    for table in made:
        assert made[table] == migrated[table], table
