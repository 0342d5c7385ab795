"""How much a file may hold, and the one way to say that it cannot be read."""

from __future__ import annotations

from typing import Any

MOST_BYTES = 64 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024  # bytes an Excel file may become; a bomb becomes far more
MOST_COLUMNS = 300
MOST_ROWS = 250_000
MOST_CELLS = 8_000_000
MOST_CELL = 5_000  # characters
HEADER_WITHIN = 12  # lines of explanation that may stand above the header


class Unreadable(Exception):
    """This is no table that we can read. `code` names the reason; `values` fill in its sentence."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def refuse_too_much(rows: int, columns: int, cells: int) -> None:
    """Raises Unreadable when a table would pass the limits."""
    if columns > MOST_COLUMNS * 4:
        raise Unreadable("too_many_columns", most=MOST_COLUMNS)
    if rows > MOST_ROWS + HEADER_WITHIN or cells > MOST_CELLS:
        raise Unreadable("too_many_rows", most=MOST_ROWS)
