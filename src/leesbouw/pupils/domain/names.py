"""How a child is called on a screen, and how forgiving one is when looking for a name. Plain Python."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

_NO_WORD = re.compile(r"[^a-z0-9]+")
ENOUGH = 72  # out of 100; below this two names are not alike


def full_name(first: str, infix: str, last: str) -> str:
    """ "Noor de Vries"; parts that are missing leave no gap."""
    return " ".join(part for part in (first, infix, last) if part)


def folded(text: str) -> str:
    """A name to compare: without accents, capitals, hyphens and double spaces."""
    if text.isascii():
        return " ".join(_NO_WORD.split(text.lower())).strip()
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in letters).split())


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """Those of these first names that stand in a text as a word, also as in "Noors boek"; in the order of the alphabet."""
    words = f" {folded(text)} "
    known = {name: folded(name) for name in names}
    return sorted(
        name for name, word in known.items() if word and (f" {word} " in words or f" {word}s " in words)
    )


def short_name(first: str, infix: str, last: str) -> str:
    """First name and first letter of the last name: "Noor V." (ux.md §4.3)."""
    initial = next((sign.upper() for sign in last if sign.isalnum()), "")
    if not first:
        return full_name("", infix, last)
    return f"{first} {initial}." if initial else first


def display_names(children: Iterable[tuple[int, str, str, str]]) -> dict[int, str]:
    """Id → what to call each child beside the others: (id, first, infix, last). In full only where two are alike."""
    rows = list(children)
    short = {pk: short_name(first, infix, last) for pk, first, infix, last in rows}
    often = Counter(folded(name) for name in short.values())
    return {
        pk: full_name(first, infix, last) if often[folded(short[pk])] > 1 else short[pk]
        for pk, first, infix, last in rows
    }


def tile_names(children: Iterable[tuple[int, str, str, str]]) -> dict[int, str]:
    """Id → what stands on the tile of a child in its group: the first name alone; more only where two are alike."""
    rows = list(children)
    often = Counter(folded(first) for _pk, first, _infix, _last in rows)
    longer = display_names(rows)
    return {
        pk: first if first and often[folded(first)] == 1 else longer[pk] for pk, first, _infix, _last in rows
    }


def likeness(wish: str, first: str, infix: str, last: str) -> float:
    """0 to 100: how well a typed text fits a name, whichever part of it was typed and however it is spelt."""
    wish = folded(wish)
    if not wish:
        return 0.0
    forms = {folded(first), folded(last), folded(f"{infix} {last}"), folded(full_name(first, infix, last))}
    best = 0.0
    for form in filter(None, forms):
        if form.startswith(wish):
            return 100.0
        best = max(best, fuzz.ratio(wish, form), fuzz.ratio(wish, form[: len(wish) + 1]))
    return best


def found_names(wish: str, children: Sequence[tuple[int, str, str, str]]) -> list[int]:
    """Ids of the children whose names fit, best first."""
    scored = [(likeness(wish, first, infix, last), pk) for pk, first, infix, last in children]
    return [pk for score, pk in sorted(scored, key=lambda pair: (-pair[0], pair[1])) if score >= ENOUGH]


def alike(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two (first, last) names can be the same child's: a typing mistake or a missing part away."""
    firsts = folded(one[0]), folded(other[0])
    lasts = folded(one[1]), folded(other[1])
    return _near(*firsts) and _near(*lasts)


def _near(one: str, other: str) -> bool:
    if not one or not other:
        return True  # a part that is not given contradicts nothing
    if one in other.split() or other in one.split():
        return True
    return fuzz.ratio(one, other) >= 80
