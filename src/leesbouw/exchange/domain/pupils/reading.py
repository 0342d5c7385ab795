"""Bytes to a table of pupils that holds the narrow set and nothing else, whatever stood in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..columns import candidates, known_headers
from ..limits import MOST_BYTES, Unreadable
from ..reading import Table, read_table
from .cleaning import bsn_among
from .columns import COLUMNS, DROPPED
from .door import Door
from .edex import read_xml
from .encodings import Pieces, looks_like_xml

KNOWN = known_headers(COLUMNS, DROPPED)
IDENTIFIERS = ("key", "eck_id")
BSN_LEFT_OUT = "bsn_left_out"
MOST_STRAYS = 3  # more passing by chance, with none that fails: less than one file in fourteen thousand


def read_pupils(
    content: bytes, *, birth_years: bool, mapping: Mapping[str, Sequence[str]] | None = None
) -> Table:
    """Pupils and teachers in EDEXML, a UWLR message, CSV or Excel, with `facts`.

    XML comes out under Dutch names of our columns, a row per pupil and then per teacher. Of a table only cells are left
    that one of our columns knows, or that `mapping` (column → names of headers) asks for and no forbidden header
    names; all others are empty, and a date of birth is a year or empty. A citizen service number in place of a key
    is empty too. Raises Unreadable, with one of the codes of
    `read_table` or: doctype, xml_shape, xml_other, uwlr_fault, uwlr_request, no_pupils, no_known_columns,
    keys_are_bsn.
    """
    asked = mapping or {}
    if len(content) > MOST_BYTES:
        raise Unreadable("too_large")
    if looks_like_xml(content):
        headers, rows, facts = read_xml(Pieces(content), birth_years=birth_years)
        table = Table(headers, rows, list(range(1, len(rows) + 1)), facts=facts)
    else:
        table = _cut_down(read_table(content, KNOWN), birth_years, asked)
    return _without_bsn(table, asked)


def _cut_down(table: Table, birth_years: bool, asked: Mapping[str, Sequence[str]]) -> Table:
    """The same table without anything that may not be kept; row by row, so that what goes is gone at once."""
    door = Door(table.headers, asked, birth_years=birth_years)
    for at, row in enumerate(table.rows):
        table.rows[at] = door.through(row)
    return replace(table, facts=door.facts("csv" if table.encoding else "excel"))


def _without_bsn(table: Table, asked: Mapping[str, Sequence[str]]) -> Table:
    """Citizen service numbers in place of keys, under whatever header: many refuse the file, a few are taken out."""
    known = candidates(table.headers, COLUMNS)
    names = {name for chosen in asked.values() for name in chosen}
    places = {at for code in IDENTIFIERS for at in known.get(code, ())}
    places |= {at for at, name in enumerate(table.headers) if name in names}
    warnings = table.facts.warnings if table.facts else ()
    for at in places:
        rows = [row for row in table.rows if at < len(row)]
        found = set(bsn_among(row[at] for row in rows))
        if len(found) > MOST_STRAYS:
            raise Unreadable("keys_are_bsn")
        for row in rows:
            row[at] = "" if row[at] in found else row[at]
        if found and BSN_LEFT_OUT not in warnings:
            warnings += (BSN_LEFT_OUT,)
    return replace(table, facts=table.facts and replace(table.facts, warnings=warnings))
