"""Counting shelves: begin, scan, see the differences, close."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.ui.pages import Empty, FormPage, ListPage

from .. import actions, forms, queries, tables
from ..models import Stocktake
from ..permissions import EDIT_TITLES
from .titles import OfLibrary


class Stocktakes(OfLibrary, ListPage):
    """The counts of a library."""

    permission = EDIT_TITLES
    page = "collection.stocktakes"
    template_name = "collection/stocktakes.html"
    title = _("Counting")
    lead = _("Scan what stands on a shelf. You then see what is missing and what does not belong there.")
    table_class = tables.StocktakeTable
    can_save = False

    @property
    def empty(self) -> Empty:  # type: ignore[override]
        url = reverse("collection:stocktake-new")
        return Empty(_("Nothing was counted yet"), _("Begin with one shelf."), url, _("Begin a count"))

    def rows(self, request: Any) -> Any:
        return queries.stocktakes_for(self.actor)


class StocktakeNew(OfLibrary, FormPage):
    """Where one counts."""

    permission = EDIT_TITLES
    template_name = "collection/count_form.html"
    form_class = forms.StocktakeForm
    title = _("Begin a count")
    lead = _("Is somebody counting there already? Then you go on together.")
    submit_label = _("Begin")
    done = ""

    def form_kwargs(self) -> dict[str, Any]:
        return {"places": queries.places_for_copies(self.actor)}

    def act(self, form: Any) -> Any:
        return actions.start_stocktake(library_id=self.library_id, by=self.actor, **form.values())

    def done_url(self, result: Any) -> str:
        return result.get_absolute_url()

    def back_url(self) -> str:
        return reverse("collection:stocktakes")


class _OfCount(FormPage):
    """A page of one count."""

    permission = EDIT_TITLES

    @cached_property
    def count(self) -> Stocktake:
        row = queries.stocktakes_for(self.actor).filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        return row

    def load(self) -> None:
        self.count  # noqa: B018 -- 404 for who may not see it

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"count": self.count} | kwargs)


class StocktakePage(_OfCount):
    """One field that is always ready; the answer stands above it."""

    template_name = "collection/count.html"
    form_class = forms.ScanForm
    done = ""

    def act(self, form: Any) -> Any:
        for barcode in form.cleaned_data["barcode"]:
            actions.read_barcode(stocktake=self.count, barcode=barcode, by=self.actor)

    def done_url(self, result: Any) -> str:
        return self.count.get_absolute_url()

    def back_url(self) -> str:
        return reverse("collection:stocktakes")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scans = queries.latest_scans(self.actor, self.count)
        mine = next((one for one in scans if one.by_user_id == self.actor.user_id), None)
        shown = {"tally": queries.tally_of(self.actor, self.count), "scans": scans, "last": mine}
        return super().get_context_data(**shown | kwargs)


class StocktakeClose(_OfCount):
    """The differences, and the end of a count."""

    template_name = "collection/count_close.html"
    form_class = forms.CloseForm
    title = _("What does not agree?")
    submit_label = _("Close the count")

    def act(self, form: Any) -> Any:
        return actions.close_stocktake(stocktake=self.count, by=self.actor, **form.values())

    def done_message(self, result: Any) -> Any:
        if not result.missing:
            return _now("The count is closed. Nothing is missing.")
        text = ngettext(
            "The count is closed. %(number)s book was not found.",
            "The count is closed. %(number)s books were not found.",
            result.missing,
        )
        return text % {"number": result.missing}

    def done_url(self, result: Any) -> str:
        return reverse("collection:stocktakes")

    def back_url(self) -> str:
        return self.count.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = queries.differences_of(self.actor, self.count)
        return super().get_context_data(**{"found": found} | kwargs)
