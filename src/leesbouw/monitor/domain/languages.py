"""A list in another language: every text of it beside the same in that language, as a file of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import StringConstraints

from leesbouw.core.content import Body

from .questionnaire import Item, Option, QuestionnaireBody, Text

Phrases = Mapping[str, str]


class PhrasesBody(Body):
    """`phrases` are the texts of a list, each with what it is in `language`; `name` is what that language calls itself.

    A version of the list of which one text is missing is not given in the language: half of it helps nobody.
    """

    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
    name: Text
    phrases: dict[Text, Text]


def texts(body: QuestionnaireBody) -> Iterator[str]:
    """Every text that who fills in may read, in the order of the list; some come more than once."""
    yield from (body.intro, body.thanks)
    for item in body.items:
        yield item.text
        if item.hint:
            yield item.hint
    for options in (*body.scales.values(), *(item.options for item in body.items)):
        yield from (option.label for option in options)


def missing(body: QuestionnaireBody, phrases: Phrases) -> list[str]:
    """The texts of a list that have no phrase, each once."""
    return [text for text in dict.fromkeys(texts(body)) if text not in phrases]


def translated(body: QuestionnaireBody, phrases: Phrases) -> QuestionnaireBody:
    """The list in other words, with the same codes and values; what has no phrase stays as it was."""

    def said(text: str) -> str:
        return phrases.get(text, text)

    def options(row: tuple[Option, ...]) -> tuple[Option, ...]:
        return tuple(one.model_copy(update={"label": said(one.label)}) for one in row)

    def item(one: Item) -> Item:
        words = {"text": said(one.text), "hint": said(one.hint), "options": options(one.options)}
        return one.model_copy(update=words)

    return body.model_copy(
        update={
            "intro": said(body.intro),
            "thanks": said(body.thanks),
            "items": tuple(item(one) for one in body.items),
            "scales": {code: options(row) for code, row in body.scales.items()},
        }
    )
