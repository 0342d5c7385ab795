"""Pages of a child that came in. Whoever did not is sent to the door of the class."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from .. import queries
from ..queries.classes import Child


@method_decorator(never_cache, name="dispatch")
class ChildPage(TemplateView):
    """A page for a child: `self.child` is who came in."""

    child: Child
    http_method_names = ["get", "head", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        child: Child | None = getattr(request, "child", None)
        if child is None:
            return HttpResponseRedirect(reverse("pupils:door-start"))
        self.child = child
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, child=self.child, first_name=self.child.pupil.first_name)


class Known(ChildPage):
    """“What does Leesbouw know of me?”, for the child itself."""

    template_name = "pupils/door/known.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tiles = queries.tiles_for_child(self.child.actor, self.child.pupil)
        return super().get_context_data(**kwargs, tiles=tiles)
