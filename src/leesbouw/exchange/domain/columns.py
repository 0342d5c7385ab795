"""Which header of a file holds what, by synonyms: registers rename their columns from year to year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from .reading import fold

Mapping_ = Mapping[str, Sequence[int]]  # column code → positions in the header line
MOST_TEXT = 300  # characters of a cell that are kept beside its error


def keep_text(text: str) -> str:
    """The default cleaning: the text without spaces around and with single ones inside."""
    return " ".join(text.split())


@dataclass(frozen=True)
class Column:
    """Something an importer wants to know. `clean` takes a text that is not empty and raises ValueError(reason code).

    The positions of a column that is `summed` are added up; of any other the first one that holds something counts.
    `door` cuts a text down before anything of it is stored (a date of birth to its year).
    """

    code: str
    synonyms: tuple[str, ...]
    clean: Callable[[str], Any] = keep_text
    required: bool = False
    summed: bool = False
    door: Callable[[str], str] | None = None

    @property
    def folded(self) -> tuple[str, ...]:
        return _folded(self.synonyms)


@cache
def _folded(names: tuple[str, ...]) -> tuple[str, ...]:
    """Each once; asked for again and again, and always of the same few columns."""
    return tuple(dict.fromkeys(fold(name) for name in names))


@dataclass(frozen=True)
class Dropped:
    """Headers that we know and throw away at once, under one label for people."""

    code: str
    synonyms: tuple[str, ...]


@dataclass(slots=True)
class Cleaned:
    """One row after cleaning: values by column code, or what is wrong with it as (column code, reason code)."""

    number: int
    values: dict[str, Any]
    errors: list[tuple[str, str]] = field(default_factory=list)
    raw: dict[str, str] = field(default_factory=dict)
    left_out: str = ""  # a code: this row is none of our business

    @property
    def is_faulty(self) -> bool:
        return bool(self.errors)


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a row that a column reads: its position in the header line, and the header when there are several."""

    code: str
    at: int
    header: str = ""


def cells_of(mapping: Mapping_, headers: Sequence[str]) -> list[Cell]:
    """Every place that the chosen columns read, in the order of the file."""
    cells = [
        Cell(code, at, headers[at] if len(places) > 1 else "")
        for code, places in mapping.items()
        for at in places
    ]
    return sorted({cell.at: cell for cell in reversed(cells)}.values(), key=lambda cell: cell.at)


def known_headers(columns: Iterable[Column], dropped: Iterable[Dropped] = ()) -> frozenset[str]:
    """Every header that any of these knows, folded."""
    names = {name for column in columns for name in column.folded}
    return frozenset(names | {fold(name) for group in dropped for name in group.synonyms})


def candidates(headers: Sequence[str], columns: Iterable[Column]) -> dict[str, list[int]]:
    """For each column every position whose header is one of its synonyms, best synonym first."""
    places: dict[str, int] = {}
    for at, header in enumerate(headers):
        places.setdefault(fold(header), at)
    return {
        column.code: [places[name] for name in column.folded if name in places]
        for column in columns
        if any(name in places for name in column.folded)
    }


def propose(headers: Sequence[str], columns: Sequence[Column]) -> dict[str, list[int]]:
    """The mapping we suggest: the best synonym of each column, all of them where values are added up."""
    found = candidates(headers, columns)
    summed = {column.code for column in columns if column.summed}
    return {code: places if code in summed else places[:1] for code, places in found.items()}


def kept_positions(headers: Sequence[str], columns: Iterable[Column]) -> list[int]:
    """Positions whose values may be kept until the columns are settled: those that some column knows."""
    return sorted({at for places in candidates(headers, columns).values() for at in places})


def doors(
    headers: Sequence[str], mapping: Mapping_, columns: Iterable[Column]
) -> dict[int, Callable[[str], str]]:
    """The door at each position that has one: by its header, and by what somebody chose it for."""
    found: dict[int, Callable[[str], str]] = {}
    columns = [column for column in columns if column.door]
    known = candidates(headers, columns)
    for column in columns:
        for at in (*known.get(column.code, ()), *mapping.get(column.code, ())):
            if column.door:
                found[at] = column.door
    return found


def missing(mapping: Mapping_, columns: Iterable[Column]) -> list[str]:
    """Codes of required columns without a position."""
    return [column.code for column in columns if column.required and not mapping.get(column.code)]


def thrown_away(
    headers: Sequence[str], mapping: Mapping_, dropped: Sequence[Dropped]
) -> tuple[list[str], list[str]]:
    """(codes of known groups, names of unknown headers) that are in the file and not kept."""
    used = {at for places in mapping.values() for at in places}
    groups: dict[str, None] = {}
    unknown: list[str] = []
    by_name = {fold(name): group.code for group in dropped for name in group.synonyms}
    for at, header in enumerate(headers):
        if at in used or not header:
            continue
        if code := by_name.get(fold(header)):
            groups[code] = None
        else:
            unknown.append(header)
    return list(groups), unknown


def raw_values(row: Sequence[str], mapping: Mapping_) -> dict[str, list[str]]:
    """The texts of a row by column code; a row that stops early has empty texts."""
    return {
        code: [row[at].strip() if at < len(row) else "" for at in places] for code, places in mapping.items()
    }


def kept_places(mapping: Mapping_, kept: Sequence[int]) -> dict[str, list[int]]:
    """A mapping to positions in the header line as one to places among the texts that were kept."""
    at = {position: place for place, position in enumerate(kept)}
    return {
        code: [at[position] for position in positions if position in at]
        for code, positions in mapping.items()
    }


def clean_columns(
    raw: Mapping[str, Sequence[str]], columns: Iterable[Column]
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Values by code and errors as (code, reason). An empty cell gives no value, and an error when it is required."""
    values: dict[str, Any] = {}
    errors: list[tuple[str, str]] = []
    for column in columns:
        found = raw.get(column.code)
        texts = [text for text in found if text] if found else ()
        if not texts:
            if column.required:
                errors.append((column.code, "missing"))
            continue
        try:
            if column.summed:
                values[column.code] = sum(column.clean(text) for text in texts)
            else:
                values[column.code] = column.clean(texts[0])
        except ValueError as error:
            errors.append((column.code, str(error) or "unreadable"))
    return values, errors


def shown_raw(raw: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The kept texts of a faulty row, for the page and the download with its reason."""
    return {code: " + ".join(text for text in texts if text)[:MOST_TEXT] for code, texts in raw.items()}
