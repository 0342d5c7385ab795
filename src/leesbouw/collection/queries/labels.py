"""What stands on the label of a copy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import pgettext

from leesbouw.core.access import Actor
from leesbouw.rendering.labels import Label, LabelSheet, print_labels

from ..domain import sort_name
from ..enums import CopyStatus
from ..models import BookSet, Copy

MOST_LABELS = 1000
LETTERS = 3  # of the main writer, as books stand on the shelf


def copies_since(actor: Actor, library_id: int, location_id: int | None, since: date) -> QuerySet[Copy]:
    """Copies in use that came to a place (None: the library) on a day or later, by title."""
    rows = Copy.objects.visible_to(actor).filter(
        library=library_id, location=location_id, status=CopyStatus.IN_USE
    )
    return (
        rows.filter(acquired_on__gte=since)
        .select_related("title", "location")
        .order_by("title__title", "barcode")
    )


def labels_pdf(copies: Sequence[Copy], *, first: int, title: str) -> bytes:
    """Labels of these copies as PDF; `first` places of the first sheet stay empty."""
    return print_labels([label_of(copy) for copy in copies], LabelSheet(first=first), title=title).content


def box_labels_pdf(boxes: Sequence[BookSet], copies: Sequence[Copy], *, title: str) -> bytes:
    """A label for each box, and after them those of these copies, as PDF."""
    labels = [box_label(box) for box in boxes] + [label_of(copy) for copy in copies]
    return print_labels(labels, LabelSheet(), title=title).content


def box_label(box: BookSet) -> Label:
    """What it is called, what it is about, and that this is a box."""
    line = " · ".join(part for part in (box.get_kind_display(), box.theme) if part)
    return Label(box.name, line, pgettext("on the label of a collection", "BOX"), box.barcode)


def label_of(copy: Copy) -> Label:
    """Title, main writer and place, and at the side the letters by which the book stands on the shelf."""
    writer = copy.title.authors[0] if copy.title.authors else ""
    line = " · ".join(part for part in (writer, copy.place) if part)
    letters = sort_name(writer)[:LETTERS].upper() if writer else ""
    return Label(copy.title.title, line, letters, copy.barcode)
