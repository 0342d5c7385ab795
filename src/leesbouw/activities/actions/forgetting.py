"""What is wiped when its time is over: the words of visits; the hours of persons whole."""

from __future__ import annotations

from collections.abc import Sequence

from leesbouw.core.access import Actor
from leesbouw.core.db import write_transaction

from ..models import GroupNote, HoursEntry, Visit, VisitCancellation, VisitReport, VisitTakeover


def wipe_texts(*, ids: Sequence[int], by: Actor) -> None:
    """Empties what was written about visits, and who went; that there was a visit, and how long, stays."""
    with write_transaction():
        Visit.objects.trusted("wiping words of visits").filter(pk__in=ids).update(
            what="", take="", staff=None
        )
        reports = VisitReport.objects.trusted("wiping words of visits").filter(visit__in=ids)
        reports.update(noticed="", next_step="", by_user_id=None)
        VisitCancellation.objects.filter(visit__in=ids).update(reason="", by_user_id=None)
        GroupNote.objects.trusted("wiping words of visits").filter(visit__in=ids).delete()
        VisitTakeover.objects.filter(visit__in=ids).delete()


def wipe_hours(*, ids: Sequence[int], by: Actor) -> None:
    """Takes hours of persons out for good."""
    with write_transaction():
        HoursEntry.objects.trusted("wiping hours").filter(pk__in=ids).delete()
