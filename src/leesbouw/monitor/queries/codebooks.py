"""The codebook of a list in words, for who gets its answers as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..domain.codebook import Column, codebook
from ..domain.questionnaire import QuestionnaireBody
from .questionnaires import Questionnaire


@dataclass(frozen=True, slots=True)
class CodebookRow:
    """One column of a table: its name, what was asked, what the numbers mean and who is in the base."""

    column: str
    topic: str
    text: str
    values: tuple[tuple[int, str], ...]
    base: str
    status: str
    official_code: str


def codebook_rows(questionnaire: Questionnaire) -> list[CodebookRow]:
    body = questionnaire.body
    topics = {topic.code: topic.title for topic in body.topics}
    return [
        CodebookRow(
            column.name,
            topics[column.item.topic],
            _text(column),
            _values(column),
            " ".join(_base(column, body)),
            column.item.status,
            column.item.official_code,
        )
        for column in codebook(body)
    ]


def _text(column: Column) -> str:
    return f"{column.item.text} [{column.option.label}]" if column.option else column.item.text


def _values(column: Column) -> tuple[tuple[int, str], ...]:
    if column.option:
        return (0, _("not chosen")), (1, _("chosen"))
    return tuple((option.value, option.label) for option in (*column.values, *column.uncounted))


def _base(column: Column, body: QuestionnaireBody) -> Iterator[str]:
    """Who is in the base: everybody who answered, less whom the item was not meant for."""
    item = column.item
    yield _("Everybody who answered.")
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
