"""Who teaches which group: a contact of the school with the address of an account."""

from __future__ import annotations

from leesbouw.accounts.models import User
from leesbouw.core.access import Actor
from leesbouw.organisations.models import ClassGroup
from leesbouw.people.actions import ContactRow, save_contact
from leesbouw.people.actions.teachers import GroupChange, TeacherRow, set_teachers


def teach(who: Actor, group: ClassGroup, *, by: Actor) -> Actor:
    """From today on she teaches this group; returns her."""
    user = User.objects.get(pk=who.user_id)
    row = ContactRow(group.location_id, user.name, "teacher", "operational", email=user.email.upper())
    contact = save_contact(row, by=by)
    set_teachers([GroupChange(group, [TeacherRow(contact.pk)])], by=by)
    return who
