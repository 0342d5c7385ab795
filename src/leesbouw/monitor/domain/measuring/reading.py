"""Reads one measure from one list: a number, or None for who is not in the base."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from math import prod

from ..answers import Value, is_skipped
from ..questionnaire import Item, QuestionnaireBody
from .rules import Count, Mean, Part, Product, Rule, Score, Share, rule_faults

Coded = Mapping[str, Value]
Reader = Callable[[Coded], float | None]


def reader_of(rule: Rule, questionnaire: QuestionnaireBody, variant: str = "") -> Reader | None:
    """What reads the measure from the lists of one version and variant; None when they do not have it."""
    items = {item.code: item for item in questionnaire.items}
    if any(True for _ in rule_faults(rule, questionnaire)):
        return None
    if not _is_for_variant(rule, [items[part.item] for part in rule.parts()], variant):
        return None
    ways = {part.item: _Way.of(part, items[part.item], questionnaire, variant) for part in rule.parts()}
    match rule:
        case Share():
            return partial(_share, ways[rule.item], set(rule.values), rule.at_least)
        case Count():
            return ways[rule.item].count
        case Mean():
            return ways[rule.item].number
        case Product():
            return partial(_product, [ways[part.item] for part in rule.factors])
        case Score():
            return partial(_score, rule, [ways[part.item] for part in rule.items], questionnaire)


def _is_for_variant(rule: Rule, items: list[Item], variant: str) -> bool:
    """Three faces and four are two measures: where a variant has its own scale, only a rule for it reads that."""
    has_own_scale = any(variant in item.variants for item in items)
    return rule.variant == variant if has_own_scale else rule.variant in ("", variant)


@dataclass(frozen=True, slots=True)
class _Way:
    """How one item is read. `counted` are its answers that count, `choices` those that put out no other."""

    item: Item
    part: Part
    counted: frozenset[int]
    choices: frozenset[int]

    @classmethod
    def of(cls, part: Part, item: Item, questionnaire: QuestionnaireBody, variant: str) -> _Way:
        options = [option for option in questionnaire.answers_of(item, variant) if option.counts]
        return cls(
            item,
            part,
            frozenset(option.value for option in options),
            frozenset(option.value for option in options if not option.exclusive),
        )

    def chosen(self, coded: Coded) -> frozenset[int] | None:
        """The answers that were chosen and count; None when there is none."""
        value = coded.get(self.item.code)
        return self.counted.intersection(value if isinstance(value, list) else [value]) or None

    def count(self, coded: Coded) -> float | None:
        chosen = self.chosen(coded)
        return None if chosen is None else float(len(chosen & self.choices))

    def number(self, coded: Coded) -> float | None:
        """The number that was filled in, per another one where the part says so, or the points of the answer."""
        value = coded.get(self.item.code)
        if value is None or isinstance(value, list):
            return None
        if self.part.points:
            return self.part.points.get(int(value))
        per = coded.get(self.part.per) if self.part.per else 1
        return None if not per or isinstance(per, list) else value / per

    def score(self, coded: Coded) -> float | None:
        """The answer as 0-100."""
        if self.part.points:
            return self.number(coded)
        if self.item.kind == "multi":
            count = self.count(coded)
            return None if count is None else min(count / (self.part.top or len(self.choices)), 1) * 100
        number = self.number(coded)
        if number is None or (self.counted and number not in self.counted):
            return None
        if self.item.kind == "single":
            return (number - 1) / (len(self.counted) - 1) * 100
        return (number - 1) / 9 * 100 if self.item.kind == "grade" else self._of_top(number)

    def _of_top(self, number: float) -> float:
        assert self.part.top is not None  # rule_faults lets no number through without
        return min(number / self.part.top, 1) * 100


def _share(way: _Way, values: set[int], at_least: float | None, coded: Coded) -> float | None:
    if at_least is not None:
        number = way.number(coded)
        return None if number is None else float(number >= at_least)
    chosen = way.chosen(coded)
    return None if chosen is None else float(bool(chosen & values))


def _product(ways: list[_Way], coded: Coded) -> float | None:
    numbers = [way.number(coded) for way in ways]
    if 0 in numbers:
        return 0.0
    known = [number for number in numbers if number is not None]
    return prod(known) if len(known) == len(numbers) else None


def _score(rule: Score, ways: list[_Way], questionnaire: QuestionnaireBody, coded: Coded) -> float | None:
    passed = _passed(questionnaire, coded) if rule.passed_is_zero else set()
    scores = [0.0 if way.item.code in passed else way.score(coded) for way in ways]
    known = [score for score in scores if score is not None]
    return sum(known) / len(known) if len(known) >= rule.enough * len(ways) else None


def _passed(questionnaire: QuestionnaireBody, coded: Coded) -> set[str]:
    passed: set[str] = set()
    for item in questionnaire.items:
        if is_skipped(item, coded, passed):
            passed.add(item.code)
    return passed
