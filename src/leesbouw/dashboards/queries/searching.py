"""Commands that fit a search, and hits put together by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz

from leesbouw.core.access import Actor
from leesbouw.core.registry import commands, menu
from leesbouw.core.search import Hit, fold
from leesbouw.plans.queries import shipped_forms

from ..permissions import VIEW_CATALOGUE

NEAR = 82  # rapidfuzz score from which a command is meant
MOST = 5


def commands_for(actor: Actor, text: str) -> list[Hit]:
    """Pages and actions this actor may use whose name, or another word for it, fits; best first."""
    typed = fold(text).strip()
    if len(typed) < 2:
        return []
    scored = []
    for label, words, url in _offered(actor):
        score = _score(typed, fold(f"{label} {words}"))
        if score >= NEAR:
            scored.append((-score, label, url))
    best: dict[str, Hit] = {}
    for _score_of, label, url in sorted(scored):
        best.setdefault(url, Hit("command", label, "", url))
    return list(best.values())[:MOST]


def _score(typed: str, words: str) -> float:
    if any(word.startswith(typed) for word in words.split()) or typed in words:
        return 100
    if all(_is_near(one, words.split()) for one in typed.split()):
        return 95
    return fuzz.partial_ratio(typed, words) if len(typed) >= 4 else 0


def _is_near(typed: str, words: Sequence[str]) -> bool:
    """Whether a typed word is the begin of one of these, or one of these with a typing error."""
    return any(
        word.startswith(typed) or (len(typed) >= 5 and fuzz.ratio(typed, word) >= NEAR) for word in words
    )


def _offered(actor: Actor) -> list[tuple[str, str, str]]:
    """(label, other words, address) of all places in the menu, all commands, and the activities that we ship."""
    found = []
    for item in menu.values():
        if not item.permission or actor.may(item.permission):
            url = item.url(actor)
            if url:
                found.append((str(item.label), "", url))
    if actor.may(VIEW_CATALOGUE):
        found += [(one.name, "", one.url) for one in shipped_forms()]
    for command in commands.values():
        if not command.permission or actor.may(command.permission):
            url = command.url(actor)
            if url:
                found.append((str(command.label), str(command.words), url))
    return found


def grouped(hits: Sequence[Hit], headings: Mapping[str, Any]) -> list[tuple[Any, list[Hit]]]:
    """Hits by heading; the group with the best hit comes first."""
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(str(headings.get(hit.kind, hit.kind)), []).append(hit)
    return list(found.items())
