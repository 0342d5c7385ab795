"""Which municipalities a library serves, from which day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.db.models import Q

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import in_chunks, write_transaction
from leesbouw.core.jobs import enqueue
from leesbouw.core.time import today

from ..models import Library, LibraryArea, Location, Partnership
from ..permissions import CHOOSE_AREA
from .units import reindex


def choose_area(
    *, library: Library, municipality_ids: Iterable[int], starts_on: date, by: Actor
) -> tuple[int, int]:
    """Makes the library's area exactly these municipalities from a day on; returns how many came and went.

    A municipality that another library served passes over on that day; what was, stays recorded. The lists follow at
    once. The search index follows by a job, because a province holds hundreds of locations.
    """
    require(by, CHOOSE_AREA)
    wanted = set(municipality_ids)
    with write_transaction():
        serving = LibraryArea.objects.filter(ends_on=None)
        mine = serving.filter(library=library)
        have = set(mine.values_list("municipality_id", flat=True))
        gone, come = have - wanted, wanted - have
        _end(mine.filter(municipality__in=gone), starts_on)
        _end(serving.filter(municipality__in=come), starts_on)
        LibraryArea.objects.bulk_create(
            [LibraryArea(library=library, municipality_id=pk, starts_on=starts_on) for pk in sorted(come)]
        )
        if come or gone:
            record(
                by=by,
                verb="organisations.choose_area",
                subject=library,
                unit_id=library.pk,
                count=len(come) + len(gone),
                data={"come": sorted(come), "gone": sorted(gone)},
            )
            if Location.objects.filter(municipality__in=come | gone).exists():
                args = {"municipality_ids": sorted(come | gone)}
                enqueue("organisations.index_area", by=by, args=args, subject=library, unit_id=library.pk)
        return len(come), len(gone)


def index_municipalities(ids: Iterable[int], tell: Callable[[int, int], None]) -> int:
    """Puts the locations of these municipalities in the search index, for whoever may see them today; in small writes.

    Asks for no right: the index only repeats what was written.
    """
    found = list(
        Location.objects.filter(municipality__in=list(ids)).order_by("pk").values_list("pk", flat=True)
    )
    done = 0
    for chunk in in_chunks(found):
        reindex(location_ids=chunk, units=False)
        done += len(chunk)
        tell(done, len(found))
    reindex(location_ids=[], units=True)
    return done


def index_moved() -> int:
    """Does the same for what came under another library by the calendar: an area or a cooperation that began or ended
    in the last week. Returns how many locations that were."""
    day, week = today(), today() - timedelta(days=7)
    moved = Q(starts_on__range=(week, day)) | Q(ends_on__range=(week, day))
    places = LibraryArea.objects.filter(moved).values("municipality")
    partners = Partnership.objects.filter(moved).values("location")
    found = list(
        Location.objects.filter(Q(municipality__in=places) | Q(pk__in=partners)).values_list("pk", flat=True)
    )
    for chunk in in_chunks(found):
        reindex(location_ids=chunk, units=False)
    if found:
        reindex(location_ids=[], units=True)
    return len(found)


def _end(areas, day: date) -> None:  # type: ignore[no-untyped-def]
    """An area that would end before it began never was."""
    areas.filter(starts_on__gte=day).delete()
    areas.update(ends_on=day - timedelta(days=1))
