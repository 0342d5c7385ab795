"""The weekly message to a teacher: how many children of her own groups have no book, and how many books are late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse

from leesbouw.core.access import Actor
from leesbouw.core.mail import compose
from leesbouw.pupils.queries.classes import class_lines

from ..models import Digest
from .groups import group_books


@dataclass(frozen=True, slots=True)
class DigestLine:
    """Counts of one group. `late`: books past their day; `back`: books that come back on `back_by` or before it."""

    group: str
    children: int
    without: int
    late: int
    back: int
    back_by: date
    url: str


def wants_digest(actor: Actor) -> bool:
    return Digest.objects.visible_to(actor).exists()


def digest_lines(actor: Actor) -> list[DigestLine]:
    """A line for each group that she teaches and that has children; read with her own rights."""
    found = [group_books(actor, line) for line in class_lines(actor) if line.is_own]
    return [
        DigestLine(
            group=one.line.group.name,
            children=len(one.readers),
            without=len(one.those("geen")),
            late=sum(book.is_late for reader in one.readers for book in reader.books),
            back=sum(book.comes_back for reader in one.readers for book in reader.books),
            back_by=one.back_by,
            url=settings.LEESBOUW_URL + reverse("lending:group", args=[one.line.group.pk]),
        )
        for one in found
        if one.readers
    ]


def digest_letter(name: str, lines: Sequence[DigestLine], language: str) -> tuple[str, str]:
    """Subject and text."""
    return compose("lending/mail/digest.txt", {"name": name, "lines": lines}, language=language)
