"""What people gives to the rooms below: a place in the menu, and everybody in the search index."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.registry import MenuItem, menu, search_sources

from . import actions  # noqa: F401 -- registers the ways back
from .permissions import VIEW_CONTACTS, VIEW_STAFF
from .queries import person_entries


def people_url(actor: Actor) -> str | None:
    """Contacts for whoever may see them, else colleagues."""
    if actor.may(VIEW_CONTACTS):
        return reverse("people:contact-list")
    return reverse("people:staff-list") if actor.may(VIEW_STAFF) else None


menu.add("people", MenuItem(_("People"), "people", people_url, under=("/mensen/",)))
search_sources.add("person", person_entries)
