"""People who are wiped for good: because their time is over, or because somebody asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from leesbouw.accounts.models import TaskLink
from leesbouw.core import erasures, search
from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.organisations.enums import UnitKind

from ..models import Contact, StaffMember
from ..permissions import EDIT_CONTACTS
from ..queries.indexing import KIND, contact_key, staff_key
from .confirming import TASK

HOLDER = "contact"  # in the list of what was erased


def note_export(*, contact: Contact, by: Actor) -> None:
    """Writes that somebody took along what is kept of a contact. Raises NotAllowed for her location."""
    _require_library(by)
    with write_transaction():
        row = Contact.objects.visible_to(by).get(pk=contact.pk)
        record(by=by, verb="people.export_contact", subject=row, unit_id=row.unit_id)


def erase_contact(*, contact: Contact, by: Actor) -> None:
    """Wipes a contact because she asks for it (GDPR article 17), also after a restore. There is no way back.

    Raises NotAllowed for her location: it is the library that keeps her.
    """
    _require_library(by)
    with write_transaction():
        row = lock_row(Contact.objects.visible_to(by), pk=contact.pk)
        wipe_contacts(ids=[row.pk], by=by)
        erasures.note(HOLDER, [str(row.pk)])
        record(by=by, verb="people.erase_contact", subject=row, unit_id=row.unit_id)


def _require_library(by: Actor) -> None:
    require(by, EDIT_CONTACTS)
    if by.unit_kind == UnitKind.LOCATION:
        raise NotAllowed(EDIT_CONTACTS)


def wipe_contacts(*, ids: Sequence[int], by: Actor) -> None:
    """Takes contacts out, with who talks to them, the groups they teach, their links and their place in the index.

    Talks and actions stay, without them. The caller asks for the right, writes the audit event and notes the erasure.
    """
    with write_transaction():
        search.remove(KIND, map(contact_key, ids))
        TaskLink.objects.filter(task=TASK, args__contact_id__in=list(ids)).delete()
        Contact.objects.trusted("wiping contacts").filter(pk__in=ids).delete()


def wipe_staff(*, ids: Sequence[int], by: Actor) -> None:
    """Takes colleagues out, with their assignments, relations and place in the index."""
    with write_transaction():
        search.remove(KIND, map(staff_key, ids))
        StaffMember.objects.trusted("wiping colleagues").filter(pk__in=ids).delete()


def wipe_contacts_again(*, refs: Iterable[str], by: Actor) -> int:
    """After a backup was put back: wipes who was erased since it was made. Returns how many were there again."""
    ids = [int(ref) for ref in refs if ref.isdecimal()]
    with write_transaction():
        back = list(
            Contact.objects.trusted("wiping contacts again").filter(pk__in=ids).values_list("pk", flat=True)
        )
        wipe_contacts(ids=back, by=by)
    return len(back)
