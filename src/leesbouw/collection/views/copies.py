"""Copies: new ones of a title, and what happens to one."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.ui.pages import FormPage

from .. import actions, forms, queries
from ..models import Copy
from ..permissions import EDIT_TITLES
from .titles import OfTitle


class CopiesNew(OfTitle, FormPage):
    """New copies, with barcodes of our own or those that are on the books."""

    permission = EDIT_TITLES
    template_name = "collection/copy_form.html"
    form_class = forms.CopiesForm
    title = _("Add copies")
    submit_label = _("Add")

    def load(self) -> None:
        if not queries.may_edit_titles(self.actor, self.title_row.library_id):
            raise Http404

    def form_kwargs(self) -> dict[str, Any]:
        return {"places": queries.places_for_copies(self.actor)}

    def initial(self) -> dict[str, Any]:
        return {"owner": "library", "part": "standard", "number": 1}

    def act(self, form: Any) -> Any:
        values = form.cleaned_data
        place = values["location"]
        rows = [
            actions.CopyRow(
                self.title_row.pk,
                barcode,
                place.pk if place else None,
                values["owner"],
                values["part"],
                values["place"],
            )
            for barcode in values["barcodes"] or [""] * values["number"]
        ]
        return actions.save_copies(rows, library_id=self.title_row.library_id, by=self.actor)

    def done_message(self, result: list[Copy]) -> str:
        text = ngettext(
            "%(number)s copy is there: %(barcodes)s.",
            "%(number)s copies are there: %(barcodes)s.",
            len(result),
        )
        shown = ", ".join(copy.barcode for copy in result[:5])
        return text % {"number": len(result), "barcodes": shown + (" …" if len(result) > 5 else "")}

    def back_url(self) -> str:
        return self.title_row.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, one=self.title_row)


class CopyEdit(FormPage):
    """Where one copy is, whose it is and how it is."""

    permission = EDIT_TITLES
    template_name = "collection/copy_form.html"
    form_class = forms.CopyForm
    title = _("Change the copy")

    def load(self) -> Copy:
        row = queries.copies_for(self.actor).filter(pk=self.kwargs["pk"]).first()
        if row is None or not queries.may_edit_titles(self.actor, row.library_id):
            raise Http404
        return row

    def form_kwargs(self) -> dict[str, Any]:
        return {"places": queries.places_for_copies(self.actor)}

    def initial(self) -> dict[str, Any]:
        names = ("location", "owner", "part", "place", "status", "status_reason", "barcode")
        return {name: getattr(self.object, name) for name in names}

    def act(self, form: Any) -> Any:
        values = dict(form.cleaned_data)
        place = values.pop("location")
        wanted = {
            name: values[name] for name in ("owner", "part", "place", "status", "status_reason", "barcode")
        }
        return actions.change_copy(
            copy=self.object,
            values=wanted | {"location_id": place.pk if place else None},
            by=self.actor,
            version=form.sent_version,
        )

    def back_url(self) -> str:
        return self.object.title.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, one=self.object.title)
