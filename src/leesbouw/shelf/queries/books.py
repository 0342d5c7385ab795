"""The books of a school as a child looks at them: the wall, one book, where it stands and whether it is there."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from leesbouw.collection.enums import CopyStatus
from leesbouw.collection.models import Copy, Title
from leesbouw.collection.queries import found_ids
from leesbouw.core.access import Actor
from leesbouw.lending.models import Loan
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Location
from leesbouw.pupils.queries.classes import Child

from ..domain import FOR_THE_YOUNG, Cover, Facet, cover_of, suits
from .facets import all_facets

ON_A_PAGE = 24


@dataclass(frozen=True, slots=True)
class Book:
    """A book on the wall."""

    id: int
    title: str
    by: str
    cover: Cover
    is_in: bool = True
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wall:
    """What stands at a school, as far as it was asked for."""

    books: list[Book]
    facets: list[Facet]
    total: int
    more: bool = False


@dataclass(slots=True)
class _Standing:
    copies: int = 0
    lent: int = 0
    places: set[str] = field(default_factory=set)


def catalogue_of(child: Child) -> Actor:
    """Who reads the catalogue for a child: its school, which sees books and no person."""
    return school_reader(child.session.group.location)


def school_reader(location: Location) -> Actor:
    """A school that looks in its own catalogue: books, and no person."""
    return Actor(
        kind="device",
        role="class",
        unit_id=location.pk,
        unit_kind=UnitKind.LOCATION,
        unit_code=location.code,
        locations=frozenset({location.pk}),
    )


def book_of(title: Title, standing: _Standing | None = None) -> Book:
    is_in = standing is not None and standing.copies > standing.lent
    places = tuple(sorted(standing.places)) if standing else ()
    return Book(
        title.pk, title.title, title.by_whom, cover_of(title.pk, title.title, title.themes), is_in, places
    )


def wall(child: Child, *, chosen: Sequence[str] = (), text: str = "", page: int = 1) -> Wall:
    """Books of the child's school that fit every chosen picture and what was typed; there are as many questions however
    many books. A picture that no book fits is not shown."""
    reader = catalogue_of(child)
    here = _here(reader)
    rows = Title.objects.visible_to(reader).filter(pk__in=here.order_by().values("title"))
    columns = ("pk", "age_band", "kind", "themes", "pages")
    facts = {
        pk: one
        for pk, band, *one in rows.order_by("title", "pk").values_list(*columns)
        if suits(band, young=child.is_young)
    }
    facets = [facet for facet in all_facets() if any(facet.fits(*one) for one in facts.values())]
    wanted = [facet for facet in facets if facet.code in chosen]
    ids = [pk for pk, one in facts.items() if all(facet.fits(*one) for facet in wanted)]
    if text.strip():
        left, libraries = set(ids), rows.order_by().values_list("library", flat=True).distinct()
        ids = [pk for library in libraries for pk in found_ids(reader, library, text) if pk in left]
    begin = (page - 1) * ON_A_PAGE
    shown = ids[begin : begin + ON_A_PAGE]
    return Wall(books_at(reader, shown), facets, len(ids), len(ids) > begin + ON_A_PAGE)


def one_book(child: Child, title_id: int) -> Book:
    """A book of the catalogue of the child's school. Raises Title.DoesNotExist."""
    reader = catalogue_of(child)
    title = Title.objects.visible_to(reader).get(pk=title_id)
    return book_of(title, _standing(reader, [title.pk]).get(title.pk))


def check_book(child: Child, title_id: int) -> None:
    """Raises Title.DoesNotExist for a book that is not in the catalogue of the child's school."""
    if not Title.objects.visible_to(catalogue_of(child)).filter(pk=title_id).exists():
        raise Title.DoesNotExist


def books_with(child: Child, ids: Sequence[int]) -> dict[int, Book]:
    """These books by id."""
    return {book.id: book for book in books_at(catalogue_of(child), ids)}


def a_surprise(child: Child) -> int | None:
    """A book that stands on the shelf now, by chance; None where there is none."""
    ids = free_titles(catalogue_of(child), young=child.is_young)
    return random.choice(ids) if ids else None


def free_titles(reader: Actor, *, young: bool = False) -> list[int]:
    """The titles of which a copy stands on the shelf now."""
    lent = Loan.objects.trusted("which copies are lent; names no borrower").filter(ended_at=None)
    free = _here(reader).exclude(pk__in=lent.filter(location=reader.unit_id).order_by().values("copy"))
    if young:
        free = free.filter(title__age_band__in=FOR_THE_YOUNG)
    return list(free.order_by("title").values_list("title", flat=True).distinct())


def _here(reader: Actor):  # type: ignore[no-untyped-def]
    return Copy.objects.visible_to(reader).filter(status=CopyStatus.IN_USE)


def books_at(reader: Actor, ids: Sequence[int]) -> list[Book]:
    """These books in this order. Three questions."""
    titles = Title.objects.visible_to(reader).in_bulk(list(ids))
    standing = _standing(reader, ids)
    return [book_of(titles[pk], standing.get(pk)) for pk in ids if pk in titles]


def _standing(reader: Actor, ids: Sequence[int]) -> dict[int, _Standing]:
    """Of each title how many copies the school has, how many are lent, and where they stand. Two questions."""
    found: dict[int, _Standing] = defaultdict(_Standing)
    copies = {pk: title for pk, title, place in _put(reader, ids, found)}
    lent = Loan.objects.trusted("which copies are lent; names no borrower").filter(ended_at=None)
    for copy_id in lent.filter(copy__in=list(copies)).order_by().values_list("copy", flat=True):
        found[copies[copy_id]].lent += 1
    return found


def _put(reader: Actor, ids: Sequence[int], found: dict[int, _Standing]) -> list[tuple[int, int, str]]:
    rows = list(_here(reader).filter(title__in=list(ids)).order_by().values_list("pk", "title", "place"))
    for _pk, title, place in rows:
        found[title].copies += 1
        if place:
            found[title].places.add(place)
    return rows
