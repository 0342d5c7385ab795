"""The list that somebody gets to see: a questionnaire with the questions of the library, for one location and group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from leesbouw.core.db import Asked, from_json
from leesbouw.organisations.models import ClassGroup

from ..domain.answers import shown_items
from ..domain.local import Question, measured, with_local
from ..domain.measuring import Measured
from ..domain.questionnaire import Item, QuestionnaireBody
from ..models import LocalQuestion, Participation, Round
from .questionnaires import questionnaire

LOCAL_HEADING = _("Questions of your own library")
LOCAL = Asked(
    lambda: (
        LocalQuestion.objects.filter(round=0)
        .filter(respondent="")
        .order_by("position")
        .values_list("position", "text", "options")
    )
)


@dataclass(frozen=True, slots=True)
class AskedList:
    """What is asked of one kind of respondent at one location.

    `year_groups` are those of the group; with more than one, the list asks which. `body` holds the library's questions.
    Two that are equal are the same page.
    """

    key: str
    modules: tuple[str, ...]
    year_groups: tuple[int, ...]
    variant: str
    local: tuple[Question, ...]
    body: QuestionnaireBody = field(compare=False)

    @property
    def year_group(self) -> int | None:
        """The year group where there is no choice."""
        return self.year_groups[0] if len(self.year_groups) == 1 else None

    @property
    def items(self) -> tuple[Item, ...]:
        """Every question that may be asked, in order."""
        return shown_items(self.body, self.year_group, self.modules, self.variant)


def asked_list(participation: Participation, respondent: str, group: ClassGroup | None) -> AskedList:
    """Raises LookupError when the round has no such list."""
    row = participation.round
    key, local = row.questionnaires.get(respondent, ""), local_questions_of(row, respondent)
    body = _with_local(key, local)
    wanted = asked_year_groups(body)
    years = tuple(year for year in (group.year_groups if group else ()) if year in wanted)
    variant = body.variant_for(participation.location.sector)
    return AskedList(key, tuple(sorted(row.modules)), years, variant, local, body)


def local_questions_of(row: Round, respondent: str) -> tuple[Question, ...]:
    """What the library asks beside the list. Anybody who fills in sees them, so no actor is asked."""
    return tuple(
        Question(position, text, tuple(from_json(options)))
        for position, text, options in LOCAL.rows(row.pk, str(respondent))
    )


def as_question(row: LocalQuestion) -> Question:
    return Question(row.position, row.text, tuple(row.options))


def body_of(row: Round, key: str) -> QuestionnaireBody:
    """A list as it was asked in a round, the library's questions included."""
    return _with_local(key, local_questions_of(row, questionnaire(key).body.respondent))


def local_measures_of(row: Round, keys: Iterable[str]) -> list[Measured]:
    """What is counted of the library's questions on these lists: the share of every answer to choose from."""
    codes = {str(questionnaire(key).body.respondent): key.partition("@")[0] for key in keys}
    asked = LocalQuestion.objects.filter(round=row, respondent__in=codes)
    return [
        one
        for question in asked
        for one in measured(
            as_question(question), question.pk, question.respondent, codes[question.respondent]
        )
    ]


@lru_cache(maxsize=256)
def _with_local(key: str, local: tuple[Question, ...]) -> QuestionnaireBody:
    """A list in a version never changes, so it is put together once."""
    return with_local(questionnaire(key).body, local, str(LOCAL_HEADING))


def asked_year_groups(body: QuestionnaireBody) -> Sequence[int]:
    """The year groups that a list is for."""
    return [
        option.value for item in body.items if item.is_year_group for option in item.options if option.counts
    ]
