"""Waiting for a title, and waiting no more."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leesbouw.collection.models import Title
from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import now
from leesbouw.pupils.models import Pupil

from ..enums import HoldEnd
from ..models import Hold
from ..permissions import LEND


def place_hold(*, title_id: int, pupil_id: int, location_id: int, by: Actor) -> Hold:
    """A child waits for a title at its school. Raises Sentence when it waits already. A child may do so for itself."""
    _require(location_id, by, pupil_id)
    with write_transaction():
        title = lock_row(Title.objects.all(), pk=title_id)
        pupils = Pupil.objects.trusted("whether who waits is a pupil of this school")
        if not pupils.filter(pk=pupil_id, location=location_id, left_on=None).exists():
            raise NotAllowed(LEND)
        open_ = Hold.objects.visible_to(by).filter(title=title, pupil=pupil_id, ended_at=None)
        if open_.exists():
            raise Sentence(_("This child already waits for this book."))
        hold = Hold.objects.create(title=title, pupil_id=pupil_id, location_id=location_id)
        record(by=by, verb="lending.place_hold", subject=hold, unit_id=location_id)
        return hold


def cancel_hold(*, hold_id: int, by: Actor, ended_as: HoldEnd = HoldEnd.CANCELLED) -> None:
    """The child waits no more; a copy that lay ready goes to who comes next."""
    if by.pupil_id is None:
        require(by, LEND)
    with write_transaction():
        hold = Hold.objects.visible_to(by).filter(pk=hold_id, ended_at=None).first()
        if hold is None:
            raise Sentence(_("Nobody waits for this any more."))
        copy_id, hold.copy = hold.copy_id, None
        hold.ended_at, hold.ended_as = now(), ended_as
        hold.save(update_fields=["copy", "ended_at", "ended_as"])
        if copy_id is not None:
            _to_the_next(hold, copy_id, by)
        record(by=by, verb="lending.cancel_hold", subject=hold, unit_id=hold.location_id)


def _to_the_next(hold: Hold, copy_id: int, by: Actor) -> None:
    waiting = Hold.objects.trusted("who waits longest for a book; shows nobody anything").filter(
        title=hold.title_id, location=hold.location_id, ended_at=None, copy=None
    )
    first = waiting.order_by("placed_at", "pk").first()
    if first is not None:
        first.copy_id, first.ready_at = copy_id, now()
        first.save(update_fields=["copy", "ready_at"])


def _require(location_id: int, by: Actor, pupil_id: int) -> None:
    if by.pupil_id is not None:
        if (by.pupil_id, by.unit_id) != (pupil_id, location_id):
            raise NotAllowed(LEND)
        return
    require(by, LEND)
    if by.kind != "system" and location_id not in by.locations:
        raise NotAllowed(LEND)
