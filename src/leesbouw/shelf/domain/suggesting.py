"""Books that may suit a child: what others with the same books read, what is alike, what is liked at the school.

What others read counts only when enough children did: from a suggestion nobody can tell what one child had.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import log, sqrt

FEWEST_ALIKE = 5  # children with a book in common
FEWEST_READERS = 3  # of these for one title
# How much each reason counts; found with `tests/benchmarks/bench_suggestions.py`.
TOGETHER, LIKED, SERIES, AUTHOR, THEME, KIND, BAND = 0.7, 1.0, 0.8, 0.6, 1.0, 0.2, 2.0


class Reason(StrEnum):
    ALIKE = "alike"
    SERIES = "series"
    AUTHOR = "author"
    THEME = "theme"
    LIKED = "liked"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a suggestion needs to know of a title."""

    kind: str = ""
    age_band: str = ""
    series: str = ""
    authors: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Idea:
    """A title with the strongest reason. `about`: the series, writer or theme."""

    title: int
    reason: Reason
    about: str
    score: float


def ideas(
    *,
    mine: Collection[int],
    others: Iterable[Collection[int]],
    facts: Mapping[int, Facts],
    lent: Mapping[int, int],
    free: Collection[int],
    most: int = 12,
) -> list[Idea]:
    """The best of the `free` titles for who has `mine`. `others`: the titles of each other child of the school; `lent`:
    how often children of about this age borrowed each title."""
    had = set(mine)
    together = read_together(had, others)
    known = [facts[pk] for pk in sorted(had) if pk in facts]
    found = []
    for pk in free:
        if pk in had or pk not in facts:
            continue
        parts = _alike(facts[pk], known)
        if together.get(pk):
            parts.append((TOGETHER * together[pk] / sqrt(lent.get(pk, 0) + 1), Reason.ALIKE, ""))
        if not parts and lent.get(pk, 0) < FEWEST_READERS:
            continue  # once or twice is not often, and would tell of one child
        _most, reason, about = max(parts, default=(0.0, Reason.LIKED, ""), key=lambda part: part[0])
        liked = LIKED * log(lent.get(pk, 0) + 0.5)
        score = liked + sum(part[0] for part in parts) + _same_shelf(facts[pk], known)
        found.append(Idea(pk, reason, about, score))
    found.sort(key=lambda idea: (-idea.score, idea.title))
    return found[:most]


def read_together(mine: Collection[int], others: Iterable[Collection[int]]) -> dict[int, int]:
    """Title → how many children read it who have a book in common with somebody; nothing where they are too few."""
    had = set(mine)
    alike = [set(one) for one in others if had & set(one)]
    if len(alike) < FEWEST_ALIKE:
        return {}
    counts = Counter(pk for one in alike for pk in one - had)
    return {pk: number for pk, number in counts.items() if number >= FEWEST_READERS}


def _alike(book: Facts, known: list[Facts]) -> list[tuple[float, Reason, str]]:
    parts = []
    if book.series and any(one.series == book.series for one in known):
        parts.append((SERIES, Reason.SERIES, book.series))
    author = next((name for name in book.authors if any(name in one.authors for one in known)), "")
    if author:
        parts.append((AUTHOR, Reason.AUTHOR, author))
    themes = Counter(theme for one in known for theme in one.themes)
    shared = sorted((theme for theme in book.themes if themes[theme]), key=lambda theme: -themes[theme])
    if shared:
        parts.append((THEME * log(1 + sum(themes[one] for one in shared)), Reason.THEME, shared[0]))
    return parts


def _same_shelf(book: Facts, known: list[Facts]) -> float:
    """A little for the same kind and the same age."""
    if not known:
        return 0.0
    kinds = sum(one.kind == book.kind for one in known) / len(known)
    bands = sum(one.age_band == book.age_band for one in known) / len(known)
    return KIND * kinds + BAND * bands
