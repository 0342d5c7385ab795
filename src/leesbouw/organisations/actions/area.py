"""Which municipalities a library serves, from which day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction

from ..models import Library, LibraryArea, Location
from ..permissions import CHOOSE_AREA
from .units import reindex


def choose_area(
    *, library: Library, municipality_ids: Iterable[int], starts_on: date, by: Actor
) -> tuple[int, int]:
    """Makes the library's area exactly these municipalities from a day on; returns how many came and went.

    A municipality that another library served passes over on that day; what was, stays recorded.
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
            touched = Location.objects.filter(municipality__in=come | gone).values_list("pk", flat=True)
            reindex(location_ids=list(touched))
        return len(come), len(gone)


def _end(areas, day: date) -> None:  # type: ignore[no-untyped-def]
    """An area that would end before it began never was."""
    areas.filter(starts_on__gte=day).delete()
    areas.update(ends_on=day - timedelta(days=1))
