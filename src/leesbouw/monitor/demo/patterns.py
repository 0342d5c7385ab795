"""Invented answers with a pattern, the same every time: no child ever gave them.

Three currents run under the answers: joy in reading, reading at home, and what a teacher does. Joy falls with age,
differs by school, and rises where teachers introduce books; schools that work at it rise a little every year. Each
item takes its answer from the current of its topic, with chance on top.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from math import exp, log
from random import Random

from ..domain.answers import Value, is_skipped
from ..domain.questionnaire import Item, Option, QuestionnaireBody

FALL = 0.28  # joy lost a year group, in standard deviations
RISE = 1.0  # joy gained where the teacher introduces books most, against where she does so least
DRIFT = 0.09  # gained a year where a school works at it
SKIPPED = 0.02
UNCOUNTED = 0.02
WRITES = 0.06  # who writes something where that is asked
CURRENTS = {"motivation": 1.0, "reading": 0.8, "borrowing": 0.5, "home": 0.2, "information": 0.3}
# The share that chooses one of the upper answers, where a half would look odd; the rest lies around a half.
LEANS = {"L10": 0.72, "L11": 0.82, "L12": 0.7, "L20": 0.48, "L52": 0.76, "L53": 0.58, "L60": 0.4, "L61": 0.33}
WORDS = (
    "Ik vind griezelboeken het leukst.",
    "Er mogen meer strips in de kast.",
    "Ik wil graag vaker voorgelezen worden.",
    "Soms weet ik niet welk boek ik moet kiezen.",
    "Het is fijn als het stil is in de klas.",
    "Ik lees liever buiten.",
)


@dataclass(frozen=True, slots=True)
class Mood:
    """Where a respondent stands, in standard deviations from the middle of the country."""

    joy: float
    home: float
    teaching: float

    def of(self, topic: str) -> float:
        if topic == "teaching":
            return self.teaching
        share = CURRENTS.get(topic, 0.2)
        return share * self.joy + (1 - share) * self.home


def chance_for(*names: object) -> Random:
    """The same chance for the same names, in every Python."""
    return Random(int.from_bytes(sha256("/".join(map(str, names)).encode()).digest()[:8], "big"))


@cache
def school_mood(code: str, year: int) -> Mood:
    """What a school is like in a year, counted from the first that is told."""
    chance = chance_for("school", code)
    works_at_it = chance.random() < 0.6
    joy, home, teaching = chance.gauss(0, 0.25), chance.gauss(0, 0.3), chance.gauss(0, 0.4)
    gained = DRIFT * year if works_at_it else -0.03 * year
    return Mood(joy + gained, home, teaching + 2 * gained)


@cache
def group_teaching(school: Mood, code: str, group: str, year: int) -> float:
    """How much the teacher of a group does about reading."""
    return school.teaching + chance_for("teacher", code, group, year).gauss(0, 0.6)


def pupil_mood(school: Mood, teaching: float, year_group: float, chance: Random) -> Mood:
    """A child of a group: older children like reading less, a teacher who tells of books makes up for some of it."""
    joy = school.joy - FALL * (year_group - 6.5) + RISE / 2 * teaching + chance.gauss(0, 0.9)
    return Mood(joy, school.home + chance.gauss(0, 0.9), teaching + chance.gauss(0, 0.5))


def answer_all(
    questionnaire: QuestionnaireBody,
    items: tuple[Item, ...],
    mood: Mood,
    chance: Random,
    variant: str = "",
    known: Mapping[str, int] | None = None,
) -> tuple[dict[str, Value], dict[str, str]]:
    """The answers of one respondent to these items, and what she wrote freely: as `clean_answers` would keep them.

    `known`: by the name of its fact what is known of the organisation; nobody invents that.
    """
    coded: dict[str, Value] = {}
    said: dict[str, str] = {}
    passed: set[str] = set()
    for item in items:
        if is_skipped(item, coded, passed):
            passed.add(item.code)
        elif known and item.fact in known:
            coded[item.code] = known[item.fact]
        elif item.kind == "open":
            if chance.random() < WRITES:
                said[item.code] = chance.choice(WORDS)
        elif chance.random() >= SKIPPED:
            coded[item.code] = _answer(item, questionnaire.answers_of(item, variant), mood, chance)
    return coded, said


def _answer(item: Item, options: tuple[Option, ...], mood: Mood, chance: Random) -> Value:
    if item.kind == "single":
        return _one_of(item, options, mood, chance)
    if item.kind == "multi":
        return _several_of(item, options, mood, chance)
    if item.kind == "grade":
        return max(1, min(10, round(7 + mood.joy + chance.gauss(0, 0.8))))
    if item.kind == "hours":
        return max(0, min(item.high, round(2 * (2 + mood.teaching + chance.random())) / 2))
    return max(int(item.low), min(int(item.high), round(chance.lognormvariate(2, 0.8))))


def _one_of(item: Item, options: tuple[Option, ...], mood: Mood, chance: Random) -> int:
    others = [option.value for option in options if not option.counts]
    if others and chance.random() < UNCOUNTED:
        return chance.choice(others)
    counted = [option.value for option in options if option.counts]
    middle = log(1 / _lean(item.code) - 1)
    place = 1 / (1 + exp(-(1.2 * mood.of(item.topic) - middle + chance.gauss(0, 0.9))))
    return counted[min(len(counted) - 1, int(place * len(counted)))]


def _several_of(item: Item, options: tuple[Option, ...], mood: Mood, chance: Random) -> list[int]:
    alone = [option.value for option in options if option.exclusive]
    if alone and chance.random() < 0.08 - 0.04 * mood.joy:
        return alone[:1]
    many = [option.value for option in options if not option.exclusive]
    chosen = [
        value for value in many if chance.random() < _pull(item.code, value) + 0.05 * mood.of(item.topic)
    ]
    return chosen or [chance.choice(many)]


def _lean(code: str) -> float:
    return LEANS.get(code) or 0.4 + 0.25 * _share(code)


def _pull(code: str, value: int) -> float:
    """How often an answer is among several, much the same in every school."""
    return 0.12 + 0.4 * _share(f"{code}/{value}")


@cache
def _share(name: str) -> float:
    return sha256(name.encode()).digest()[0] / 255
