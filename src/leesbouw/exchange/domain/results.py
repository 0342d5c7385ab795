"""Results of an earlier Monitor in a file: a table or JSON, and the table of codes that stands beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from leesbouw.monitor.domain.results import Codes, codes_of

from .limits import MOST_BYTES, Unreadable, refuse_too_much
from .reading import read_table

Row = Mapping[str, str]


def answers_in(content: bytes, name: str) -> tuple[list[str], list[tuple[int, Row]]]:
    """Heads and numbered rows, as a spreadsheet counts them; of JSON the objects in their order. Raises Unreadable."""
    if name.lower().endswith(".json"):
        return _from_json(content)
    table = read_table(content)
    rows: list[tuple[int, Row]] = [
        (number, dict(zip(table.headers, row, strict=False)))
        for number, row in zip(table.numbers, table.rows, strict=True)
    ]
    return table.headers, rows


def codes_in(content: bytes) -> Codes:
    """The table of codes. Raises Unreadable; the reason "codes" names the row that says nothing, or two things."""
    try:
        return codes_of(read_table(content).rows)
    except ValueError as error:
        raise Unreadable("codes", what=str(error)[:60]) from None


def _from_json(content: bytes) -> tuple[list[str], list[tuple[int, Row]]]:
    """A list of objects; several answers stand in a list."""
    if len(content) > MOST_BYTES:
        raise Unreadable("too_large")
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, list) or not data or not all(isinstance(one, dict) for one in data):
        raise Unreadable("not_json")
    rows: list[Row] = [{key: _text(value) for key, value in one.items()} for one in data]
    heads = list(dict.fromkeys(key for row in rows for key in row))
    refuse_too_much(len(rows), len(heads), len(rows) * len(heads))
    return heads, list(enumerate(rows, 1))


def _text(value: object) -> str:
    if isinstance(value, list):
        return "|".join(str(one) for one in value)
    if isinstance(value, bool):
        return "1" if value else "0"
    return "" if value is None else str(value)
