"""Results from elsewhere: a table of answers, with a table beside it that says what its columns and values are here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache, partial

from .answers import Answers, clean_answers
from .codebook import CHOSEN, raw_of
from .questionnaire import Item, QuestionnaireBody

YEAR_GROUP, WEIGHT = "year_group", "weight"  # columns that are no answers, named as in our own export
OURS = {YEAR_GROUP, WEIGHT}
LEFT_OUT = {"school", "year", "mode"}  # of our own export, and said by who brings it in
YEAR_GROUPS = frozenset("12345678")
MOST_WEIGHT = 1000
MOST_TIMES = 10  # that a list weighs another: with more, one child among five is nearly the whole figure
KEPT_DECIMALS = 5


@dataclass(frozen=True, slots=True)
class Codes:
    """`columns`: their name of a column → ours; `values`: our column → their value → ours. What is not named is ours."""

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def ours(self, row: Mapping[str, str]) -> dict[str, str]:
        """A row of theirs in our names and values."""
        named = {self.columns.get(name, name): text.strip() for name, text in row.items()}
        return {
            name: self.values.get(name, {}).get(text.casefold(), text) for name, text in named.items() if text
        }


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that is no answer. `row` counts as a spreadsheet does."""

    row: int
    column: str
    value: str


@dataclass(frozen=True, slots=True)
class Result:
    """One list: what is kept of it, and how much it counts."""

    answers: Answers
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Results:
    """`thrown_away` are columns of which nothing is kept, `empty` the rows without one answer."""

    lists: tuple[Result, ...]
    faults: tuple[Fault, ...]
    columns: tuple[str, ...]
    thrown_away: tuple[str, ...]
    empty: int


def codes_of(rows: Iterable[Sequence[str]]) -> Codes:
    """The table of codes: their column, our column, their value, our value; without values the column alone.

    Raises ValueError for a row without both columns, or that says of one column two things.
    """
    columns: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    for row in rows:
        theirs, ours, value, answer = (*(cell.strip() for cell in row), "", "", "", "")[:4]
        if not theirs or not ours or columns.get(theirs, ours) != ours:
            raise ValueError(theirs or ours)
        columns[theirs] = ours
        if value:
            values.setdefault(ours, {})[value.casefold()] = answer
    return Codes(columns, values)


def read_results(
    body: QuestionnaireBody,
    headers: Sequence[str],
    rows: Iterable[tuple[int, Mapping[str, str]]],
    codes: Codes,
    variant: str = "",
) -> Results:
    """The lists in a table of theirs, row by row with its number.

    Only answers to this list are kept: never what was written freely, who somebody is (sex, dyslexia, language at
    home), or a column that nobody named. A cell that is no answer is a fault, and the rest of its row is kept.
    """
    items = {item.code: item for item in body.items if item.kind != "open" and not item.breakdown}
    known = {name: item for item in items.values() for name in (item.code, item.official_code) if name}
    asked = tuple({item.module for item in items.values()} - {""})
    names = {name: codes.columns.get(name, name) for name in headers}
    kept = {theirs: ours for theirs, ours in names.items() if _item(ours, known) or ours in OURS}
    lists, faults, empty = [], [], 0
    is_answer = cache(partial(_is_answer, body, variant))  # the same few cells come again and again
    for number, row in rows:
        ours = codes.ours({name: row.get(name, "") for name in kept})
        found = list(_faults(number, ours, known, is_answer))
        faults += found
        weight = _weight(ours.get(WEIGHT, ""))
        answers = _answers(body, ours, asked, variant)
        if not answers.coded or weight is None:
            empty += 1
        else:
            lists.append(Result(answers, weight))
    away = tuple(name for name in headers if name not in kept and names[name] not in LEFT_OUT)
    return Results(tuple(lists), tuple(faults), tuple(kept), away, empty)


def _item(name: str, known: Mapping[str, Item]) -> Item | None:
    """The item of a column; one of several choices has a column each, "L41_1"."""
    code, _, value = name.rpartition("_")
    return known.get(name) or (known.get(code) if value.isdecimal() else None)


def _answers(
    body: QuestionnaireBody, ours: Mapping[str, str], asked: Collection[str], variant: str
) -> Answers:
    raw = raw_of(body, {name: text for name, text in ours.items() if name not in OURS})
    answers = clean_answers(
        body,
        raw,
        year_group=_year_group(ours.get(YEAR_GROUP, "")),
        modules=asked,
        variant=variant,
    )
    return Answers(answers.coded, {}, answers.year_group)


def _faults(
    number: int,
    ours: Mapping[str, str],
    known: Mapping[str, Item],
    is_answer: Callable[[str, str, str], bool],
) -> Iterator[Fault]:
    """Each cell that says something and is no answer of its own item."""
    for name, text in ours.items():
        item = _item(name, known)
        if (
            (name == WEIGHT and _weight(text) is None)
            or (name == YEAR_GROUP and _year_group(text) is None)
            or (item and name not in known and text.casefold() not in CHOSEN | {"0"})
            or (item and name in known and not is_answer(item.code, name, text))
        ):
            yield Fault(number, name, text)


def _is_answer(body: QuestionnaireBody, variant: str, code: str, name: str, text: str) -> bool:
    """Whether an item alone takes what was said; several choices only when each of them is one."""
    item = body.item(code)
    if item.is_year_group:
        return text in {str(option.value) for option in body.answers_of(item)}
    raw = raw_of(body, {name: text})
    alone = body.model_copy(update={"items": (item.model_copy(update={"show_if": None, "module": ""}),)})
    found = clean_answers(alone, raw, variant=variant).coded.get(code)
    return len(found) == len(raw[code]) if isinstance(found, list) else found is not None


def is_lopsided(lists: Iterable[Result]) -> bool:
    """Whether one list weighs so much beside another that a figure of all would be the answer of that one."""
    weights = [one.weight for one in lists]
    return max(weights) > MOST_TIMES * min(weights)


def _year_group(text: str) -> int | None:
    return int(text) if text in YEAR_GROUPS else None


def _weight(text: str) -> Decimal | None:
    """1 where none was given; None for what is no weight, or too little to be kept."""
    try:
        found = Decimal(text.replace(",", ".") or "1")
    except InvalidOperation:
        return None
    if not found.is_finite() or found >= MOST_WEIGHT:
        return None
    kept = round(found, KEPT_DECIMALS)
    return kept if kept > 0 else None
