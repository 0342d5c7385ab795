"""The first cell of a row is its header, so that a screen reader names the row as well as the column.

typst tags the cells of `table.header` as headers, of their columns, and no others. It has a way to tag the header of a
row (`pdf.header-cell`), but only behind a switch that its Python package does not have (0.15). So the tags are changed in
the finished file: it is written with one plain table of places, which is written anew.
"""

from __future__ import annotations

import re

_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_PLACE = re.compile(rb"(\d{10}) (\d{5}) n")
_OBJECT = re.compile(rb"(\d+) 0 obj\s")
_ROW = re.compile(rb"^\d+ 0 obj\s<</Type/StructElem/S/TR/.*?/K\[([\d R]*)\]", re.DOTALL)
_CELL = re.compile(rb"^\d+ 0 obj\s<</Type/StructElem/S/TD/")
_COLUMNS = re.compile(
    rb"/Headers\[[^\]]*\]"
)  # ids of the headers of the column; a reader finds them by their scope
_NOTHING = b"/K[]"


def with_row_headers(content: bytes) -> bytes:
    """The same PDF with its tables tagged so; one that is not written as typst writes it comes back as it was."""
    end = _END.search(content)
    if end is None or not content.startswith(b"xref", int(end[1])):
        return content
    table = content[int(end[1]) :]
    starts = sorted(int(one[1]) for one in _PLACE.finditer(table))
    parts = _parts(content, starts, int(end[1]))
    changed = _tagged(parts)
    return _written(content[: starts[0]], parts | changed, table) if changed else content


def _parts(content: bytes, starts: list[int], end: int) -> dict[int, bytes]:
    """Every object by its number, in the order of the file."""
    found = {}
    for start, after in zip(starts, [*starts[1:], end], strict=True):
        part = content[start:after]
        number = _OBJECT.match(part)
        assert number is not None
        found[int(number[1])] = part
    return found


def _tagged(parts: dict[int, bytes]) -> dict[int, bytes]:
    """The cells that change: the first of a row of data, and those that it is the header of."""
    found = {}
    for part in parts.values():
        row = _ROW.match(part)
        cells = [int(one) for one in re.findall(rb"(\d+) 0 R", row[1])] if row else []
        if len(cells) < 2 or not all(_CELL.match(parts[one]) for one in cells):
            continue
        first, *others = cells
        if _NOTHING in parts[first]:
            continue
        head = _COLUMNS.sub(b"", parts[first]).replace(b"/S/TD/", b"/S/TH/", 1)
        found[first] = head.replace(b"/O/Table", b"/O/Table/Scope/Row", 1)
        found |= {one: _COLUMNS.sub(b"", parts[one]) for one in others}
    return found


def _written(head: bytes, parts: dict[int, bytes], table: bytes) -> bytes:
    places, at = {0: b"0000000000 65535 f\r\n"}, len(head)
    for number, part in parts.items():
        places[number] = b"%010d 00000 n\r\n" % at
        at += len(part)
    trailer = table[table.index(b"trailer") : table.index(b"startxref")]
    lines = [places[number] for number in range(len(places))]
    body = b"".join(parts.values())
    return (
        head
        + body
        + b"xref\n0 %d\n" % len(lines)
        + b"".join(lines)
        + trailer
        + b"startxref\n%d\n%%%%EOF" % at
    )
