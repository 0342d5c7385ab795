"""Counts of shelves: what is expected, what was scanned, and how these differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from leesbouw.core.access import Actor
from leesbouw.core.registry import Registry

from ..enums import CopyStatus, ScanOutcome
from ..models import Copy, Stocktake, StocktakeScan

# Who lends tells which of these copies are out now: they are not missing. Called with ids, gives those that are out.
borrowed: Registry[Callable[[Collection[int]], set[int]]] = Registry("copies that are out")

EXPECTED = (CopyStatus.IN_USE, CopyStatus.MISSING)
LATELY = 8


def out_now(copies: Collection[int]) -> set[int]:
    """Those of these copies that somebody has at home or in class."""
    return set().union(*(ask(copies) for ask in borrowed.values()))


def stocktakes_for(actor: Actor) -> QuerySet[Stocktake]:
    """Counts of the actor's library, the newest first, with how many barcodes were read."""
    rows = Stocktake.objects.visible_to(actor).select_related("location", "library")
    return rows.annotate(read=Count("scans")).order_by("-pk")


def expected_copies(actor: Actor, count: Stocktake) -> QuerySet[Copy]:
    """The copies that should stand where is counted."""
    rows = Copy.objects.visible_to(actor).filter(
        library=count.library_id, location=count.location_id, status__in=EXPECTED
    )
    return rows.filter(place=count.place) if count.place else rows


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a count is."""

    expected: int
    here: int
    others: int

    @property
    def left(self) -> int:
        return max(self.expected - self.here, 0)


def tally_of(actor: Actor, count: Stocktake) -> Tally:
    scans = StocktakeScan.objects.visible_to(actor).filter(stocktake=count).order_by()
    numbers = Counter(dict(scans.values_list("outcome").annotate(number=Count("pk"))))
    here = numbers[ScanOutcome.FOUND] + numbers[ScanOutcome.BACK]
    expected = expected_copies(actor, count).count()
    return Tally(expected, here, sum(numbers.values()) - here)


def latest_scans(actor: Actor, count: Stocktake) -> list[StocktakeScan]:
    """What was read last, with its title."""
    rows = StocktakeScan.objects.visible_to(actor).filter(stocktake=count)
    return list(rows.select_related("copy__title", "copy__location").order_by("-scanned_at", "-pk")[:LATELY])


@dataclass(frozen=True, slots=True)
class Differences:
    """What a count does not agree with. `lent` copies were not read because somebody has them: they are fine."""

    missing: list[Copy]
    lent: list[Copy]
    back: list[StocktakeScan]
    elsewhere: list[StocktakeScan]
    withdrawn: list[StocktakeScan]
    unknown: list[StocktakeScan]

    @property
    def are_none(self) -> bool:
        return not (self.missing or self.back or self.elsewhere or self.withdrawn or self.unknown)


def differences_of(actor: Actor, count: Stocktake) -> Differences:
    """Where a count and the catalogue differ, by title."""
    scans = StocktakeScan.objects.visible_to(actor).filter(stocktake=count)
    seen = scans.exclude(copy=None).order_by().values("copy")
    rows = expected_copies(actor, count).exclude(pk__in=seen).select_related("title")
    left = list(rows.order_by("place", "title__title", "pk"))
    out = out_now([row.pk for row in left])
    by_outcome: dict[str, list[StocktakeScan]] = {one: [] for one in ScanOutcome.values}
    told = scans.exclude(outcome=ScanOutcome.FOUND).select_related("copy__title", "copy__location")
    for scan in told.order_by("copy__title__title", "barcode"):
        by_outcome[scan.outcome].append(scan)
    return Differences(
        missing=[row for row in left if row.pk not in out],
        lent=[row for row in left if row.pk in out],
        back=by_outcome[ScanOutcome.BACK],
        elsewhere=by_outcome[ScanOutcome.ELSEWHERE],
        withdrawn=by_outcome[ScanOutcome.WITHDRAWN],
        unknown=by_outcome[ScanOutcome.UNKNOWN],
    )
