"""The privacy leaflet of a school or child-care location, to read and to print."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from leesbouw.core.time import today
from leesbouw.organisations.models import Location
from leesbouw.rendering.sheets import file_name
from leesbouw.ui.export import pdf_answer
from leesbouw.ui.pages import Page

from ..permissions import VIEW
from ..queries.leaflet import Leaflet, leaflet_of


class _OfLocation(Page):
    permission = VIEW

    def load(self) -> Leaflet:
        try:
            leaflet = leaflet_of(self.actor, self.kwargs["code"])
        except Location.DoesNotExist:
            raise Http404 from None
        if not self.request.path.startswith(leaflet.location.get_absolute_url()):
            raise Http404
        return leaflet


class LeafletPage(_OfLocation):
    """What is kept of children, parents and staff; in words that a parent can read."""

    template_name = "dashboards/leaflet.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        leaflet = self.load()
        return super().get_context_data(
            **kwargs, leaflet=leaflet, location=leaflet.location, pdf=f"{self.request.path}bijsluiter.pdf"
        )


class LeafletPdf(_OfLocation):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        leaflet = self.load()
        name = file_name(leaflet.location.name, "privacybijsluiter", today(), "pdf")
        return pdf_answer(leaflet.document, name)
