"""Lists: what can be taken out, and what should come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from leesbouw.core.errors import Sentence
from leesbouw.core.numbers import whole_of
from leesbouw.organisations.models import Location
from leesbouw.ui.pages import Empty, ListPage, PostPage
from leesbouw.ui.pages.lists import BulkAction, Listing, chosen

from .. import actions, forms, queries, tables
from ..permissions import EDIT_TITLES
from .titles import OfLibrary


class AtPlace(OfLibrary):
    """A list of one place, which the address names; a library may have hundreds of thousands of copies."""

    request: Any

    @cached_property
    def location(self) -> Location | None:
        pk = next(iter(whole_of([self.request.GET.get("plek", "")])), None)
        return queries.places_for_copies(self.actor).filter(pk=pk).first() if pk else None

    def more(self, listing: Listing) -> dict[str, Any]:
        return {"places": queries.places_for_copies(self.actor), "chosen_place": self.location}


class ToWeed(AtPlace, ListPage):
    """Copies that give a reason to take them out."""

    permission = EDIT_TITLES
    page = "collection.to_weed"
    template_name = "collection/of_place.html"
    title = _("Weeding")
    lead = _("These books give a reason to take them out. You decide: look at the book first.")
    table_class = tables.WeedTable
    filterset_class = forms.WeedFilters
    export_name = pgettext_lazy("file", "weeding")

    @property
    def empty(self) -> Empty:  # type: ignore[override]
        if self.location is None:
            return Empty(_("Choose a school"))
        return Empty(_("Nothing to weed"), _("No book is old, worn, double or left lying."))

    def rows(self, request: Any) -> Any:
        place = self.location.pk if self.location else None
        return queries.copies_to_weed(self.actor, self.library_id, place)

    def bulk_actions(self) -> Sequence[BulkAction]:
        return (BulkAction(pgettext_lazy("books", "Take out"), reverse("collection:withdraw"), "delete"),)

    def heading(self, listing: Listing) -> str:
        text = ngettext("%(number)s book to look at", "%(number)s books to look at", listing.total)
        return text % {"number": listing.total}


class Withdraw(OfLibrary, PostPage):
    """Takes out what was ticked; the message takes it back."""

    permission = EDIT_TITLES

    def act(self, form: Any) -> int:
        ids = chosen(self.request)
        if not ids:
            raise Sentence(_("Choose at least one book first."))
        return actions.withdraw_copies(copies=ids, library_id=self.library_id, by=self.actor)

    def done_message(self, result: int) -> str:
        text = ngettext("%(number)s book is taken out.", "%(number)s books are taken out.", result)
        return text % {"number": result}

    def back_url(self) -> str:
        return reverse("collection:to-weed")


class ToBuy(AtPlace, ListPage):
    """What a place should get."""

    permission = EDIT_TITLES
    page = "collection.to_buy"
    template_name = "collection/of_place.html"
    title = _("Buying")
    lead = _("What is missing beside the norm and the profile, and what was lost or worn.")
    table_class = tables.WishTable
    export_name = pgettext_lazy("file", "buying")
    can_save = False

    @property
    def empty(self) -> Empty:  # type: ignore[override]
        if self.location is None:
            return Empty(_("Choose a school"), _("Then you see what to buy for it."))
        return Empty(_("Nothing to buy"), _("The collection meets the norm and fits the profile."))

    def rows(self, request: Any) -> Any:
        return queries.wishes_at(self.actor, self.location, self.year) if self.location else []
