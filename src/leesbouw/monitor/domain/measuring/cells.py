"""Adds lists up to cells, for one location: raw numbers that are stored and never shown as they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from ..answers import Value
from ..questionnaire import QuestionnaireBody
from .reading import Reader, reader_of
from .rules import Rule

BUILDS = {
    "lower": range(1, 5),
    "upper": range(5, 9),
}  # the two lists of teachers, groep 1-4 and 5-8 (monitor.md §1)
ONCE_A_GROUP = "teacher"


_Cell = tuple[str, int, str]  # measure, version, breakdown


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure, as far as adding up needs to know it."""

    code: str
    version: int
    rule: Rule


@dataclass(frozen=True, slots=True)
class Submitted:
    """A list that was sent in: `questionnaire` as in "po-pupil@1", `answers` as they are stored."""

    questionnaire: str
    answers: Mapping[str, Value]
    group: int | None = None
    year_group: int | None = None
    weight: float = 1.0
    variant: str = ""


@dataclass(frozen=True, slots=True)
class CellRow:
    """A measure in one breakdown: "" for everybody, else "year_group:5", "group:12", "build:lower" or "sex:1".

    `denominator` is the sum of the weights of who is in the base, `total` and `sum_squares` are Σ w·x and Σ w·x²;
    for a share x is 0 or 1, so that its `numerator` is that same total. `persons` are the people behind it.
    """

    measure: str
    version: int
    breakdown: str
    numerator: float
    denominator: float
    persons: int
    total: float
    sum_squares: float


@dataclass(frozen=True, slots=True)
class _Answer:
    """A number that was read; `group` only where those of one group count once together."""

    number: float
    weight: float
    group: int | None
    year_group: int | None


def measure_cells(
    measures: Sequence[Measured],
    questionnaires: Mapping[str, QuestionnaireBody],
    submissions: Iterable[Submitted],
) -> list[CellRow]:
    """The cells of one location; a measure that nobody answered has none. Raises LookupError for an unknown list.

    Teachers who share a group count once together: each weighs one part of as many as answered. The order in which
    lists come makes no difference, to the last digit.
    """
    found: dict[_Cell, list[_Answer]] = defaultdict(list)
    readers: dict[tuple[str, str], list[tuple[Measured, Reader]]] = {}
    for one in submissions:
        body = questionnaires[one.questionnaire]
        key = (one.questionnaire, one.variant)
        if key not in readers:
            readers[key] = list(_readers(measures, body, *key))
        breakdowns = list(_breakdowns(one, body))
        once = body.respondent == ONCE_A_GROUP
        for measure, reader in readers[key]:
            number = reader(one.answers)
            if number is None:
                continue
            answer = _Answer(number, one.weight, one.group if once else None, one.year_group)
            for breakdown in breakdowns:
                found[measure.code, measure.version, breakdown].append(answer)
    return [_row(cell, found[cell]) for cell in sorted(found)]


def _readers(
    measures: Sequence[Measured], body: QuestionnaireBody, questionnaire: str, variant: str
) -> Iterator[tuple[Measured, Reader]]:
    code = questionnaire.partition("@")[0]
    for measure in measures:
        if measure.rule.questionnaire == code:
            reader = reader_of(measure.rule, body, variant)
            if reader is not None:
                yield measure, reader


def _breakdowns(one: Submitted, body: QuestionnaireBody) -> Iterator[str]:
    yield ""
    if one.group is not None:
        yield f"group:{one.group}"
    if one.year_group is not None:
        yield f"year_group:{one.year_group}"
        if body.respondent == ONCE_A_GROUP and body.sector == "po":
            yield from (f"build:{build}" for build, groups in BUILDS.items() if one.year_group in groups)
    for item in body.items:
        value = one.answers.get(item.code)
        if item.breakdown and value in {o.value for o in body.answers_of(item, one.variant) if o.counts}:
            yield f"{item.breakdown}:{value}"


def _row(cell: _Cell, answers: list[_Answer]) -> CellRow:
    weights = _weights(answers)
    total = fsum(weight * one.number for weight, one in zip(weights, answers, strict=True))
    squares = fsum(weight * one.number**2 for weight, one in zip(weights, answers, strict=True))
    return CellRow(*cell, total, fsum(weights), _persons(answers), total, squares)


def _weights(answers: list[_Answer]) -> list[float]:
    """One part of as many as answered for the same group; who has no group stands alone."""
    sizes: dict[int, int] = defaultdict(int)
    for one in answers:
        if one.group is not None:
            sizes[one.group] += 1
    return [one.weight / (sizes[one.group] if one.group is not None else 1) for one in answers]


def _persons(answers: list[_Answer]) -> int:
    """How many teachers there are at least: one who copied her list for the other half of a group counts once."""
    lists: dict[int, dict[int | None, int]] = defaultdict(lambda: defaultdict(int))
    alone = 0
    for one in answers:
        if one.group is None:
            alone += 1
        else:
            lists[one.group][one.year_group] += 1
    return alone + sum(max(halves.values()) for halves in lists.values())
