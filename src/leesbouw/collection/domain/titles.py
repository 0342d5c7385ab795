"""What we know of a title before it is stored, and what would be wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..enums import TitleKind

FIRST_YEAR = 1800
MOST_PAGES = 5000

_KINDS = (
    (TitleKind.PICTURE, ("prentenboek", "picture book", "aanwijsboek", "voorleesboek met platen")),
    (TitleKind.COMIC, ("strip", "comic", "graphic novel", "manga")),
    (TitleKind.POETRY, ("gedicht", "poëzie", "poezie", "poetry", "versjes")),
    (TitleKind.AUDIO, ("luisterboek", "audio", "daisy")),
    (TitleKind.INFORMATION, ("informatief", "info", "non-fictie", "non-fiction", "weetjes")),
    (TitleKind.STORY, ("verhaal", "leesboek", "fictie", "fiction", "roman", "avi", "voorlees")),
)


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """A title as somebody gives it: typed, from a list or from a record. Texts are without spaces around."""

    title: str
    isbn: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    published: int | None = None
    language: str = "dut"
    series: str = ""
    series_part: str = ""
    kind: str = TitleKind.STORY
    age_band: str = ""
    avi: str = ""
    siso: str = ""
    nur: str = ""
    genre: str = ""
    themes: tuple[str, ...] = ()
    pages: int | None = None
    summary: str = ""
    record_id: str = ""


def problems_of(facts: TitleFacts, this_year: int) -> list[tuple[str, str]]:
    """(field, reason code) of everything that cannot be right."""
    found = []
    if not facts.title:
        found.append(("title", "missing"))
    if facts.published is not None and not FIRST_YEAR <= facts.published <= this_year + 1:
        found.append(("published", "year"))
    if facts.pages is not None and not 0 < facts.pages <= MOST_PAGES:
        found.append(("pages", "number"))
    return found


def kind_of(words: Sequence[str], otherwise: str = TitleKind.STORY) -> str:
    """The kind of book that one of these words names, in Dutch or English; otherwise what is given."""
    folded = [word.casefold() for word in words]
    for kind, names in _KINDS:
        if any(name in word for word in folded for name in names):
            return kind
    return otherwise
