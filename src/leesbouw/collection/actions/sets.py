"""Collections that go round: made, filled by scanning, promised to a place, and moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.core.registry import undo
from leesbouw.organisations.models import Location

from ..enums import CopyStatus, Part
from ..models import BookSet, Copy, SetStay
from ..permissions import EDIT_TITLES
from ..queries import alternatives_to, copies_by_barcode, copies_in, overlapping
from .titles import check_library

SAME_NAME = _("There is a collection with this name already.")


def save_set(
    *,
    library_id: int,
    name: str,
    kind: str,
    by: Actor,
    theme: str = "",
    about: str = "",
    book_set: BookSet | None = None,
    version: int | None = None,
) -> BookSet:
    """Makes a collection, or changes what it is called. Raises Stale, or Sentence for a name that is taken."""
    check_library(by, library_id)
    try:
        with write_transaction():
            if book_set is None:
                row = BookSet(library_id=library_id)
            else:
                row = lock_row(BookSet.objects.visible_to(by), pk=book_set.pk)
                check_version(row, version)
                row.version += 1
            row.name, row.kind, row.theme, row.about = name, kind, theme, about
            row.save()
            record(by=by, verb="collection.save_set", subject=row, unit_id=library_id)
            return row
    except IntegrityError:
        raise Sentence(SAME_NAME) from None


def fill_set(*, book_set: BookSet, barcodes: Sequence[str], by: Actor) -> int:
    """Adds the copies with these barcodes; they rotate from now on. Returns how many. Raises Sentence naming the first
    barcodes that are not known."""
    check_library(by, book_set.library_id)
    with write_transaction():
        rows = copies_by_barcode(by, book_set.library_id, barcodes)
        unknown = sorted(set(barcodes) - set(rows.values_list("barcode", flat=True)))
        if unknown:
            raise Sentence(_("These barcodes are not known: %(codes)s.") % {"codes": ", ".join(unknown[:5])})
        number: int = Copy.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(
            book_set=book_set, part=Part.ROTATING
        )
        record(by=by, verb="collection.fill_set", subject=book_set, unit_id=book_set.library_id, count=number)
        return number


def take_from_set(*, book_set: BookSet, copies: Sequence[int], by: Actor) -> int:
    """Takes copies out of a collection; they stay where they are. Returns how many."""
    check_library(by, book_set.library_id)
    with write_transaction():
        number: int = Copy.objects.filter(book_set=book_set, pk__in=list(copies)).update(book_set=None)
        record(
            by=by,
            verb="collection.take_from_set",
            subject=book_set,
            unit_id=book_set.library_id,
            count=number,
        )
        return number


def plan_stay(*, book_set: BookSet, location: Location, starts_on: date, ends_on: date, by: Actor) -> SetStay:
    """Promises a collection to a place. Raises Sentence, with what else there is, when it is somewhere else then."""
    check_library(by, book_set.library_id)
    if by.kind != "system" and location.pk not in by.locations:
        raise NotAllowed(EDIT_TITLES)
    if ends_on < starts_on:
        raise Sentence(_("The last day lies before the first."))
    with write_transaction():
        row: BookSet = lock_row(BookSet.objects.visible_to(by), pk=book_set.pk)
        taken = overlapping(by, starts_on, ends_on).filter(book_set=row).first()
        if taken is not None:
            raise Sentence(_refusal(by, row, taken, starts_on, ends_on))
        stay = SetStay.objects.create(book_set=row, location=location, starts_on=starts_on, ends_on=ends_on)
        record(
            by=by,
            verb="collection.plan_stay",
            subject=row,
            unit_id=row.library_id,
            undo=Undo("collection.drop_stay", {"id": stay.pk}),
        )
        return stay


def _refusal(by: Actor, row: BookSet, taken: SetStay, starts_on: date, ends_on: date) -> str:
    """Who has it, until when, and what one can offer instead."""
    other = alternatives_to(by, row, starts_on, ends_on)
    words = _now("%(place)s has this collection from %(first)s to %(last)s.") % {
        "place": taken.location.name,
        "first": date_format(taken.starts_on, "j F"),
        "last": date_format(taken.ends_on, "j F"),
    }
    words += " " + _now("It is free from %(day)s.") % {"day": date_format(other.from_day, "j F Y")}
    if other.free:
        words += " " + _now("Free in these weeks: %(names)s.") % {
            "names": ", ".join(one.name for one in other.free)
        }
    return words


@undo.register("collection.drop_stay")
def drop_stay(*, id: int, by: Actor) -> None:
    """A collection does not go there after all."""
    with write_transaction():
        row: SetStay = lock_row(SetStay.objects.visible_to(by).select_related("book_set"), pk=id)
        check_library(by, row.book_set.library_id)
        record(by=by, verb="collection.drop_stay", subject=row.book_set, unit_id=row.book_set.library_id)
        row.delete()


def move_set(*, book_set: BookSet, location: Location | None, by: Actor) -> int:
    """All copies in use of a collection stand at a place from now on (None: the library). Returns how many."""
    check_library(by, book_set.library_id)
    if by.kind != "system" and location and location.pk not in by.locations:
        raise NotAllowed(EDIT_TITLES)
    with write_transaction():
        lock_row(BookSet.objects.visible_to(by), pk=book_set.pk)
        rows = list(copies_in(by, book_set).filter(status=CopyStatus.IN_USE))
        wanted = location.pk if location else None
        before = {str(row.pk): row.location_id for row in rows if row.location_id != wanted}
        for row in rows:
            if row.location_id != wanted:
                row.location_id, row.place = wanted, ""
            row.version += 1
        Copy.objects.bulk_update(rows, ["location", "place", "version"])
        record(
            by=by,
            verb="collection.move_set",
            subject=book_set,
            unit_id=book_set.library_id,
            count=len(before),
            undo=Undo("collection.move_back", {"id": book_set.pk, "before": before, "was_at": wanted}),
        )
        return len(before)


@undo.register("collection.move_back")
def move_back(*, id: int, before: dict[str, int | None], was_at: int | None, by: Actor) -> int:
    """Puts copies back where they were, except those that went on since. Returns how many."""
    with write_transaction():
        row: BookSet = lock_row(BookSet.objects.visible_to(by), pk=id)
        check_library(by, row.library_id)
        copies = list(copies_in(by, row).filter(pk__in=[int(pk) for pk in before], location=was_at))
        for copy in copies:
            copy.location_id = before[str(copy.pk)]
            copy.version += 1
        Copy.objects.bulk_update(copies, ["location", "version"])
        record(by=by, verb="collection.move_back", subject=row, unit_id=row.library_id, count=len(copies))
        return len(copies)
