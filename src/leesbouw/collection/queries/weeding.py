"""What to take off the shelves and what to buy, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.models import Location

from ..enums import CopyReason, CopyStatus
from ..models import Copy
from .shelves import ShelfReport, collection_parameters, shelf_report

YEAR = timedelta(days=365)
MISSED = (CopyStatus.MISSING, CopyStatus.LOST)
MOST_TO_REPLACE = 100


def copies_to_weed(actor: Actor, library_id: int, location_id: int | None) -> QuerySet[Copy]:
    """Copies at one place (None: the library) that give a reason to take them out: `is_old`, `is_unlent`, `is_double` or
    `is_worn`.

    Nobody is called unlent where no loan was ever written down, nor is a book that came lately. What is double is asked
    once for the place, not once for each copy.
    """
    rules = collection_parameters()
    here = Copy.objects.visible_to(actor).filter(library=library_id, location=location_id)
    old, unlent = today() - YEAR * rules.old_years, today() - YEAR * rules.unlent_years
    alike = here.filter(status=CopyStatus.IN_USE).order_by().values("title").annotate(number=Count("pk"))
    doubles = list(alike.filter(number__gt=rules.most_alike).values_list("title", flat=True))
    long_ago = Q(last_lent_on__lt=unlent) | Q(last_lent_on=None, acquired_on__lt=unlent)
    lends = here.filter(times_lent__gt=0).exists()
    return (
        here.filter(status__in=(CopyStatus.IN_USE, CopyStatus.REPAIR))
        .annotate(
            is_old=Q(acquired_on__lt=old),
            is_unlent=long_ago if lends else Q(pk__in=()),
            is_double=Q(title__in=doubles),
            is_worn=Q(status=CopyStatus.REPAIR),
        )
        .filter(Q(is_old=True) | Q(is_unlent=True) | Q(is_double=True) | Q(is_worn=True))
        .select_related("title", "location")
    )


def reasons_of(copy: Copy) -> list[CopyReason]:
    """Why a copy is on the list, the heaviest reason first."""
    told = (
        ("is_worn", CopyReason.WORN),
        ("is_old", CopyReason.OLD),
        ("is_unlent", CopyReason.UNLENT),
        ("is_double", CopyReason.DOUBLE),
    )
    return [reason for name, reason in told if getattr(copy, name, False)]


@dataclass(frozen=True, slots=True)
class Wish:
    """Something to buy for a place: how many, of what, and why."""

    location: str
    number: int
    what: str
    why: str


def wishes_at(actor: Actor, location: Location, year: SchoolYear) -> list[Wish]:
    """What a place should get: books that were lost or worn, kinds of which there is too little, and as many more as the
    norm asks."""
    report = shelf_report(actor, location, year)
    found = [*_to_replace(actor, location), *_gaps(report)]
    if report.short:
        why = _("for the lower end of the norm")
        found.append(Wish(location.name, report.short, _("Books of the fixed collection"), why))
    return found


def _to_replace(actor: Actor, location: Location) -> list[Wish]:
    rows = Copy.objects.visible_to(actor).filter(location=location).order_by()
    gone = rows.filter(
        Q(status__in=MISSED) | Q(status=CopyStatus.WITHDRAWN, status_reason=CopyReason.WORN),
        status_on__gte=today() - YEAR,
    )
    there = rows.filter(status=CopyStatus.IN_USE, title=OuterRef("title"))
    titles = gone.filter(~Exists(there)).values_list("title__title").annotate(number=Count("pk"))
    return [
        Wish(location.name, 1, title, _("the last copy is lost or worn"))
        for title, _number in titles.order_by("title__title")[:MOST_TO_REPLACE]
    ]


def _gaps(report: ShelfReport) -> list[Wish]:
    found = []
    for one in report.gaps:
        number = max(round(one.gap * report.fixed), 1)
        why = _("%(now)s%% of the books, %(wished)s%% in the profile") % {
            "now": one.percent,
            "wished": one.wished_percent,
        }
        found.append(Wish(report.location.name, number, str(one.category.label), why))
    return found
