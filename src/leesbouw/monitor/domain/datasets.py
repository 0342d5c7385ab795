"""Answers as a file that a statistics program opens: what the numbers mean goes with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from .codebook import Column

LONGEST_LABEL, LONGEST_VALUE = 250, 110  # characters; SPSS takes 255 and 120 bytes, and cuts what is longer
Cell = str | int | float | None


def told_year_groups(came: Mapping[int | None, int], fewest: int) -> frozenset[int]:
    """The year groups of a school that may leave: each with `fewest` lists, and as many again among those that stay.

    Otherwise what is missing would tell which children are in the small one.
    """
    told = {group for group, number in came.items() if group is not None and number >= fewest}
    left = sum(number for group, number in came.items() if group not in told)
    while told and 0 < left < fewest:
        smallest = min(told, key=lambda group: (came[group], group))
        told.remove(smallest)
        left += came[smallest]
    return frozenset(told)


def label_of(column: Column) -> str:
    """What was asked; of one of several choices the choice as well."""
    return f"{column.item.text} [{column.option.label}]" if column.option else column.item.text


def values_of(column: Column, chosen: Mapping[int, str]) -> dict[int, str]:
    """What each number means; `chosen` are the words for 0 and 1 of one of several choices."""
    if column.option:
        return dict(chosen)
    return {option.value: option.label for option in (*column.values, *column.uncounted)}


def in_words(
    columns: Sequence[Column], before: int, chosen: Mapping[int, str]
) -> Callable[[Sequence[Cell]], list[Cell]]:
    """Puts words in the place of the numbers that mean something; the first `before` cells are no answers."""
    words = [values_of(column, chosen) for column in columns]

    def row(cells: Sequence[Cell]) -> list[Cell]:
        answers = zip(cells[before:], words, strict=True)
        told = [known.get(cell, cell) if isinstance(cell, int) else cell for cell, known in answers]
        return [*cells[:before], *told]

    return row


def spss_syntax(
    file: str, before: Mapping[str, str], columns: Sequence[Column], chosen: Mapping[int, str]
) -> str:
    """Syntax that reads the file with labels and missing values, for SPSS and PSPP.

    `before` gives the format of the columns that are no answers, such as {"year": "A9"}. An answer that never counts is
    a missing value, so that a share has the same base as ours.
    """
    return "\n".join(_syntax(file, before, columns, chosen)) + "\n"


def _syntax(
    file: str, before: Mapping[str, str], columns: Sequence[Column], chosen: Mapping[int, str]
) -> Iterator[str]:
    yield "SET DECIMAL=DOT."
    yield f"GET DATA /TYPE=TXT /FILE={_quoted(file)} /ENCODING='UTF8' /DELIMITERS=';' /QUALIFIER='\"'"
    yield "  /FIRSTCASE=2 /VARIABLES="
    yield from (f"  {name} {kind}" for name, kind in before.items())
    yield from (f"  {column.name} F8.2" for column in columns)
    yield "  ."
    for column in columns:
        yield f"VARIABLE LABELS {column.name} {_quoted(label_of(column), LONGEST_LABEL)}."
        if known := values_of(column, chosen):
            yield f"VALUE LABELS {column.name}"
            yield from (f"  {value} {_quoted(label, LONGEST_VALUE)}" for value, label in known.items())
            yield "  ."
        if column.uncounted:
            yield f"MISSING VALUES {column.name} ({_listed(column)})."
    yield "EXECUTE."


def _listed(column: Column) -> str:
    return ", ".join(str(option.value) for option in column.uncounted)


def _quoted(text: str, most: int = LONGEST_LABEL) -> str:
    """On one line and between quotes, so that a text of somebody else is never a command."""
    flat = " ".join(text.split())[:most]
    return "'" + flat.replace("'", "''") + "'"


def records(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[dict[str, Cell]]:
    """Rows by the names of their columns, without what was not answered."""
    for row in rows:
        yield {head: cell for head, cell in zip(heads, row, strict=True) if cell is not None}
