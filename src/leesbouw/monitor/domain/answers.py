"""What is kept of a list that was filled in: which items were asked, and which answers are answers."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .questionnaire import OPEN_LENGTH, Item, QuestionnaireBody

Value = int | float | list[int]
CHOICE = re.compile(r"\d{1,3}", re.ASCII)
NUMBER = re.compile(r"\d{1,6}(?:[.,]\d{1,2})?", re.ASCII)
THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+", re.ASCII)  # 1.500, as a Dutch hand writes it


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to one list.

    `coded` is what is stored with the list, as JSON: a value for a single choice, a grade or a number, a half for
    hours, ascending values for several choices; who skipped an item is absent. `said` is what was written freely,
    kept apart. `year_group` is the class's, or else what the item that asks for it was answered.
    """

    coded: dict[str, Value] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    year_group: int | None = None

    @property
    def is_empty(self) -> bool:
        return not self.coded and not self.said


def shown_items(
    questionnaire: QuestionnaireBody,
    year_group: int | None = None,
    modules: Collection[str] = (),
    variant: str = "",
) -> tuple[Item, ...]:
    """The items that are put to somebody, in order; what an answer skips is among them.

    `modules` are those that are on. Without a year group every item stands there, with the one that asks for it.
    """
    return tuple(_shown(questionnaire, year_group, modules, variant))


def _shown(
    questionnaire: QuestionnaireBody, year_group: int | None, modules: Collection[str], variant: str
) -> Iterator[Item]:
    only = next((set(one.items) for one in questionnaire.variants if one.code == variant), None)
    for item in questionnaire.items:
        is_on = not item.module or item.module in modules
        is_known = item.is_year_group and year_group is not None
        if is_on and not is_known and _is_for(item, year_group) and (only is None or item.code in only):
            yield item


def _is_for(item: Item, year_group: int | None) -> bool:
    return not item.year_groups or year_group is None or year_group in item.year_groups


def clean_answers(
    questionnaire: QuestionnaireBody,
    raw: Mapping[str, Sequence[str]],
    *,
    year_group: int | None = None,
    modules: Collection[str] = (),
    variant: str = "",
) -> Answers:
    """What is kept of a form: item code → what was sent for it. Never raises; what is no answer is left out.

    An item is skipped by an answer, never by a silence: who passed over the question that leads the way keeps what
    comes after it. Whoever chose "nobody" beside somebody is taken to have meant somebody.
    """
    found = Answers(year_group=year_group)
    skipped: set[str] = set()
    for item in shown_items(questionnaire, year_group, modules, variant):
        sent = raw.get(item.code, ())
        if item.is_year_group:
            found = Answers(year_group=_single(sent, questionnaire, item, variant))
        elif not _is_for(item, found.year_group):
            continue
        elif is_skipped(item, found.coded, skipped):
            skipped.add(item.code)
        elif item.kind == "open":
            if text := _text(sent):
                found.said[item.code] = text
        else:
            value = _value(sent, questionnaire, item, variant)
            if value is not None:
                found.coded[item.code] = value
    return found


def is_skipped(item: Item, coded: Mapping[str, Value], skipped: Collection[str] = ()) -> bool:
    """Whether an earlier answer leads past this item; `skipped` are the earlier items that were passed themselves."""
    if item.show_if is None:
        return False
    if item.show_if.item in skipped:
        return True
    given = coded.get(item.show_if.item)
    if given is None:
        return False
    values = given if isinstance(given, list) else [given]
    return not set(values) & set(item.show_if.values)


def as_form(questionnaire: QuestionnaireBody, answers: Answers) -> dict[str, list[str]]:
    """The answers as a form would send them; a teacher copies a list from it for the other half of the group."""
    form: dict[str, list[str]] = {}
    for item in questionnaire.items:
        if item.is_year_group and answers.year_group is not None:
            form[item.code] = [str(answers.year_group)]
        elif item.code in answers.said:
            form[item.code] = [answers.said[item.code]]
        elif item.code in answers.coded:
            value = answers.coded[item.code]
            form[item.code] = [str(one) for one in (value if isinstance(value, list) else [value])]
    return form


def _value(sent: Sequence[str], questionnaire: QuestionnaireBody, item: Item, variant: str) -> Value | None:
    if item.kind == "single":
        return _single(sent, questionnaire, item, variant)
    if item.kind == "multi":
        return _several(sent, questionnaire, item, variant) or None
    return _number(sent, item)


def _chosen(sent: Sequence[str], questionnaire: QuestionnaireBody, item: Item, variant: str) -> Iterator[int]:
    known = {option.value for option in questionnaire.answers_of(item, variant)}
    for text in sent:
        if CHOICE.fullmatch(text) and int(text) in known:
            yield int(text)


def _single(sent: Sequence[str], questionnaire: QuestionnaireBody, item: Item, variant: str) -> int | None:
    return next(_chosen(sent, questionnaire, item, variant), None)


def _several(sent: Sequence[str], questionnaire: QuestionnaireBody, item: Item, variant: str) -> list[int]:
    chosen = sorted(set(_chosen(sent, questionnaire, item, variant)))
    alone = {option.value for option in questionnaire.answers_of(item, variant) if option.exclusive}
    return [value for value in chosen if value not in alone] or chosen[:1]


def _number(sent: Sequence[str], item: Item) -> int | float | None:
    """A whole number or a grade; for hours a number of halves, the nearest. Out of bounds is no answer."""
    for text in sent:
        number = _read(text.strip())
        if number is not None and item.low <= number <= item.high:
            if item.kind == "hours":
                return math.floor(number * 2 + 0.5) / 2
            if number == int(number):
                return int(number)
    return None


def _read(text: str) -> float | None:
    if THOUSANDS.fullmatch(text):
        return float(text.replace(".", ""))
    return float(text.replace(",", ".")) if NUMBER.fullmatch(text) else None


def _text(sent: Sequence[str]) -> str:
    """Words without control characters and halves of signs, which no database takes; at most 500 signs."""
    text = " ".join(sent).encode("utf-8", "ignore").decode("utf-8").replace("\r\n", "\n")
    kept = "".join(_sign(sign) for sign in text).strip()
    return kept[:OPEN_LENGTH].strip()


def _sign(sign: str) -> str:
    if sign == "\n" or sign.isprintable():
        return sign
    return " " if sign.isspace() else ""
