"""The catalogue as a file for another system."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.collection.permissions import EDIT_TITLES
from leesbouw.collection.queries import library_of_catalogue
from leesbouw.ui.pages import FormPage

from .. import actions


class Marcxml(FormPage):
    """Orders the file; the worker makes it."""

    permission = EDIT_TITLES
    template_name = "exchange/marcxml.html"
    title = _("Download the catalogue")
    lead = _("All titles with their copies, as MARCXML. Other library systems can read this.")
    submit_label = _("Make the file")

    def load(self) -> Any:
        found = library_of_catalogue(self.actor)
        if found is None:
            raise Http404
        return found

    def act(self, form: Any) -> Any:
        return actions.order_marcxml(library=self.object, by=self.actor)

    def done_message(self, result: Any) -> Any:
        return _("We are making the file. It is here in a moment.")

    def done_url(self, result: Any) -> str:
        return reverse("dashboards:job-detail", args=[result.pk])

    def back_url(self) -> str:
        return reverse("collection:titles")
