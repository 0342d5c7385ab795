"""One of a list, as one parameter: so a question with a list of any length is the same SQL each time, and is put together
once (`db.Asked`). Django's `in` gives each value a place of its own, which for thousands costs more than the answer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection, models


@models.ForeignObject.register_lookup
@models.Field.register_lookup
class Among(models.Lookup):
    """`filter(word__among=listed(words))`. The values are those of the database, and never None."""

    lookup_name = "among"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (value,)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, parameters = self.process_lhs(compiler, connection)
        given, values = self.process_rhs(compiler, connection)
        if connection.vendor == "postgresql":
            return f"{column} = ANY({given})", (*parameters, *values)
        return f"{column} IN (SELECT value FROM json_each({given}))", (*parameters, *values)  # noqa: S608  (marks alone)


def listed(values: Iterable[int | str]) -> Any:
    """Values as the one parameter that the database takes for a list."""
    return list(values) if connection.vendor == "postgresql" else json.dumps(list(values))
