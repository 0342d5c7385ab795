"""What parents answered about the public library: per child, per group, and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import QuerySet
from pydantic import model_validator

from leesbouw.core.access import Actor
from leesbouw.core.content import Body, ContentItem, content_kinds, current
from leesbouw.core.time import today
from leesbouw.organisations.models import Location

from ..enums import ConsentState
from ..models import MembershipConsent, Pupil
from .lists import Child, children_at, pupils_at

KIND, CODE = "consent-text", "membership"


class ConsentText(Body):
    """What parents are asked, in one language. `checked`: somebody who speaks it at home or by trade approved it."""

    language: str
    name: str
    direction: Literal["ltr", "rtl"] = "ltr"
    checked: bool
    title: str
    paragraphs: tuple[str, ...]
    yes: str
    no: str
    fields: tuple[str, ...]


class ConsentTexts(Body):
    """The same question in every language; Dutch is the one that holds."""

    texts: tuple[ConsentText, ...]

    @model_validator(mode="after")
    def _same_shape(self) -> ConsentTexts:
        if [text.language for text in self.texts].count("nl") != 1:
            raise ValueError("one of the texts is Dutch")
        if len({text.language for text in self.texts}) != len(self.texts):
            raise ValueError("a language comes twice")
        if len({(len(text.paragraphs), len(text.fields)) for text in self.texts}) != 1:
            raise ValueError("every language says the same: as many paragraphs and fields as the others")
        return self


content_kinds.add(KIND, ConsentTexts)


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """A child and where its membership stands; `registered_on` is when the library made it."""

    child: Child
    state: ConsentState
    since: date | None
    registered_on: date | None


@dataclass(frozen=True, slots=True)
class ConsentFigures:
    """How many children stand where; `waiting` are those with a yes that the library still has to register."""

    counts: dict[ConsentState, int]
    total: int
    waiting: int
    registered: int

    @property
    def lines(self) -> list[tuple[ConsentState, int]]:
        return [(state, self.counts.get(state, 0)) for state in ConsentState]


def consents_of(actor: Actor, pupil: Pupil) -> QuerySet[MembershipConsent]:
    """The answers about one child, the newest first."""
    return MembershipConsent.objects.visible_to(actor).filter(pupil=pupil.pk)


def state_of(consent: MembershipConsent | None) -> ConsentState:
    """What the newest answer means today."""
    if consent is None:
        return ConsentState.ASKED_NOT
    if consent.withdrawn_on is not None and consent.withdrawn_on <= today():
        return ConsentState.WITHDRAWN
    return ConsentState(consent.answer)


def newest_consents(actor: Actor, ids: Iterable[int]) -> dict[int, MembershipConsent]:
    """Pupil id → the answer that holds; one query."""
    newest: dict[int, MembershipConsent] = {}
    for row in MembershipConsent.objects.visible_to(actor).filter(pupil__in=list(ids)):
        newest.setdefault(row.pupil_id, row)
    return newest


def consent_states(actor: Actor, ids: Iterable[int]) -> dict[int, ConsentState]:
    """Pupil id → where the public membership stands; one query."""
    ids = list(ids)
    newest = newest_consents(actor, ids)
    return {pk: state_of(newest.get(pk)) for pk in ids}


def consent_lines(actor: Actor, location: Location, group_id: int | None = None) -> list[ConsentLine]:
    """The children of a school or group with their answers, by name; three queries."""
    children = children_at(actor, location, group_id=group_id)
    newest = newest_consents(actor, [child.id for child in children])
    return [_line(child, newest.get(child.id)) for child in children]


def _line(child: Child, row: MembershipConsent | None) -> ConsentLine:
    state = state_of(row)
    since = None
    if row is not None:
        since = row.withdrawn_on if state is ConsentState.WITHDRAWN else row.given_on
    return ConsentLine(child, state, since, row.registered_on if row else None)


def consent_figures(actor: Actor, location: Location) -> ConsentFigures:
    """How many children of a school stand where; two queries."""
    ids = list(pupils_at(actor, location).order_by().values_list("pk", flat=True))
    newest = newest_consents(actor, ids)
    counts = Counter(state_of(newest.get(pk)) for pk in ids)
    said_yes = [row for row in newest.values() if state_of(row) is ConsentState.YES]
    registered = sum(row.registered_on is not None for row in said_yes)
    return ConsentFigures(dict(counts), len(ids), len(said_yes) - registered, registered)


def waiting_members(actor: Actor, location: Location) -> list[tuple[Pupil, MembershipConsent]]:
    """Children with a yes that the library did not register yet, by name; two queries."""
    pupils = list(pupils_at(actor, location))
    newest = newest_consents(actor, [pupil.pk for pupil in pupils])
    pairs = [(pupil, newest[pupil.pk]) for pupil in pupils if pupil.pk in newest]
    return [
        (pupil, row)
        for pupil, row in pairs
        if state_of(row) is ConsentState.YES and row.registered_on is None
    ]


def consent_text() -> ContentItem:
    """The text that parents are asked with, in every language we have. Raises LookupError."""
    return current(KIND, CODE)


def text_mark(item: ContentItem) -> str:
    """Code and version of a text, as an answer keeps it: "membership@1"."""
    return f"{item.code}@{item.version}"


def text_in(item: ContentItem, language: str) -> ConsentText:
    """The text in a language; Dutch when there is none in it."""
    texts: dict[str, ConsentText] = {text.language: text for text in item.body.texts}
    return texts.get(language) or texts["nl"]
