"""What the collection gives to the rooms below: a place in the menu."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.registry import Command, MenuItem, commands, menu
from leesbouw.organisations.enums import UnitKind

from . import jobs  # noqa: F401 -- jobs register themselves
from .permissions import EDIT_TITLES, VIEW_TITLES

WITH_BOOKS = {UnitKind.LIBRARY, UnitKind.BRANCH, UnitKind.LOCATION}


def books_url(actor: Actor) -> str | None:
    return reverse("collection:titles") if actor.unit_kind in WITH_BOOKS else None


def title_new_url(actor: Actor) -> str | None:
    return reverse("collection:title-new")


menu.add("books", MenuItem(_("Books"), "library", books_url, permission=VIEW_TITLES, under=("/boeken/",)))
commands.add(
    "title-new",
    Command(
        _("Add a title"), title_new_url, permission=EDIT_TITLES, words=_("book catalogue ISBN"), icon="add"
    ),
)
