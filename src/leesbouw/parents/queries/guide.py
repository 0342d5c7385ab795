"""Content about parents: indicators, groups, characteristics, forms and projects, the ten questions, the conditions."""

from __future__ import annotations

from typing import Literal

from leesbouw.core.content import Body, ContentItem, content_kinds, current, in_version

GUIDE = "parent-guide"
CONVERSATION = ("conversation-guide", "parent-partnership")


class Indicator(Body):
    code: str
    short: str
    text: str


class Group(Body):
    """A kind of parents, by how much they read; no judgement about one of them."""

    code: str
    name: str
    text: str


class Characteristic(Body):
    code: str
    letter: str
    text: str


class ParentForm(Body):
    """A form of work or a project with parents, with what suits it."""

    code: str
    kind: Literal["form", "project"]
    name: str
    age: str
    about: str
    transfer: str
    groups: tuple[str, ...]
    characteristics: tuple[str, ...]


class TestQuestion(Body):
    code: str
    text: str


class ConditionText(Body):
    code: str
    name: str
    text: str


class ParentGuide(Body):
    """`enough`: from so many indicators a location is proposed."""

    enough: int
    indicators: tuple[Indicator, ...]
    groups: tuple[Group, ...]
    characteristics: tuple[Characteristic, ...]
    forms: tuple[ParentForm, ...]
    questions: tuple[TestQuestion, ...]
    conditions: tuple[ConditionText, ...]


content_kinds.add(GUIDE, ParentGuide)


def guide_item() -> ContentItem:
    return current(GUIDE, "overview")


def guide() -> ParentGuide:
    body: ParentGuide = guide_item().body
    return body


def group_names() -> dict[str, str]:
    return {group.code: group.name for group in guide().groups}


def talk_guide(version: int | None = None) -> ContentItem:
    """The conversation guide, in the version a talk was held with or the newest."""
    return current(*CONVERSATION) if version is None else in_version(*CONVERSATION, version)
