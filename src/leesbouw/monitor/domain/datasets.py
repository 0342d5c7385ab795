"""Answers as a file that a statistics program opens: what the numbers mean goes with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .codebook import Column

LONGEST_LABEL, LONGEST_VALUE = 250, 110  # characters; SPSS takes 255 and 120 bytes, and cuts what is longer
# columns that are no answers, in their order, with how SPSS reads them
BEFORE = {"school": "F6.0", "year": "A9", "year_group": "F2.0", "mode": "A8", "weight": "F9.5"}
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Before:
    """A column of `BEFORE` in words: what it holds, what its values mean, and when it is empty or rounded."""

    name: str
    text: str
    base: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Fewest:
    """From how many lists of a school its year groups and its number leave, and from how many schools the numbers do.

    None: never. Schools of which a file brought results leave so many `together`.
    """

    year_group: int | None
    school: int
    schools: int | None
    together: int


def who_wait(places: Sequence[int], together: int) -> frozenset[int]:
    """Of schools of which a file brought results, in the order in which those came: who waits until there are more.

    Else the difference of two datasets, before and after, would be the lists of one school.
    """
    return frozenset(places[len(places) // together * together :])


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
    before: Sequence[Before], columns: Sequence[Column], chosen: Mapping[int, str]
) -> Callable[[Sequence[Cell]], list[Cell]]:
    """Puts words in the place of the numbers and signs that mean something."""
    words: list[Mapping[Any, str]] = [dict(one.values) for one in before]
    words += [values_of(column, chosen) for column in columns]
    return lambda cells: [known.get(cell, cell) for cell, known in zip(cells, words, strict=True)]


def spss_syntax(
    file: str, before: Sequence[Before], columns: Sequence[Column], chosen: Mapping[int, str]
) -> str:
    """Syntax that reads the file with labels and missing values, for SPSS and PSPP.

    An answer that never counts is a missing value, so that a share has the same base as ours.
    """
    return "\n".join(_syntax(file, before, columns, chosen)) + "\n"


def _syntax(
    file: str, before: Sequence[Before], columns: Sequence[Column], chosen: Mapping[int, str]
) -> Iterator[str]:
    yield "SET DECIMAL=DOT."
    yield f"GET DATA /TYPE=TXT /FILE={_quoted(file)} /ENCODING='UTF8' /DELIMITERS=';' /QUALIFIER='\"'"
    yield "  /FIRSTCASE=2 /VARIABLES="
    yield from (f"  {one.name} {BEFORE[one.name]}" for one in before)
    yield from (f"  {column.name} F8.2" for column in columns)
    yield "  ."
    for one in before:
        yield from _labels(one.name, one.text, {_quoted(value): label for value, label in one.values})
    for column in columns:
        yield from _labels(column.name, label_of(column), values_of(column, chosen))
        if column.uncounted:
            yield f"MISSING VALUES {column.name} ({_listed(column)})."
    yield "EXECUTE."


def _labels(name: str, text: str, values: Mapping[Any, str]) -> Iterator[str]:
    yield f"VARIABLE LABELS {name} {_quoted(text, LONGEST_LABEL)}."
    if values:
        yield f"VALUE LABELS {name}"
        yield from (f"  {value} {_quoted(label, LONGEST_VALUE)}" for value, label in values.items())
        yield "  ."


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
