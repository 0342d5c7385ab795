"""Counting a shelf: begin, read barcodes, close; two people may read at once, and closing can be undone."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.registry import undo
from leesbouw.core.time import now, today
from leesbouw.organisations.models import Location

from ..enums import CopyReason, CopyStatus, ScanOutcome
from ..models import Copy, Stocktake, StocktakeScan
from ..permissions import EDIT_TITLES
from ..queries import differences_of
from .titles import check_library

LONGEST = 30
GONE = (CopyStatus.MISSING, CopyStatus.LOST)


def start_stocktake(*, library_id: int, location: Location | None, by: Actor, place: str = "") -> Stocktake:
    """Begins to count a place. Where somebody is counting it already, that count goes on."""
    check_library(by, library_id)
    if by.kind != "system" and location and location.pk not in by.locations:
        raise NotAllowed(EDIT_TITLES)
    with write_transaction():
        values = {"library_id": library_id, "location": location, "place": place}
        there = Stocktake.objects.visible_to(by).filter(closed_at=None, **values).first()
        if there is not None:
            return there
        row = Stocktake.objects.create(by_user_id=by.user_id, **values)
        record(by=by, verb="collection.start_stocktake", subject=row, unit_id=library_id)
        return row


def read_barcode(*, stocktake: Stocktake, barcode: str, by: Actor) -> StocktakeScan:
    """Notes that a barcode was read; a second time changes nothing. Raises Sentence once the count is closed.

    It leaves no event of its own: hundreds a quarter of an hour, and the count keeps who read what.
    """
    check_library(by, stocktake.library_id)
    barcode = barcode.strip()[:LONGEST]
    with write_transaction():
        count: Stocktake = lock_row(Stocktake.objects.visible_to(by), pk=stocktake.pk)
        if count.closed_at is not None:
            raise Sentence(_("This count is closed. Begin a new one."))
        copy = Copy.objects.filter(library=count.library_id, barcode=barcode).first()
        row, made = StocktakeScan.objects.visible_to(by).get_or_create(
            stocktake=count,
            barcode=barcode,
            defaults={"copy": copy, "outcome": _outcome(copy, count), "by_user_id": by.user_id},
        )
        if not made:
            row.scanned_at = now()
            row.save(update_fields=["scanned_at"])
        return row


def _outcome(copy: Copy | None, count: Stocktake) -> ScanOutcome:
    if copy is None:
        return ScanOutcome.UNKNOWN
    if copy.status == CopyStatus.WITHDRAWN:
        return ScanOutcome.WITHDRAWN
    if copy.location_id != count.location_id:
        return ScanOutcome.ELSEWHERE
    return ScanOutcome.BACK if copy.status in GONE else ScanOutcome.FOUND


def close_stocktake(*, stocktake: Stocktake, by: Actor, move_here: bool = False) -> Stocktake:
    """Closes a count: what was not found is set to “not found”, and to “lost” where that was so already; what was lost
    and is here is in use again. With `move_here` what belongs elsewhere stands here from now on."""
    check_library(by, stocktake.library_id)
    with write_transaction():
        count: Stocktake = lock_row(Stocktake.objects.visible_to(by), pk=stocktake.pk)
        if count.closed_at is not None:
            raise Sentence(_("This count is closed already."))
        found = differences_of(by, count)
        changed: list[Copy] = []
        before: dict[str, list] = {}

        def change(copy: Copy, status: str, reason: str = "", location_id: int | None = None) -> None:
            before[str(copy.pk)] = _image(copy)
            if copy.status != status:
                copy.status, copy.status_reason, copy.status_on = status, reason, today()
            copy.location_id = location_id
            copy.version += 1
            changed.append(copy)

        for copy in found.missing:
            worse = CopyStatus.LOST if copy.status == CopyStatus.MISSING else CopyStatus.MISSING
            change(copy, worse, CopyReason.NOT_FOUND, copy.location_id)
        for scan in found.back:
            if scan.copy:
                change(scan.copy, CopyStatus.IN_USE, "", scan.copy.location_id)
        for scan in found.elsewhere if move_here else ():
            if scan.copy:
                status = CopyStatus.IN_USE if scan.copy.status in GONE else scan.copy.status
                change(scan.copy, status, scan.copy.status_reason, count.location_id)
        Copy.objects.bulk_update(changed, ["status", "status_reason", "status_on", "location", "version"])
        count.closed_at, count.before, count.missing = now(), before, len(found.missing)
        count.save(update_fields=["closed_at", "before", "missing"])
        record(
            by=by,
            verb="collection.close_stocktake",
            subject=count,
            unit_id=count.library_id,
            count=len(changed),
            undo=Undo("collection.open_stocktake", {"id": count.pk}),
        )
        return count


def _image(copy: Copy) -> list:
    """What a copy is, for putting back: also the version that it gets, so that later changes are left alone."""
    on = copy.status_on.isoformat() if copy.status_on else None
    return [copy.status, copy.status_reason, on, copy.location_id, copy.version + 1]


@undo.register("collection.open_stocktake")
def open_stocktake(*, id: int, by: Actor) -> Stocktake:
    """Undoes closing: copies are as they were, except those that somebody changed since. Raises Sentence where this
    place is being counted anew."""
    try:
        with write_transaction():
            count: Stocktake = lock_row(Stocktake.objects.visible_to(by), pk=id)
            check_library(by, count.library_id)
            rows = Copy.objects.filter(library=count.library_id).in_bulk([int(pk) for pk in count.before])
            back = []
            for pk, (status, reason, on, place, version) in count.before.items():
                copy = rows.get(int(pk))
                if copy is None or copy.version != version:
                    continue
                copy.status, copy.status_reason, copy.location_id = status, reason, place
                copy.status_on = date.fromisoformat(on) if on else None
                copy.version += 1
                back.append(copy)
            Copy.objects.bulk_update(back, ["status", "status_reason", "status_on", "location", "version"])
            count.closed_at, count.before, count.missing = None, {}, 0
            count.save(update_fields=["closed_at", "before", "missing"])
            record(
                by=by,
                verb="collection.open_stocktake",
                subject=count,
                unit_id=count.library_id,
                count=len(back),
            )
            return count
    except IntegrityError:
        raise Sentence(_("This place is being counted anew. Close that count first.")) from None
