"""Suggestions for one child, from its own school alone: for its own page, and for its teacher."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count

from leesbouw.collection.models import Title
from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.lending.enums import BorrowerKind
from leesbouw.lending.models import Loan
from leesbouw.organisations.enums import Sector
from leesbouw.organisations.models import ClassGroup, Location
from leesbouw.pupils.models import Pupil
from leesbouw.pupils.queries.classes import YOUNG, Child

from ..domain import Facet, suits
from ..domain.suggesting import Facts, Idea, Reason, ideas
from ..enums import Feeling, Place
from ..models import OwnBook
from .books import Book, books_at, free_titles, school_reader
from .facets import all_facets

MOST = 12
SECONDARY = {Sector.VO, Sector.PRO, Sector.MBO}
COLUMNS = ("pk", "kind", "age_band", "series", "authors", "themes", "pages")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A book that stands on the shelf now, with why."""

    book: Book
    reason: Reason
    about: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What suits, and the pictures by which one may choose among it."""

    lines: list[Suggestion]
    facets: list[Facet]


def for_child(child: Child, chosen: Sequence[str] = ()) -> Suggestions:
    """For the child itself: from what it has, had a short while ago, liked, and keeps on its own list."""
    rows = OwnBook.objects.visible_to(child.actor).exclude(place=Place.WANT, feeling="", on_shelf=False)
    own = {pk for pk, feeling in rows.values_list("title", "feeling") if feeling != Feeling.NOT}
    loans = Loan.objects.visible_to(child.actor).filter(pupil=child.pupil.pk).order_by()
    mine = own | set(loans.values_list("title", flat=True))
    dull = set(rows.filter(feeling=Feeling.NOT).values_list("title", flat=True))
    return _suggested(
        child.session.group.location,
        mine - dull,
        child.pupil.pk,
        child.year_group,
        child.is_young,
        chosen,
        dull,
    )


def for_teacher(actor: Actor, group: ClassGroup, pupil: Pupil, chosen: Sequence[str] = ()) -> Suggestions:
    """For the teacher: from what the child has now, which she may see, and from nothing of before."""
    loans = Loan.objects.visible_to(actor).filter(pupil=pupil, ended_at=None).order_by()
    mine = set(loans.values_list("title", flat=True))
    years = group.year_groups
    year = years[-1] if years else None
    young = year is not None and year <= YOUNG and group.location.sector not in SECONDARY
    return _suggested(group.location, mine, pupil.pk, year, young, chosen)


def _suggested(
    location: Location,
    mine: Collection[int],
    pupil_id: int,
    year_group: int | None,
    young: bool,
    chosen: Sequence[str],
    never: Collection[int] = (),
) -> Suggestions:
    """Seven queries, however many books and children there are."""
    reader = school_reader(location)
    free = set(free_titles(reader)) - set(never)
    rows = list(Title.objects.visible_to(reader).filter(pk__in=free | set(mine)).values_list(*COLUMNS))
    wanted = [facet for facet in all_facets() if facet.code in chosen]
    fitting = {
        pk
        for pk, kind, band, _series, _authors, themes, pages in rows
        if pk in free
        and suits(band, young=young)
        and all(facet.fits(kind, themes, pages) for facet in wanted)
    }
    found = ideas(
        mine=mine,
        others=_others(location, pupil_id),
        facts={
            pk: Facts(kind, band, series, tuple(authors), tuple(themes))
            for pk, kind, band, series, authors, themes, _pages in rows
        },
        lent=_lent(location, year_group),
        free=fitting,
        most=MOST,
    )
    in_free = [(kind, themes, pages) for pk, kind, _b, _s, _a, themes, pages in rows if pk in free]
    facets = [facet for facet in all_facets() if any(facet.fits(*one) for one in in_free)]
    return Suggestions(_with_books(reader, found), facets)


def _with_books(reader: Actor, found: Sequence[Idea]) -> list[Suggestion]:
    books = {book.id: book for book in books_at(reader, [idea.title for idea in found])}
    return [Suggestion(books[one.title], one.reason, one.about) for one in found if one.title in books]


def _others(location: Location, pupil_id: int) -> list[set[int]]:
    """The titles of each other child of this school, as far as anybody still knows whose they were."""
    rows = Loan.objects.trusted(
        "which books go together at a school; gives numbers of enough children only"
    ).filter(location=location, kind=BorrowerKind.PUPIL, pupil__isnull=False)
    shelves: dict[int, set[int]] = defaultdict(set)
    for pupil, title in rows.exclude(pupil=pupil_id).order_by().values_list("pupil", "title"):
        shelves[pupil].add(title)
    return list(shelves.values())


def _lent(location: Location, year_group: int | None) -> dict[int, int]:
    """How often each title was lent to children of about this age, in this school year and the one before."""
    year = SchoolYear.running()
    rows = Loan.objects.trusted(
        "which books go together at a school; gives numbers of enough children only"
    ).filter(location=location, kind=BorrowerKind.PUPIL, year__in=[year, SchoolYear(year.first - 1)])
    if year_group is not None:
        rows = rows.filter(year_group__range=(year_group - 1, year_group + 1))
    return dict(rows.order_by().values_list("title").annotate(times=Count("pk")))
