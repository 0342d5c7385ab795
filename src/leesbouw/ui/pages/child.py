"""A page for a child that came in through the class its teacher opened; nobody is signed in there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

DOOR = "/klas/"


@method_decorator(never_cache, name="dispatch")
class ChildPage(TemplateView):
    """`self.child` is who came in; whoever did not goes to the door of the class."""

    child: Any
    http_method_names = ["get", "head", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        child = getattr(request, "child", None)
        if child is None:
            return HttpResponseRedirect(DOOR)
        self.child = child
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"child": self.child, "first_name": self.child.pupil.first_name}
        return super().get_context_data(**(context | kwargs))
