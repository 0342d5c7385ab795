"""Writing contacts, and which of us talks to whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leesbouw.core import search
from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.core.registry import undo
from leesbouw.core.time import today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Unit
from leesbouw.organisations.queries import units_in_scope

from ..domain import last_day, same_name
from ..models import Contact, GroupTeacher, Relation
from ..permissions import EDIT_CONTACTS
from ..queries.indexing import KIND, contact_entry, contact_key
from ..queries.reach import library_id_for


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact as a form, an import or the demo gives her; with an `id` an existing one changes.

    `library_id` may stay empty for somebody of a location: then it is the library that the location works with.
    """

    unit_id: int
    name: str
    function: str
    level: str
    library_id: int | None = None
    network_roles: tuple[str, ...] = ()
    policy_fields: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    starts_on: date | None = None
    left_on: date | None = None
    id: int | None = None
    version: int | None = None


FIELDS = ("name", "function", "level", "email", "phone")


def save_contact(row: ContactRow, *, by: Actor) -> Contact:
    """Makes or changes one contact; see save_contacts."""
    return save_contacts([row], by=by)[0]


def save_contacts(rows: Sequence[ContactRow], *, by: Actor, run: str = "") -> list[Contact]:
    """Makes or changes contacts, with one event for all; returns them in the order of `rows`.

    Raises Sentence for somebody who is there already, Stale for a changed row, NotAllowed out of reach.
    """
    require(by, EDIT_CONTACTS)
    with write_transaction():
        units = _units(by, rows)
        known = {
            contact.pk: contact
            for contact in Contact.objects.visible_to(by).filter(pk__in=[row.id for row in rows if row.id])
        }
        taken = _names_taken(units)
        saved = [_merged(row, known, units, by) for row in rows]
        for contact in saved:
            _refuse_double(contact, taken)
        Contact.objects.bulk_create([contact for contact in saved if contact.pk is None])
        for contact in saved:
            if contact.pk in known:
                contact.save()
        search.put(contact_entry(contact) for contact in saved if contact.left_on is None)
        unit_ids = {contact.unit_id for contact in saved}
        record(
            by=by,
            verb="people.save_contacts",
            subject=saved[0] if len(saved) == 1 else None,
            unit_id=unit_ids.pop() if len(unit_ids) == 1 else None,
            count=len(saved),
            run=run,
        )
        return saved


def _units(by: Actor, rows: Iterable[ContactRow]) -> dict[int, Unit]:
    ids = {row.unit_id for row in rows}
    units = {unit.pk: unit for unit in units_in_scope(by).filter(pk__in=ids)}
    if ids - set(units):
        raise NotAllowed(EDIT_CONTACTS)
    return units


def _names_taken(units: dict[int, Unit]) -> dict[tuple[int, int], list[Contact]]:
    """Who is known already, by library and unit."""
    taken: dict[tuple[int, int], list[Contact]] = {}
    for contact in Contact.objects.trusted("no person twice").filter(unit__in=units, left_on=None):
        taken.setdefault((contact.library_id, contact.unit_id), []).append(contact)
    return taken


def _refuse_double(contact: Contact, taken: dict[tuple[int, int], list[Contact]]) -> None:
    same_place = taken.setdefault((contact.library_id, contact.unit_id), [])
    if contact.left_on is None and any(
        other.pk != contact.pk and same_name(other.name, contact.name) for other in same_place
    ):
        raise Sentence(_("Somebody with this name is already a contact here."))
    if contact.pk is None and contact.left_on is None:
        same_place.append(Contact(pk=-1, name=contact.name))


def _merged(row: ContactRow, known: dict[int, Contact], units: dict[int, Unit], by: Actor) -> Contact:
    """The contact with the values of the row, not yet stored."""
    if row.id is not None:
        if row.id not in known:
            raise NotAllowed(EDIT_CONTACTS)
        contact = known[row.id]
        check_version(contact, row.version)
        contact.version += 1
    else:
        contact = Contact(library_id=_library_id(row, by))
    contact.unit = units[row.unit_id]
    contact.starts_on = row.starts_on or contact.starts_on
    for name in FIELDS:
        setattr(contact, name, getattr(row, name))
    contact.network_roles = list(dict.fromkeys(row.network_roles))
    contact.policy_fields = list(dict.fromkeys(row.policy_fields))
    if row.id is None:
        contact.left_on = row.left_on
    return contact


def _library_id(row: ContactRow, by: Actor) -> int:
    """The library that will know her: the one named when that is within reach, else the actor's own."""
    if row.library_id is not None and (by.kind == "system" or row.library_id in by.libraries):
        return row.library_id
    if row.library_id is None or by.unit_kind == UnitKind.LOCATION:
        found = library_id_for(by, row.unit_id)
        if found is not None:
            return found
        if by.unit_kind == UnitKind.LOCATION and by.unit_id == row.unit_id:
            raise Sentence(_("Your location does not work with a library yet."))
    raise NotAllowed(EDIT_CONTACTS)


def contact_left(*, contact: Contact, by: Actor, left_on: date | None = None) -> Contact:
    """She no longer works there: her relations and groups end on that day."""
    require(by, EDIT_CONTACTS)
    with write_transaction():
        row = lock_row(Contact.objects.visible_to(by), pk=contact.pk)
        if row.left_on is not None:
            raise Sentence(_("This person had already left."))
        row.left_on = last_day(left_on or today(), row.starts_on)
        row.version += 1
        row.save(update_fields=["left_on", "version"])
        relations = _end_all(
            Relation.objects.trusted("ends with the contact").filter(contact=row.pk), row.left_on
        )
        teachers = _end_all(
            GroupTeacher.objects.trusted("ends with the contact").filter(contact=row.pk), row.left_on
        )
        search.remove(KIND, [contact_key(row.pk)])
        record(
            by=by,
            verb="people.contact_left",
            subject=row,
            unit_id=row.unit_id,
            undo=Undo(
                "people.contact_back", {"contact_id": row.pk, "relations": relations, "teachers": teachers}
            ),
        )
        return row


def _end_all(rows, day: date) -> list[int]:  # type: ignore[no-untyped-def]
    """Ends open rows on a day; returns their ids."""
    ids = list(rows.filter(ends_on=None).values_list("pk", flat=True))
    rows.filter(pk__in=ids).update(ends_on=day)
    return ids


@undo.register("people.contact_back")
def contact_back(
    *, contact_id: int, by: Actor, relations: Sequence[int] = (), teachers: Sequence[int] = ()
) -> None:
    """She works there after all: what ended with her goes on."""
    require(by, EDIT_CONTACTS)
    with write_transaction():
        row = lock_row(Contact.objects.visible_to(by).select_related("unit"), pk=contact_id)
        row.left_on = None
        row.version += 1
        row.save(update_fields=["left_on", "version"])
        mine = Q(contact=row.pk)
        Relation.objects.trusted("ends with the contact").filter(mine, pk__in=relations).update(ends_on=None)
        GroupTeacher.objects.trusted("ends with the contact").filter(mine, pk__in=teachers).update(
            ends_on=None
        )
        search.put([contact_entry(row)])
        record(by=by, verb="people.contact_back", subject=row, unit_id=row.unit_id)
