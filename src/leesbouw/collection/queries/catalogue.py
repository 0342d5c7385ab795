"""What a library has: titles with how many copies there are of each, and what stands at a school."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, Count, IntegerField, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from leesbouw.core.access import Actor
from leesbouw.core.db import in_chunks
from leesbouw.core.time import on_day, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Library, Location, Partnership

from ..domain import TitleFacts
from ..enums import CopyStatus
from ..models import Copy, Title
from ..permissions import EDIT_TITLES

FIELDS = tuple(TitleFacts.__dataclass_fields__)  # what a file may tell of a title


def titles_for(actor: Actor) -> QuerySet[Title]:
    """The titles that this actor may see."""
    return Title.objects.visible_to(actor)


def copies_for(actor: Actor, title: Title | None = None) -> QuerySet[Copy]:
    """Copies in reach with where they stand; of one title when it is given."""
    rows = (
        Copy.objects.visible_to(actor)
        .select_related("location", "library")
        .order_by("location__name", "barcode")
    )
    return rows.filter(title=title) if title else rows.select_related("title")


def library_of_catalogue(actor: Actor) -> Library | None:
    """Whose catalogue this actor looks in: her own library's, or for a school that of the first that works with it."""
    if actor.unit_kind == UnitKind.LOCATION:
        partners = Partnership.objects.filter(on_day(today()), location=actor.unit_id)
        return Library.objects.filter(pk__in=partners.values("library")).order_by("pk").first()
    if not isinstance(actor.libraries, frozenset):
        return None
    return Library.objects.filter(pk__in=actor.libraries).order_by("pk").first()


def may_edit_titles(actor: Actor, library_id: int) -> bool:
    return actor.may(EDIT_TITLES) and (actor.kind == "system" or library_id in actor.libraries)


def title_by_isbn(actor: Actor, library_id: int, isbn: str) -> Title | None:
    """The title of a library with this number (13 digits)."""
    return titles_for(actor).filter(library=library_id, isbn=isbn).first() if isbn else None


def titles_with_copies(actor: Actor, library_id: int) -> QuerySet[Title]:
    """The titles of a library with `number_of_copies`: those in use that this actor may see."""
    copies = (
        Copy.objects.visible_to(actor)
        .filter(title=OuterRef("pk"), status=CopyStatus.IN_USE)
        .order_by()
        .values("title")
        .annotate(number=Count("pk"))
        .values("number")
    )
    number = Coalesce(Subquery(copies), 0)
    return titles_for(actor).filter(library=library_id).annotate(number_of_copies=number)


def standing_here(rows: QuerySet[Title]) -> QuerySet[Title]:
    """Of titles with their `number_of_copies` those of which one stands where the reader looks."""
    return rows.filter(number_of_copies__gt=0)


def in_order(rows: QuerySet[Title], ids: Sequence[int]) -> QuerySet[Title]:
    """The rows with these ids, in the order of the ids."""
    place = Case(
        *(When(pk=pk, then=at) for at, pk in enumerate(ids)), default=len(ids), output_field=IntegerField()
    )
    return rows.filter(pk__in=ids).order_by(place)


def places_for_copies(actor: Actor) -> QuerySet[Location]:
    """The schools and child-care locations that a library works with."""
    return Location.objects.filter(pk__in=actor.locations).order_by("name")  # type: ignore[misc]


def known_titles(library_id: int, facts: Sequence[TitleFacts]) -> list[int | None]:
    """The ids of titles that a library has already: by ISBN, else by the number of their record, else by name and first
    writer where there is no ISBN and not two numbers that differ. In the order of `facts`, in three questions."""
    rows = Title.objects.filter(library=library_id).order_by()
    by_isbn = dict(rows.filter(isbn__in={one.isbn for one in facts if one.isbn}).values_list("isbn", "pk"))
    records = {one.record_id for one in facts if one.record_id}
    by_record = dict(rows.filter(record_id__in=records).values_list("record_id", "pk"))
    by_name: dict[tuple[str, str], tuple[int, str]] = {}
    named = rows.filter(title__in={one.title for one in facts if not one.isbn}, isbn="")
    for row_id, title, authors, number in named.values_list("pk", "title", "authors", "record_id"):
        by_name.setdefault(_called(title, authors), (row_id, number))
    found: list[int | None] = []
    for one in facts:
        pk: int | None = by_isbn.get(one.isbn) or by_record.get(one.record_id)
        if pk is None and not one.isbn:
            known, its_number = by_name.get(_called(one.title, one.authors), (None, ""))
            pk = known if not its_number or not one.record_id else None
        found.append(pk)
    return found


def _called(title: str, authors: Sequence[str]) -> tuple[str, str]:
    return title.casefold(), (authors[0] if authors else "").casefold()


def barcodes_in_use(library_id: int, barcodes: Sequence[str]) -> dict[str, Copy]:
    """The copies of a library with these barcodes."""
    rows = Copy.objects.filter(library=library_id, barcode__in={one for one in barcodes if one})
    return {row.barcode: row for row in rows}


def titles_by_words(
    library_id: int, *, isbns: Sequence[str], names: Sequence[str], ids: Sequence[int]
) -> list[Title]:
    """The titles of a library with one of these numbers, exactly these names, or these ids."""
    rows = Title.objects.filter(library=library_id)
    found: dict[int, Title] = {}
    for field, values in (("isbn", isbns), ("title", names), ("pk", ids)):
        for chunk in in_chunks(sorted(set(values))):  # type: ignore[type-var]
            found |= {row.pk: row for row in rows.filter(**{f"{field}__in": chunk})}
    return [found[pk] for pk in sorted(found)]


def numbers_at(library_id: int, titles: Sequence[int]) -> dict[tuple[int, int | None], int]:
    """(title, location or None for the library) → how many copies in use stand there."""
    rows = Copy.objects.filter(library=library_id, title__in=titles, status=CopyStatus.IN_USE)
    counted = rows.values_list("title", "location").annotate(number=Count("pk")).order_by()
    return {(title, location): number for title, location, number in counted}


def places_of_library(library_id: int) -> dict[str, Location]:
    """The schools and child-care locations that work with a library today, by their code in capitals."""
    partners = Partnership.objects.filter(on_day(today()), library=library_id)
    return {
        place.code.upper(): place for place in Location.objects.filter(pk__in=partners.values("location"))
    }


def image_of(title: Title) -> dict[str, Any]:
    """What a file may tell of a title, to put back or to compare."""
    return {name: getattr(title, name) for name in FIELDS}
