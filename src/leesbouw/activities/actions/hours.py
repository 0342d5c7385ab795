"""Hours of work that is no visit. A person writes her own; nobody writes those of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.registry import undo
from leesbouw.core.time import now, today
from leesbouw.organisations.queries import units_in_scope
from leesbouw.people.models import StaffMember
from leesbouw.people.queries import my_staff_ids

from ..models import HoursEntry
from ..permissions import EDIT_VISITS


@dataclass(frozen=True, slots=True)
class HoursRow:
    staff_id: int
    library_id: int
    worked_on: date
    work: str
    minutes: int
    unit_id: int | None = None
    words: str = ""


def add_hours(rows: Sequence[HoursRow], *, by: Actor) -> list[HoursEntry]:
    """Writes down hours with one event. Raises NotAllowed for those of somebody else, Sentence for a day to come."""
    require(by, EDIT_VISITS)
    if not rows:
        return []
    with write_transaction():
        _check_own(by, rows)
        if any(row.worked_on > today() for row in rows):
            raise Sentence(_("You write down hours when they are over."))
        entries = [
            HoursEntry(
                library_id=row.library_id,
                staff_id=row.staff_id,
                unit_id=row.unit_id,
                worked_on=row.worked_on,
                work=row.work,
                minutes=row.minutes,
                words=row.words,
            )
            for row in rows
        ]
        HoursEntry.objects.bulk_create(entries)
        record(
            by=by,
            verb="activities.add_hours",
            count=len(entries),
            undo=Undo("activities.drop_hours", {"ids": [entry.pk for entry in entries]}),
        )
        return entries


def _check_own(by: Actor, rows: Sequence[HoursRow]) -> None:
    """The demo writes for everybody; a person for herself, about units within reach."""
    if by.kind == "system":
        return
    units = {row.unit_id for row in rows if row.unit_id}
    mine = StaffMember.objects.visible_to(by).filter(pk__in=my_staff_ids(by)).values_list("pk", "library_id")
    if not {(row.staff_id, row.library_id) for row in rows} <= set(mine) or units_in_scope(by).filter(
        pk__in=units
    ).count() != len(units):
        raise NotAllowed(EDIT_VISITS)


@undo.register("activities.drop_hours")
def drop_hours(*, ids: Sequence[int], by: Actor) -> None:
    """Takes own hours away; they can be taken back."""
    _set(ids, by, "activities.drop_hours", Undo("activities.restore_hours", {"ids": list(ids)}))


@undo.register("activities.restore_hours")
def restore_hours(*, ids: Sequence[int], by: Actor) -> None:
    """They count again."""
    _set(ids, by, "activities.restore_hours", None)


def _set(ids: Sequence[int], by: Actor, verb: str, back: Undo | None) -> None:
    require(by, EDIT_VISITS)
    with write_transaction():
        rows = HoursEntry.objects.visible_to(by).filter(pk__in=ids, staff__in=my_staff_ids(by))
        if rows.count() != len(set(ids)):
            raise NotAllowed(EDIT_VISITS)
        rows.update(dropped_at=now() if back else None)
        record(by=by, verb=verb, count=len(ids), undo=back)
