"""HTTP of the pages that the house shows about itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.generic import TemplateView, View

from .context import THEME_COOKIE, THEMES
from .gallery.shelf import shelf
from .pages import Page, safe_next

A_YEAR = 365 * 24 * 60 * 60  # seconds


class InfoPage(TemplateView):
    """A page of text that everybody may read."""


class ThemeChoice(View):
    """Keeps in a cookie whether somebody wants light or dark pages, so that no page flashes."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        answer = HttpResponseRedirect(safe_next(request, "/"))
        theme = request.POST.get("theme", "")
        if theme in THEMES:
            answer.set_cookie(THEME_COOKIE, theme, max_age=A_YEAR, samesite="Lax", secure=request.is_secure())
        else:
            answer.delete_cookie(THEME_COOKIE, samesite="Lax")
        return answer


class Gallery(Page):
    """Every part from which pages are built, in its states, for whoever makes a page."""

    template_name = "ui/gallery.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(parts=shelf(self.request), **kwargs)
