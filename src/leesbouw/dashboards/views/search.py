"""Search: what there is, and what one can do; as a page and as suggestions under the search box."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from leesbouw.core import search
from leesbouw.ui.pages import Page

from ..queries.searching import commands_for, grouped

SUGGESTIONS = 8
MOST = 60
HEADINGS = {
    "command": _("Do or open"),
    "location": _("Schools and child care"),
    "library": _("Libraries"),
    "board": _("Boards"),
    "municipality": _("Municipalities"),
    "person": _("People"),
    "contact": _("People"),
    "staff": _("Colleagues"),
    "talk": _("Talks"),
    "action": _("Actions"),
    "route": _("Routes"),
    "activity-form": _("Activities"),
}


class Search(Page):
    """`?q=`; with `fragment=1` the suggestions alone."""

    template_name = "dashboards/search.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        text = request.GET.get("q", "").strip()[:100]
        is_fragment = request.GET.get("fragment") == "1"
        hits = commands_for(self.actor, text) + search.find(
            self.actor, text, limit=SUGGESTIONS if is_fragment else MOST
        )
        groups = grouped(hits, HEADINGS)
        if is_fragment:
            return render(request, "ui/components/hits.html", {"groups": groups})
        return self.render_to_response(self.get_context_data(text=text, groups=groups, total=len(hits)))
