"""People who are wiped for good: because their time is over, or because somebody asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from leesbouw.core import search
from leesbouw.core.access import Actor
from leesbouw.core.db import write_transaction

from ..models import Contact, StaffMember
from ..queries.indexing import KIND, contact_key, staff_key


def wipe_contacts(*, ids: Sequence[int], by: Actor) -> None:
    """Takes contacts out, with who talks to them, the groups they teach, and their place in the index.

    Talks and actions stay, without them. The caller asks for the right, writes the audit event and notes the erasure.
    """
    with write_transaction():
        search.remove(KIND, map(contact_key, ids))
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
