"""How many lists came in at a location that closed, as cells: so response passes the same minima as every figure."""

from __future__ import annotations

from collections.abc import Iterator

from .measuring import CellRow
from .progress import Standing

# The measures of each kind of round, in the order in which a report tells them.
PUPILS, TEACHERS, OTHERS = "pupils", "teachers", "others"
RESPONSE = {
    "po": {PUPILS: "po-response-pupils", TEACHERS: "po-response-teachers", OTHERS: "po-response-location"},
    "vo": {PUPILS: "vo-response-pupils", TEACHERS: "vo-response-teachers", OTHERS: "vo-response-location"},
    "ko": {TEACHERS: "childcare-response-workers", OTHERS: "childcare-response-location"},
}


def response_cells(kind: str, standing: Standing) -> Iterator[CellRow]:
    """Came in of expected. The persons behind a cell are those who were asked: who stayed away is told about as well."""
    told = {PUPILS: standing.pupils, TEACHERS: standing.teachers, OTHERS: standing.consultants}
    for lists, code in RESPONSE[kind].items():
        done, expected = told[lists]
        asked = max(done, expected)
        if asked:
            persons = 1 if lists == OTHERS else asked  # those are about the location, and of nobody
            yield CellRow(code, 1, "", done, asked, persons, done, done)
