"""A contact without an account looks at what is kept about her, and puts it right."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leesbouw.accounts.actions import create_task_link
from leesbouw.accounts.models import TaskLink
from leesbouw.core import search
from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import today

from ..domain import last_day
from ..models import Contact
from ..permissions import EDIT_CONTACTS
from ..queries import contact_of_link
from ..queries.indexing import KIND, contact_entry, contact_key

TASK = "people.confirm_contact"


def ask_to_confirm(*, contact: Contact, by: Actor) -> TaskLink:
    """Mails a contact a link with which she sees and mends her own data. Raises Sentence without an address."""
    require(by, EDIT_CONTACTS)
    if not contact.email:
        raise Sentence(_("This contact has no e-mail address."))
    if contact.left_on is not None:
        raise Sentence(_("This person had already left."))
    return create_task_link(
        unit=contact.unit,
        email=contact.email,
        name=contact.name,
        task=TASK,
        args={"contact_id": contact.pk},
        by=by,
    )


def confirm_contact(
    *, by: Actor, link: TaskLink, name: str, email: str, phone: str, works_here: bool
) -> Contact:
    """What the contact answers: her own name and ways to reach her, or that she works somewhere else now."""
    require(by, EDIT_CONTACTS)
    with write_transaction():
        contact = lock_row(contact_of_link(link), pk=link.args["contact_id"])
        contact.name, contact.email, contact.phone = name, email, phone
        if not works_here:
            contact.left_on = last_day(today(), contact.starts_on)
            search.remove(KIND, [contact_key(contact.pk)])
        contact.version += 1
        contact.save(update_fields=["name", "email", "phone", "left_on", "version"])
        if works_here:
            search.put([contact_entry(contact)])
        record(
            by=by,
            verb="people.confirm_contact",
            subject=contact,
            unit_id=contact.unit_id,
            data={"works_here": works_here},
        )
        return contact
