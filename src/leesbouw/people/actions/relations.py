"""Which of us talks to which contact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.registry import undo
from leesbouw.core.time import today

from ..domain import last_day
from ..models import Contact, Relation, StaffMember
from ..permissions import EDIT_CONTACTS


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A colleague who talks to a contact, from and until a day."""

    contact: Contact
    staff: StaffMember
    starts_on: date | None = None
    ends_on: date | None = None


def relate(*, contact: Contact, staff: StaffMember, by: Actor, starts_on: date | None = None) -> Relation:
    """From this day a colleague talks to this contact. Who already does goes on."""
    return relate_all([RelationRow(contact, staff, starts_on)], by=by)[0]


def relate_all(rows: Sequence[RelationRow], *, by: Actor, run: str = "") -> list[Relation]:
    """Who talks to whom, for many pairs; one event, undone with one press."""
    require(by, EDIT_CONTACTS)
    with write_transaction():
        for row in rows:
            _check_pair(row, by)
        open_rows = Relation.objects.visible_to(by).filter(
            ends_on=None, contact__in=[row.contact.pk for row in rows]
        )
        known = {(relation.contact_id, relation.staff_id): relation for relation in open_rows}
        result, made = [], []
        for row in rows:
            relation = known.get((row.contact.pk, row.staff.pk)) if row.ends_on is None else None
            if relation is None:
                relation = Relation(
                    contact=row.contact,
                    staff=row.staff,
                    starts_on=row.starts_on or today(),
                    ends_on=row.ends_on,
                )
                made.append(relation)
                if row.ends_on is None:
                    known[row.contact.pk, row.staff.pk] = relation
            result.append(relation)
        Relation.objects.bulk_create(made)
        if made:
            _related(made, by, run)
        return result


def _check_pair(row: RelationRow, by: Actor) -> None:
    if row.contact.library_id != row.staff.library_id:
        raise Sentence(_("They belong to different libraries."))
    if by.kind != "system" and row.contact.library_id not in by.libraries:
        raise NotAllowed(EDIT_CONTACTS)


def _related(made: Sequence[Relation], by: Actor, run: str) -> None:
    record(
        by=by,
        verb="people.relate",
        subject=made[0] if len(made) == 1 else None,
        unit_id=made[0].contact.unit_id if len(made) == 1 else None,
        count=len(made),
        run=run,
        undo=Undo("people.remove_relations", {"ids": [row.pk for row in made]}),
    )


@undo.register("people.remove_relations")
def _remove_relations(*, ids: Sequence[int], by: Actor) -> None:
    require(by, EDIT_CONTACTS)
    with write_transaction():
        count = Relation.objects.visible_to(by).filter(pk__in=ids).delete()[0]
        record(by=by, verb="people.remove_relations", count=count)


def unrelate(*, relation: Relation, by: Actor, ends_on: date | None = None) -> Relation:
    """From this day they no longer talk; that they did stays."""
    require(by, EDIT_CONTACTS)
    with write_transaction():
        row = lock_row(Relation.objects.visible_to(by).select_related("contact"), pk=relation.pk)
        row.ends_on = last_day(ends_on or today(), row.starts_on)
        row.save(update_fields=["ends_on"])
        record(
            by=by,
            verb="people.unrelate",
            subject=row,
            unit_id=row.contact.unit_id,
            undo=Undo("people.relate_again", {"relation_id": row.pk}),
        )
        return row


@undo.register("people.relate_again")
def _relate_again(*, relation_id: int, by: Actor) -> None:
    require(by, EDIT_CONTACTS)
    with write_transaction():
        row = lock_row(Relation.objects.visible_to(by), pk=relation_id)
        row.ends_on = None
        row.save(update_fields=["ends_on"])
        record(by=by, verb="people.relate_again", subject=row)
