"""A questionnaire as the columns of a table, with what each number in it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .answers import Value
from .questionnaire import Item, Option, QuestionnaireBody

CHOSEN = {"1", "x"}
SEPARATOR = ";"
Row = Callable[[Mapping[str, Value]], list[Any]]  # the answers of a list as cells
Line = Callable[[Mapping[str, Value]], str]  # and as a line of CSV


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Several choices have a column each, "L41_1", with 1 for chosen and 0 for passed by.

    What a variant asks with a scale of its own has a column of its own, "L10_sbo": three faces and four are two measures.
    `values` are the answers that count, `uncounted` those that never enter a base; `only_after` is the item and the
    answers after which the item is asked.
    """

    name: str
    item: Item
    option: Option | None = None
    values: tuple[Option, ...] = ()
    uncounted: tuple[Option, ...] = ()
    only_after: tuple[Item, tuple[Option, ...]] | None = None
    variant: str = ""


def codebook(questionnaire: QuestionnaireBody) -> list[Column]:
    """The columns of a list in its own order; what is written freely has none, because it leaves with no table."""
    columns: list[Column] = []
    for item in questionnaire.items:
        if item.kind == "multi":
            route = _route(questionnaire, item)
            columns += [
                Column(f"{item.code}_{option.value}", item, option, only_after=route)
                for option in questionnaire.answers_of(item)
            ]
        elif item.kind != "open" and not item.is_year_group:
            columns += [_column(questionnaire, item, variant) for variant in ("", *item.variants)]
    return columns


def _column(questionnaire: QuestionnaireBody, item: Item, variant: str) -> Column:
    options = questionnaire.answers_of(item, variant)
    counted = tuple(option for option in options if option.counts)
    uncounted = tuple(option for option in options if not option.counts)
    name = f"{item.code}_{variant}" if variant else item.code
    return Column(name, item, None, counted, uncounted, _route(questionnaire, item), variant)


def columns_that_leave(questionnaire: QuestionnaireBody) -> list[Column]:
    """Those of a dataset: every question but what somebody said of herself."""
    return [column for column in codebook(questionnaire) if not column.item.breakdown]


def _route(questionnaire: QuestionnaireBody, item: Item) -> tuple[Item, tuple[Option, ...]] | None:
    if item.show_if is None:
        return None
    gate = questionnaire.item(item.show_if.item)
    options = questionnaire.answers_of(gate)
    return gate, tuple(option for option in options if option.value in item.show_if.values)


def rows_of(columns: Sequence[Column], variant: str = "") -> Row:
    """Puts the answers of a list in the order of its columns; None for what was skipped.

    For very many lists of a variant: where an answer goes is looked up once. The columns of an item with several
    choices stand together, as `codebook` gives them.
    """
    single, runs = _places(columns, variant)

    def row(coded: Mapping[str, Value]) -> list[Any]:
        cells: list[Any] = list(map(coded.get, single))
        for at, code, options in runs:
            cells[at:at] = _choices(options, coded.get(code))
        return cells

    return row


def lines_of(columns: Sequence[Column], variant: str = "", *, decimal: str = ",") -> Line:
    """The same as `rows_of`, as a line of CSV without its end; three times as fast, because most cells are a choice of
    several and each set of choices is written once.
    """
    single, runs = _places(columns, variant)
    text_of = _Texts(decimal)
    written: dict[Any, str] = {}

    def line(coded: Mapping[str, Value]) -> str:
        cells = [text_of[value] for value in map(coded.get, single)]
        for at, code, options in runs:
            value = coded.get(code)
            key = (code, *value) if isinstance(value, list) else code
            if key not in written:
                written[key] = SEPARATOR.join(text_of[cell] for cell in _choices(options, value))
            cells.insert(at, written[key])
        return SEPARATOR.join(cells)

    return line


class _Texts(dict[Any, str]):
    """Numbers as they stand in a table, each written once: 3, 2,5 and nothing for nothing."""

    def __init__(self, decimal: str) -> None:
        super().__init__({None: ""})
        self.decimal = decimal

    def __missing__(self, number: float) -> str:
        whole = int(number)
        self[number] = str(whole) if whole == number else repr(number).replace(".", self.decimal)
        return self[number]


_Run = tuple[int, str, list[int]]  # where the choices of an item go, its code, its options


def _places(columns: Sequence[Column], variant: str) -> tuple[list[str], list[_Run]]:
    """The codes of the columns with one number, in order, "" for another variant's; and where between them the choices
    of the other items go, the last first, so that what goes in moves nothing that still comes.
    """
    single: list[str] = []
    runs: list[_Run] = []
    for column in columns:
        if column.option is None:
            single.append(column.item.code if _is_for(column, variant) else "")
            continue
        if not runs or runs[-1][1] != column.item.code:
            runs.append((len(single), column.item.code, []))
        runs[-1][2].append(column.option.value)
    return single, runs[::-1]


def _choices(options: Sequence[int], chosen: Value | None) -> list[int | None]:
    """1 for chosen and 0 for passed by; None for each where the item was not answered."""
    if not isinstance(chosen, list):
        return [None] * len(options)
    return [int(option in chosen) for option in options]


def _is_for(column: Column, variant: str) -> bool:
    """Whether a list of the variant has its answer here, as one number."""
    return column.option is None and column.variant == (variant if variant in column.item.variants else "")


def raw_of(questionnaire: QuestionnaireBody, row: Mapping[str, str]) -> dict[str, list[str]]:
    """A row of a table of answers as a form would send it, for `clean_answers` to judge.

    A column is named by the item's code, its official code, or for one of several choices by code and value, "L41_1",
    with 1 or x for chosen. An answer is its number or its words; several in one cell stand apart by "|".
    """
    items = {name: item for item in questionnaire.items for name in (item.code, item.official_code) if name}
    raw: dict[str, list[str]] = {}
    for name, text in row.items():
        code, _, value = name.rpartition("_")
        if name in items:
            item = items[name]
            raw.setdefault(item.code, []).extend(_values(questionnaire, item, text))
        elif code in items and text.strip().lower() in CHOSEN:
            raw.setdefault(items[code].code, []).append(value)
    return raw


def _values(questionnaire: QuestionnaireBody, item: Item, text: str) -> list[str]:
    words = {option.label.casefold(): str(option.value) for option in questionnaire.answers_of(item)}
    parts = text.split("|") if item.kind == "multi" else [text]
    return [words.get(part.strip().casefold(), part.strip()) for part in parts]
