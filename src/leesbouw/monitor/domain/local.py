"""The questions of a library itself: they come last, under a heading of their own, and have no national figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leesbouw.indicators.domain.measures import LOCAL, local_code

from .measuring import Measured, Share
from .questionnaire import Item, Option, QuestionnaireBody, Topic

POPULATIONS = {
    "pupil": "pupils",
    "teacher": "teachers",
    "worker": "teachers",
}  # who else fills in does so for all


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a library: words to choose from, or free text without them. The first has position 1."""

    position: int
    text: str
    options: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """How its answers are kept, beside the codes of the list: EV01 to EV05."""
        return f"EV{self.position:02d}"

    @property
    def values(self) -> range:
        """The numbers by which its options are kept."""
        return range(1, len(self.options) + 1)

    def measures(self, question_id: int, respondent: str) -> dict[str, int]:
        """The code of the share of each option, with the option's number; none for free text."""
        return {local_code(population_of(respondent), question_id, value): value for value in self.values}


def population_of(respondent: str) -> str:
    """Whose answers they are: of pupils, of teachers, or one list for the whole location."""
    return POPULATIONS.get(respondent, "locations")


def measured(question: Question, question_id: int, respondent: str, questionnaire: str) -> list[Measured]:
    """What is counted of a question on the list with that code."""
    return [
        Measured(code, 1, Share(op="share", questionnaire=questionnaire, item=question.code, values=(value,)))
        for code, value in question.measures(question_id, respondent).items()
    ]


def with_local(body: QuestionnaireBody, questions: Sequence[Question], heading: str) -> QuestionnaireBody:
    """The list with these questions at its end, in every variant of it."""
    if not questions:
        return body
    items = tuple(_item(question) for question in questions)
    codes = tuple(item.code for item in items)
    variants = tuple(one.model_copy(update={"items": (*one.items, *codes)}) for one in body.variants)
    return body.model_copy(
        update={
            "items": (*body.items, *items),
            "topics": (*body.topics, Topic(code=LOCAL, title=heading)),
            "variants": variants,
        }
    )


def _item(question: Question) -> Item:
    options = tuple(
        Option(value=n, label=label) for n, label in zip(question.values, question.options, strict=True)
    )
    return Item(
        code=question.code,
        topic=LOCAL,
        text=question.text,
        kind="single" if options else "open",
        options=options,
        status="A",
    )
