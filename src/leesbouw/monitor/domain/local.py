"""The questions of a library itself: they come last, under a heading of their own, and have no national figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .questionnaire import Item, Option, QuestionnaireBody, Topic

TOPIC = "local"


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
            "topics": (*body.topics, Topic(code=TOPIC, title=heading)),
            "variants": variants,
        }
    )


def _item(question: Question) -> Item:
    options = tuple(Option(value=n, label=label) for n, label in enumerate(question.options, start=1))
    return Item(
        code=question.code,
        topic=TOPIC,
        text=question.text,
        kind="single" if options else "open",
        options=options,
        status="A",
    )
