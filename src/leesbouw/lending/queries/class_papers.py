"""The sheet of a class and its cards, on paper."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.organisations.models import ClassGroup, Location
from leesbouw.pupils.queries.classes import YOUNG, Tile
from leesbouw.pupils.queries.papers import export_mark, mark_of
from leesbouw.rendering.class_sheets import Line, print_class_sheet
from leesbouw.rendering.labels import Label, LabelSheet, print_labels

from ..domain.cards import COMMANDS
from ..enums import Mode
from .rules import PRIMARY

Row = tuple[Tile, str]  # a child and the barcode of its card
CARDS = LabelSheet(columns=2, rows=5, width=95.0, height=55.0, lines=True)


def class_sheet_pdf(group: ClassGroup, rows: Sequence[Row], actor: Actor) -> bytes:
    """Every name with its barcode; in the lowest groups with the animal of the tile, where the child has one."""
    is_young = group.location.sector in PRIMARY and any(year <= YOUNG for year in group.year_groups)
    lines = []
    for tile, barcode in rows:
        mark, colour = mark_of(tile) if is_young and tile.key is not None else (None, "")
        lines.append(Line(tile.name, barcode, mark, colour))
    title = _("Class sheet of group %(group)s") % {"group": group.name}
    return print_class_sheet(lines, title=title, unit=group.location.name, note=export_mark(actor)).content


def class_cards_pdf(group: ClassGroup, rows: Sequence[Row]) -> bytes:
    """A card for each child, to cut. Nothing on it says what the child reads."""
    labels = [Label(tile.name, group.location.name, group.name, barcode) for tile, barcode in rows]
    title = _("Library cards of group %(group)s") % {"group": group.name}
    return print_labels(labels, CARDS, title=title).content


def command_sheet_pdf(location: Location) -> bytes:
    """The barcodes beside the desk that do what a button does."""
    words = {one.value: str(one.label) for one in Mode}
    words |= {"done": _("Done"), "undo": _("Undo"), "previous": _("Previous child")}
    lines = [Line(words[name], code) for code, name in COMMANDS.items()]
    note = _("For beside the desk. One scan does what the button does.")
    return print_class_sheet(lines, title=_("Barcodes for the desk"), unit=location.name, note=note).content
