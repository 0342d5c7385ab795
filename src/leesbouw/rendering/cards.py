"""Login cards on paper: a name, and the pictures with which a child comes in. Ten on A4, to cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .pdf import Printed, print_pages

ON_ONE = 10


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as SVG, with its word."""

    svg: str
    word: str


@dataclass(frozen=True, slots=True)
class LoginCard:
    """What stands on one card; `mark` is the animal of the tile on its colour. Without pictures it says `instead`."""

    name: str
    mark: Drawing
    colour: str
    pictures: Sequence[Drawing]
    instead: str = ""


def print_login_cards(cards: Sequence[LoginCard], *, title: str, lang: str = "nl") -> Printed:
    """The cards as PDF, two beside five."""
    return print_pages("cards", cards_data(cards), title=title, lang=lang)


def cards_data(cards: Sequence[LoginCard]) -> dict[str, Any]:
    """What the template needs."""
    rows = [
        {
            "name": one.name,
            "colour": one.colour,
            "mark": _drawn(one.mark),
            "pictures": [_drawn(picture) for picture in one.pictures],
            "instead": one.instead,
        }
        for one in cards
    ]
    return {"pages": [rows[at : at + ON_ONE] for at in range(0, len(rows), ON_ONE)]}


def _drawn(one: Drawing) -> dict[str, str]:
    return {"svg": one.svg, "word": one.word}
