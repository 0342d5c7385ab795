"""The codebook of a list in words, for who gets its answers as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leesbouw.indicators.queries import suppression_rules

from ..domain.codebook import Column, columns_that_leave
from ..domain.datasets import Before, Fewest, label_of
from ..domain.questionnaire import QuestionnaireBody
from ..enums import Mode, Respondent
from .questionnaires import Questionnaire


@dataclass(frozen=True, slots=True)
class CodebookRow:
    """One column of a table: its name, what was asked, what the numbers mean and who is in the base."""

    column: str
    topic: str
    text: str
    values: tuple[tuple[int | str, str], ...]
    base: str
    status: str
    official_code: str


def codebook_rows(questionnaire: Questionnaire) -> list[CodebookRow]:
    """Every column of a dataset, in the order of the file."""
    body = questionnaire.body
    topics = {topic.code: topic.title for topic in body.topics}
    before = [
        CodebookRow(one.name, _("About the list itself"), one.text, one.values, one.base, "", "")
        for one in columns_before(questionnaire)
    ]
    return before + [
        CodebookRow(
            column.name,
            topics[column.item.topic],
            label_of(column),
            _values(column),
            " ".join(_base(column, body)),
            column.item.status,
            column.item.official_code,
        )
        for column in columns_that_leave(body)
    ]


def columns_before(questionnaire: Questionnaire) -> list[Before]:
    """What stands before the answers, in words."""
    fewest = fewest_in_dataset(questionnaire)
    modes = tuple((mode.value, str(mode.label)) for mode in Mode)
    return [
        Before("school", _("The school or location, as a number that is new in each file"), _whose(fewest)),
        Before("year", _("School year"), _("Everybody who answered.")),
        Before("year_group", _("Group or year of the pupil"), _of_year_groups(fewest)),
        Before("mode", _("How it was filled in"), _("Everybody who answered."), modes),
        Before("weight", _("How much this list counts"), _("Everybody who answered. Rounded to two digits.")),
    ]


def fewest_in_dataset(questionnaire: Questionnaire) -> Fewest:
    """What the parameters of small groups say of a dataset of this list."""
    population = "pupils" if questionnaire.body.respondent == Respondent.PUPIL else "teachers"
    rules = suppression_rules()
    least = rules.minimum("library", population, "year_group", main=True)
    enough = rules.minimum("nation", population, "", main=True)
    return Fewest(
        year_group=least.persons if least else None,
        school=least.persons if least else 1,
        schools=enough.locations if enough else None,
        together=least.locations if least else 1,
    )


def _whose(fewest: Fewest) -> str:
    if fewest.schools is None:
        return _("Always empty.")
    told = _("Empty where fewer than %(schools)s took part.") % {"schools": fewest.schools}
    if fewest.school == 1:
        return told
    return (
        told + " " + _("Empty where fewer than %(number)s of a school took part.") % {"number": fewest.school}
    )


def _of_year_groups(fewest: Fewest) -> str:
    if fewest.year_group is None:
        return _("Always empty.")
    return _("Empty where fewer than %(number)s of a school have it.") % {"number": fewest.year_group}


def _values(column: Column) -> tuple[tuple[int | str, str], ...]:
    if column.option:
        return (0, _("not chosen")), (1, _("chosen"))
    return tuple((option.value, option.label) for option in (*column.values, *column.uncounted))


def _base(column: Column, body: QuestionnaireBody) -> Iterator[str]:
    """Who is in the base: everybody who answered, less whom the item was not meant for."""
    item = column.item
    yield _("Everybody who answered.")
    if column.variant:
        title = next(variant.title for variant in body.variants if variant.code == column.variant)
        yield _("Asked with these answers in “%(variant)s” only.") % {"variant": title}
    if item.year_groups:
        groups = ", ".join(str(group) for group in item.year_groups)
        yield _("Asked of year groups %(groups)s only.") % {"groups": groups}
    if item.module:
        title = next(module.title for module in body.modules if module.code == item.module)
        yield _("Asked only where the part “%(module)s” is on.") % {"module": title}
    if column.only_after:
        gate, options = column.only_after
        labels = ", ".join(option.label for option in options)
        yield _("Not asked of whoever chose something else than %(labels)s at %(item)s.") % {
            "labels": labels,
            "item": gate.code,
        }
    if column.uncounted:
        labels = ", ".join(option.label for option in column.uncounted)
        yield _("Never counts: %(labels)s.") % {"labels": labels}
