"""Content about parents: indicators, the ten questions, the conditions, and the guide of a talk."""

from __future__ import annotations

from typing import Any

from leesbouw.core.content import Body, ContentItem, content_kinds, current, in_version

GUIDE = "parent-guide"
CONVERSATION = ("conversation-guide", "parent-partnership")


class Indicator(Body):
    code: str
    short: str
    text: str


class TestQuestion(Body):
    code: str
    text: str


class ConditionText(Body):
    code: str
    name: str
    text: str


class ParentGuide(Body):
    """`enough`: from so many indicators a location is proposed.

    What one tells an activity by, and the activities themselves, were here in version 1; their home is the catalogue of
    `plans` now.
    """

    enough: int
    indicators: tuple[Indicator, ...]
    questions: tuple[TestQuestion, ...]
    conditions: tuple[ConditionText, ...]
    groups: tuple[Any, ...] = ()
    characteristics: tuple[Any, ...] = ()
    forms: tuple[Any, ...] = ()


content_kinds.add(GUIDE, ParentGuide)


def guide_item() -> ContentItem:
    return current(GUIDE, "overview")


def guide() -> ParentGuide:
    body: ParentGuide = guide_item().body
    return body


def talk_guide(version: int | None = None) -> ContentItem:
    """The conversation guide, in the version a talk was held with or the newest."""
    return current(*CONVERSATION) if version is None else in_version(*CONVERSATION, version)
