"""What is kept of a child, and a list of pupils, on paper and as data; always with who made it and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.core.time import AMSTERDAM, now, today
from leesbouw.organisations.models import Location
from leesbouw.rendering.cards import Drawing, LoginCard
from leesbouw.rendering.documents import Block, Document, Grid, Pairs, Section, Text

from .classes import Tile, pictures_of
from .pupils import Known

COLOURS = ("#FFE08A", "#BFE3EA", "#F9CFE3", "#CDEBD5")  # of the tiles, as on the screen
SPRITE = "ui/kind/pictures.svg"
SYMBOL = re.compile(r'<symbol id="([^"]+)" viewBox="([^"]+)">(.*?)</symbol>', re.DOTALL)


def export_mark(actor: Actor) -> str:
    """The mark on everything with names that leaves the house: who made it, and when."""
    at = now().astimezone(AMSTERDAM)
    return _("Made by %(who)s on %(day)s. Confidential: holds names.") % {
        "who": actor.name or actor.role,
        "day": f"{date_format(at, 'j F Y')}, {at:%H:%M}",
    }


def known_document(known: Known, actor: Actor) -> Document:
    """All that Leesbouw knows of a child, for who asked to see it."""
    sections = [Section(title, [Pairs(_pairs(lines))]) for title, lines in known.chapters]
    return Document(
        title=_("What Leesbouw knows of %(name)s") % {"name": known.name},
        subtitle=_(
            "This is all that Leesbouw keeps of this child. Who looked at it stands on a list of its own."
        ),
        sections=sections,
        unit=known.pupil.location.name,
        date=date_format(today(), "j F Y"),
        note=export_mark(actor),
    )


def _pairs(lines: Sequence[tuple[str, list[str]]]) -> list[tuple[str, str]]:
    return [(what, "\n".join(values)) for what, values in lines]


def known_data(known: Known, actor: Actor) -> dict[str, Any]:
    """The same as plain data, to take to another system (GDPR article 20)."""
    return {
        "made_on": today().isoformat(),
        "mark": export_mark(actor),
        "school": {"name": known.pupil.location.name, "code": known.pupil.location.code},
        "chapters": [
            {"title": title, "lines": [{"what": what, "values": values} for what, values in lines]}
            for title, lines in known.chapters
        ],
    }


def list_document(
    location: Location, head: Sequence[str], rows: Sequence[Sequence[str]], *, about: str, actor: Actor
) -> Document:
    """A list of pupils for paper; `about` says which part of the school it is."""
    blocks: list[Block] = [Grid(head, rows)] if rows else [Text(_("Nobody is on this list."))]
    return Document(
        title=_("Pupils"),
        subtitle=about,
        sections=[Section("", blocks)],
        unit=location.name,
        date=date_format(today(), "j F Y"),
        note=export_mark(actor),
    )


def mark_of(tile: Tile) -> tuple[Drawing, str]:
    """The animal on a tile, and its colour."""
    drawing = Drawing(_drawings()[f"a-{tile.animal}"], tile.animal)
    return drawing, COLOURS[(tile.colour - 1) % len(COLOURS)]


def login_cards(tiles: Sequence[Tile]) -> list[LoginCard]:
    """A card for each child, with the drawings of the door."""
    drawings = _drawings()
    marks = [mark_of(tile) for tile in tiles]
    again = _("Press “New pictures” on the page of the group.")
    return [
        LoginCard(
            name=tile.name,
            mark=mark,
            colour=colour,
            pictures=[Drawing(drawings[f"p-{one.value}"], str(one.label)) for one in pictures_of(tile)],
            instead=again,
        )
        for tile, (mark, colour) in zip(tiles, marks, strict=True)
    ]


@lru_cache(maxsize=1)
def _drawings() -> dict[str, str]:
    """Every drawing of the sprite as a picture of its own, by id."""
    found = finders.find(SPRITE)
    assert isinstance(found, str), "the drawings of the door are missing"
    symbols = SYMBOL.findall(Path(found).read_text())
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox='
    return {name: f'{head}"{box}">{drawn}</svg>' for name, box, drawn in symbols}
