"""Copies: made with a barcode of our own or one that is there already, moved, taken out; and what lending tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError
from django.db.models import Count, F
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed
from leesbouw.core.audit import record
from leesbouw.core.db import create_rows, hold_row, in_chunks, lock_row, update_rows, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.core.time import today
from leesbouw.organisations.models import Library

from ..domain import barcode_of
from ..enums import CopyStatus, Owner, Part
from ..models import Copy, Title
from ..permissions import EDIT_TITLES
from .titles import check_library

TAKEN = _("One of these barcodes is in use already: %(barcodes)s.")


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A copy to make. Without a barcode it gets one of ours; `location_id` None is the library itself."""

    title_id: int
    barcode: str = ""
    location_id: int | None = None
    owner: str = Owner.LIBRARY
    part: str = Part.STANDARD
    place: str = ""
    acquired_on: date | None = None


def save_copies(rows: Sequence[CopyRow], *, library_id: int, by: Actor, run: str = "") -> list[Copy]:
    """Makes copies, in one event. Raises Sentence naming barcodes that are in use, NotAllowed for a school or title
    out of reach. Returns them in the order of `rows`."""
    check_library(by, library_id)
    if by.kind != "system" and {row.location_id for row in rows if row.location_id} - set(by.locations):  # type: ignore[arg-type]
        raise NotAllowed(EDIT_TITLES)
    with write_transaction():
        hold_row(Library, library_id)  # two who number at once get different numbers
        given = [row.barcode for row in rows if row.barcode]
        taken = Copy.objects.filter(library=library_id, barcode__in=given)
        doubled = set(taken.values_list("barcode", flat=True)) | {
            one for one in given if given.count(one) > 1
        }
        if doubled:
            raise Sentence(TAKEN % {"barcodes": ", ".join(sorted(doubled)[:5])})
        titles = {row.title_id for row in rows}
        if Title.objects.filter(library=library_id, pk__in=titles).count() != len(titles):
            raise NotAllowed(EDIT_TITLES)
        made = _copies(rows, library_id)
        create_rows(made)
        record(by=by, verb="collection.save_copies", unit_id=library_id, count=len(made), run=run)
        return made


def _copies(rows: Sequence[CopyRow], library_id: int) -> list[Copy]:
    fresh = iter(_barcodes(library_id, sum(not row.barcode for row in rows)))
    return [
        Copy(
            library_id=library_id,
            title_id=row.title_id,
            barcode=row.barcode or next(fresh),
            location_id=row.location_id,
            owner=row.owner,
            part=row.part,
            place=row.place,
            acquired_on=row.acquired_on or today(),
        )
        for row in rows
    ]


def _barcodes(library_id: int, number: int) -> list[str]:
    """The next barcodes of our own that no copy has."""
    if not number:
        return []
    first = Copy.objects.filter(library=library_id).aggregate(all=Count("pk"))["all"] + 1
    found: list[str] = []
    while len(found) < number:
        wanted = [barcode_of(library_id, first + step) for step in range(number)]
        taken = set(
            Copy.objects.filter(library=library_id, barcode__in=wanted).values_list("barcode", flat=True)
        )
        found += [one for one in wanted if one not in taken]
        first += number
    return found[:number]


def change_copy(*, copy: Copy, values: Mapping[str, Any], by: Actor, version: int | None = None) -> Copy:
    """Writes some of location_id, owner, part, place, status, status_reason and barcode. Raises Stale, or Sentence for a
    taken barcode. What is in use has no reason."""
    check_library(by, copy.library_id)
    allowed = {"location_id", "owner", "part", "place", "status", "status_reason", "barcode"}
    assert set(values) <= allowed, values
    place = values.get("location_id")
    if by.kind != "system" and place and place not in by.locations:
        raise NotAllowed(EDIT_TITLES)
    try:
        with write_transaction():
            row: Copy = lock_row(Copy.objects.visible_to(by), pk=copy.pk)
            check_version(row, version)
            was = row.status
            for name, value in values.items():
                setattr(row, name, value)
            if row.status != was:
                row.status_on = today()
            if row.status == CopyStatus.IN_USE:
                row.status_reason = ""
            row.version += 1
            row.save()
            data = {"status": str(row.status)} if "status" in values else {}
            record(by=by, verb="collection.change_copy", subject=row, unit_id=row.library_id, data=data)
            return row
    except IntegrityError:
        raise Sentence(TAKEN % {"barcodes": values.get("barcode", "")}) from None


def take_back_copies(*, made: Sequence[int], library_id: int, by: Actor, run: str = "") -> list[int]:
    """Undoes `save_copies` for copies that were never lent. Returns the ids of those that stay."""
    check_library(by, library_id)
    with write_transaction():
        rows = Copy.objects.filter(library=library_id, pk__in=made)
        lent = list(rows.filter(times_lent__gt=0).values_list("pk", flat=True))
        rows.exclude(pk__in=lent).delete()
        record(
            by=by,
            verb="collection.take_back_copies",
            unit_id=library_id,
            count=len(made) - len(lent),
            run=run,
        )
        return lent


def note_lent(*, copy_id: int, on: date, by: Actor) -> None:
    """Lending tells that a copy went out, inside its own write and beside its own event."""
    Copy.objects.filter(pk=copy_id).update(
        times_lent=F("times_lent") + 1, last_lent_on=on, status=CopyStatus.IN_USE, status_reason=""
    )


def take_back_lent(*, copy_id: int, last_lent_on: date | None, status: str, by: Actor) -> None:
    """Undoes `note_lent` for a loan that was a mistake: as it was before, as far as lending knows."""
    Copy.objects.filter(pk=copy_id, times_lent__gt=0).update(
        times_lent=F("times_lent") - 1, last_lent_on=last_lent_on, status=status, status_reason=""
    )


def note_status(*, copy_id: int, status: str, by: Actor) -> None:
    """Lending tells that a copy was lost or is there again, inside its own write and beside its own event."""
    Copy.objects.filter(pk=copy_id).update(status=status, status_reason="", version=F("version") + 1)


def note_history(counts: Mapping[int, tuple[int, date]], *, by: Actor) -> None:
    """Lending tells of loans that came along from elsewhere: copy → how often more, and when last."""
    known = ("pk", "times_lent", "last_lent_on")
    for chunk in in_chunks(list(counts)):
        rows = []
        for pk, had, before in Copy.objects.filter(pk__in=chunk).order_by().values_list(*known):
            times, last = counts[pk]
            rows.append(Copy(pk=pk, times_lent=had + times, last_lent_on=max(last, before or last)))
        update_rows(rows, ("times_lent", "last_lent_on"))
