"""What every page asks first: who are you, and may you be here."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import TemplateView

from leesbouw.core.access import Actor, require
from leesbouw.core.time import SchoolYear


class Page(TemplateView):
    """A page for somebody who signed in. `permission` is asked before anything else; without it the answer is 403."""

    permission = ""
    actor: Actor

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None:
            return redirect_to_login(request.get_full_path())
        self.actor = actor
        if self.permission:
            require(actor, self.permission)
        return super().dispatch(request, *args, **kwargs)

    @property
    def year(self) -> SchoolYear:
        """The school year this page is about: `?jaar=`, else the running one."""
        return getattr(self.request, "school_year", None) or SchoolYear.running()


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Where `next` of a form or an address leads, when that is a place of ours."""
    wish = request.POST.get("next") or request.GET.get("next") or ""
    return wish if url_has_allowed_host_and_scheme(wish, allowed_hosts={request.get_host()}) else otherwise
