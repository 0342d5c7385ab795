"""Taking copies out of the collection, many at once and with a way back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.registry import undo
from leesbouw.core.time import today

from ..enums import CopyReason, CopyStatus
from ..models import Copy
from ..queries import copies_to_weed, out_now, reasons_of
from .titles import check_library

MOST = 500
FIELDS = ["status", "status_reason", "status_on", "version"]


def withdraw_copies(*, copies: Sequence[int], library_id: int, by: Actor) -> int:
    """Takes copies out, each for the reason that is on the list; what is lent stays. Returns how many went.

    Raises Sentence where none of them can go.
    """
    check_library(by, library_id)
    with write_transaction():
        chosen = list(copies)[:MOST]
        rows = Copy.objects.filter(library=library_id, pk__in=chosen).exclude(status=CopyStatus.WITHDRAWN)
        locked = list(rows.select_for_update().order_by("pk"))
        out = out_now([row.pk for row in locked])
        why = {
            row.pk: reasons_of(row)
            for place in {one.location_id for one in locked}
            for row in copies_to_weed(by, library_id, place).filter(pk__in=chosen)
        }
        before = {}
        for row in locked:
            if row.pk in out:
                continue
            on = row.status_on.isoformat() if row.status_on else None
            before[str(row.pk)] = [row.status, row.status_reason, on, row.version + 1]
            row.status, row.status_on = CopyStatus.WITHDRAWN, today()
            row.status_reason = next(iter(why.get(row.pk, ())), CopyReason.OUTDATED)
            row.version += 1
        if not before:
            raise Sentence(_("None of these books can be taken out: they are lent, or out already."))
        Copy.objects.bulk_update([row for row in locked if str(row.pk) in before], FIELDS)
        record(
            by=by,
            verb="collection.withdraw_copies",
            unit_id=library_id,
            count=len(before),
            undo=Undo("collection.restore_copies", {"library_id": library_id, "before": before}),
        )
        return len(before)


@undo.register("collection.restore_copies")
def restore_copies(*, library_id: int, before: dict[str, list], by: Actor) -> int:
    """Puts copies back as they were, except those that somebody changed since. Returns how many."""
    check_library(by, library_id)
    with write_transaction():
        rows = Copy.objects.filter(library=library_id).in_bulk([int(pk) for pk in before])
        back = []
        for pk, (status, reason, on, version) in before.items():
            row = rows.get(int(pk))
            if row is None or row.version != version:
                continue
            row.status, row.status_reason = status, reason
            row.status_on = date.fromisoformat(on) if on else None
            row.version += 1
            back.append(row)
        Copy.objects.bulk_update(back, FIELDS)
        record(by=by, verb="collection.restore_copies", unit_id=library_id, count=len(back))
        return len(back)
