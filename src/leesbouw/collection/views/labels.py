"""Labels with a barcode: for copies that came in, or for those of one title."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leesbouw.core.errors import Sentence
from leesbouw.core.numbers import whole_of
from leesbouw.core.time import today
from leesbouw.rendering.sheets import file_name
from leesbouw.ui.export import file_answer
from leesbouw.ui.pages import FormPage, Page

from .. import forms, queries
from ..permissions import EDIT_TITLES
from .titles import OfLibrary, OfTitle

LATELY = timedelta(days=7)


class Labels(OfLibrary, FormPage):
    """Which labels one wants; the answer is the PDF."""

    permission = EDIT_TITLES
    template_name = "collection/labels.html"
    form_class = forms.LabelsForm
    title = _("Print labels")
    lead = _("Three beside eight on a sheet of A4, 70 by 37 millimetres.")
    submit_label = _("Make the sheets")
    done = ""

    def load(self) -> None:
        if not queries.may_edit_titles(self.actor, self.library_id):
            raise Http404

    def form_kwargs(self) -> dict[str, Any]:
        return {"places": queries.places_for_copies(self.actor)}

    def initial(self) -> dict[str, Any]:
        return {"since": today() - LATELY, "first": 0}

    def act(self, form: Any) -> str:
        values = form.cleaned_data
        place = values["location"]
        asked = {
            "plek": place.pk if place else "",
            "vanaf": values["since"].isoformat(),
            "begin": values["first"],
        }
        number = queries.copies_since(
            self.actor, self.library_id, place.pk if place else None, values["since"]
        ).count()
        if not number:
            raise Sentence(_("No copies came there since that day."))
        if number > queries.MOST_LABELS:
            raise Sentence(_("That are %(number)s labels. Choose a later day.") % {"number": number})
        return f"{reverse('collection:labels-pdf')}?{urlencode(asked)}"

    def done_url(self, result: str) -> str:
        return result

    def back_url(self) -> str:
        return reverse("collection:titles")


def sheets(request: HttpRequest, copies: Any) -> HttpResponse:
    """The labels of these copies as PDF."""
    first = next(iter(whole_of([request.GET.get("begin", "")])), 0)
    rows = list(copies[: queries.MOST_LABELS])
    if not rows:
        raise Http404
    printed = queries.labels_pdf(rows, first=first, title=_now("Labels"))
    return file_answer(printed, file_name("", _now("labels"), today(), "pdf"), inline=True)


class LabelsPdf(OfLibrary, Page):
    """The labels of copies that came somewhere since a day."""

    permission = EDIT_TITLES

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        place = next(iter(whole_of([request.GET.get("plek", "")])), None)
        try:
            since = date.fromisoformat(request.GET.get("vanaf", ""))
        except ValueError:
            raise Http404 from None
        return sheets(request, queries.copies_since(self.actor, self.library_id, place, since))


class TitleLabelsPdf(OfTitle, Page):
    """The labels of the copies of one title."""

    permission = EDIT_TITLES

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return sheets(request, queries.copies_for(self.actor, self.title_row).select_related("title"))
