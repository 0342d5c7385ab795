"""Covers, days and facets as plain Python."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

# Paint of a cover and of the letters on it; each pair reads well from the carpet (at least 4.5 to 1).
PAINTS = (
    ("#0F5E6E", "#FFFDF8"),
    ("#F5C242", "#16202A"),
    ("#5B4FA0", "#FFFDF8"),
    ("#8CC8D4", "#16202A"),
    ("#B03A2B", "#FFFDF8"),
    ("#E794B4", "#16202A"),
    ("#123B4A", "#FFFDF8"),
    ("#8FC79F", "#16202A"),
)
ANIMALS = ("a-fox", "a-bear", "a-rabbit", "a-frog", "a-mouse", "a-penguin", "a-pig", "a-duck")
THINGS = ("p-sun", "p-moon", "p-house", "p-boat", "p-umbrella", "p-train", "p-flower", "p-owl", "p-snail")
LINE, LINES = 12, 5  # signs on a line of a cover, and lines
FOR_THE_YOUNG = {"", "AP", "A"}
SOON = 7  # days that are named by their weekday


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover of ours: no picture from elsewhere, only the title, a paint and one drawing."""

    lines: tuple[tuple[int, str], ...]  # how far down, and the words
    paint: str
    ink: str
    drawing: str


def cover_of(pk: int, title: str, themes: Collection[str] = ()) -> Cover:
    """The same book always has the same cover."""
    paint, ink = PAINTS[pk % len(PAINTS)]
    choice = ANIMALS if {"dieren", "katten", "honden"} & set(themes) else THINGS
    lines = wrapped(title)
    return Cover(
        tuple((34 + 23 * at, line) for at, line in enumerate(lines)),
        paint,
        ink,
        choice[pk // len(PAINTS) % len(choice)],
    )


def wrapped(title: str) -> list[str]:
    """A title on at most five lines; a word too long for its line goes on below."""
    lines: list[str] = []
    for word in [piece for long in title.split() for piece in _pieces(long)]:
        if lines and len(lines[-1]) + 1 + len(word) <= LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > LINES:
        lines = lines[:LINES]
        lines[-1] = lines[-1][: LINE - 1] + "…"
    return lines


def _pieces(word: str) -> list[str]:
    """A word that fits as it is, a longer one in parts with a dash."""
    if len(word) <= LINE:
        return [word]
    return [f"{word[: LINE - 1]}-", *_pieces(word[LINE - 1 :])]


def suits(age_band: str, *, young: bool) -> bool:
    """Whether a book belongs on the wall of a child; in groups 1 to 4 only what is made for that age."""
    return not young or age_band in FOR_THE_YOUNG


@dataclass(frozen=True, slots=True)
class Facet:
    """A picture of the wall and what it stands for: kinds, themes or a number of pages."""

    code: str
    label: str
    picture: str
    kinds: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    from_pages: int | None = None
    to_pages: int | None = None

    def fits(self, kind: str, themes: Iterable[str], pages: int | None) -> bool:
        """Whether a book belongs here. A book whose pages nobody counted is neither thick nor thin."""
        if kind in self.kinds or {one.lower() for one in themes} & set(self.themes):
            return True
        if pages is None or (self.from_pages is None and self.to_pages is None):
            return False
        return (self.from_pages or 0) <= pages <= (self.to_pages or pages)


def nights_until(due_on: date, day: date) -> int:
    """Nights to sleep before a book goes back; below zero when it is late."""
    return (due_on - day).days


def toggled(codes: Sequence[str], code: str) -> list[str]:
    """The chosen pictures after a press on one more: a second press lets it go."""
    return [one for one in codes if one != code] if code in codes else [*codes, code]
