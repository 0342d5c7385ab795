"""Collections that go round: what is in them, where they are and will be, and what else fits a theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from leesbouw.core.access import Actor
from leesbouw.core.time import today

from ..enums import CopyStatus
from ..models import BookSet, Copy, SetStay

MOST_ALTERNATIVES = 3


def sets_for(actor: Actor) -> QuerySet[BookSet]:
    """The collections of the actor's library, with `number_of_copies`, `place` and `until` of where they are today."""
    copies = (
        Copy.objects.filter(book_set=OuterRef("pk"), status=CopyStatus.IN_USE)
        .order_by()
        .values("book_set")
        .annotate(number=Count("pk"))
        .values("number")
    )
    now = SetStay.objects.filter(book_set=OuterRef("pk"), starts_on__lte=today(), ends_on__gte=today())
    return BookSet.objects.visible_to(actor).annotate(
        number_of_copies=Coalesce(Subquery(copies), 0),
        place=Subquery(now.values("location__name")[:1]),
        until=Subquery(now.values("ends_on")[:1]),
    )


def copies_in(actor: Actor, book_set: BookSet) -> QuerySet[Copy]:
    """The copies of a collection by title."""
    rows = Copy.objects.visible_to(actor).filter(book_set=book_set)
    return rows.select_related("title", "location").order_by("title__title", "barcode")


def stays_of(actor: Actor, book_set: BookSet) -> QuerySet[SetStay]:
    """Where a collection was, is and will be, the last first."""
    rows = SetStay.objects.visible_to(actor).filter(book_set=book_set)
    return rows.select_related("location").order_by("-starts_on", "-pk")


def overlapping(actor: Actor, starts_on: date, ends_on: date) -> QuerySet[SetStay]:
    """Stays of which at least one day lies in a period."""
    rows = SetStay.objects.visible_to(actor).filter(starts_on__lte=ends_on, ends_on__gte=starts_on)
    return rows.select_related("book_set", "location").order_by("starts_on", "pk")


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What one can offer instead: other collections that are free then, and the first day that this one is."""

    free: list[BookSet]
    from_day: date


def alternatives_to(actor: Actor, book_set: BookSet, starts_on: date, ends_on: date) -> Alternatives:
    """Collections of the same kind that are free in a period, those on the same theme first; and the first day from
    which this one is free for as long."""
    taken = overlapping(actor, starts_on, ends_on).order_by().values("book_set")
    others = BookSet.objects.visible_to(actor).filter(library=book_set.library_id, kind=book_set.kind)
    free = list(others.exclude(pk=book_set.pk).exclude(pk__in=taken))
    theme = book_set.theme.casefold()
    free.sort(key=lambda one: (not theme or one.theme.casefold() != theme, one.name))
    return Alternatives(free[:MOST_ALTERNATIVES], _first_free(actor, book_set, starts_on, ends_on))


def _first_free(actor: Actor, book_set: BookSet, starts_on: date, ends_on: date) -> date:
    length, day = ends_on - starts_on, starts_on
    later = SetStay.objects.visible_to(actor).filter(book_set=book_set, ends_on__gte=starts_on)
    for begins, ends in later.order_by("starts_on").values_list("starts_on", "ends_on"):
        if day + length < begins:
            break
        day = max(day, ends + timedelta(days=1))
    return day


def asked_twice(actor: Actor, book_set: BookSet, starts_on: date, ends_on: date) -> list[SetStay]:
    """Other stays in the same weeks of collections on the same theme."""
    if not book_set.theme:
        return []
    same = overlapping(actor, starts_on, ends_on).filter(book_set__theme__iexact=book_set.theme)
    return list(same.exclude(book_set=book_set))


@dataclass(frozen=True, slots=True)
class Month:
    """What is where in a month."""

    first: date
    stays: list[SetStay]


def calendar_of(actor: Actor, starts_on: date, ends_on: date) -> list[Month]:
    """Which collection is where, month by month; months without any are left out."""
    stays: Sequence[SetStay] = list(overlapping(actor, starts_on, ends_on))
    found = []
    first = starts_on.replace(day=1)
    while first <= ends_on:
        after = (first + timedelta(days=32)).replace(day=1)
        here = [one for one in stays if one.starts_on < after and one.ends_on >= first]
        if here:
            found.append(Month(first, here))
        first = after
    return found


def copies_by_barcode(actor: Actor, library_id: int, barcodes: Sequence[str]) -> QuerySet[Copy]:
    rows = Copy.objects.visible_to(actor).filter(library=library_id, barcode__in=barcodes)
    return rows.exclude(status=CopyStatus.WITHDRAWN)
