"""What every page of a child shows: its ways, and who sees this."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from leesbouw.collection.models import Title
from leesbouw.core.errors import Sentence
from leesbouw.organisations.enums import Sector
from leesbouw.pupils.queries.classes import Child
from leesbouw.ui.pages import ChildPage

from ..queries.own import who_sees

SECONDARY = {Sector.VO, Sector.PRO, Sector.MBO}


def is_secondary(child: Child) -> bool:
    return child.session.group.location.sector in SECONDARY


class Own(ChildPage):
    """A page with the ways of a child below it. `about` chooses what "who sees this" tells."""

    about = "books"
    way = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {
            "way": self.way,
            "is_young": self.child.is_young,
            "is_secondary": is_secondary(self.child),
            "who_sees": who_sees(self.child, self.about),
        }
        return super().get_context_data(**(context | kwargs))


class Press(ChildPage):
    """One button of a child; back to where it was pressed, with a sentence when it could not be done."""

    http_method_names = ["post", "options"]

    def act(self) -> str | None:
        """Does it; may say where to go."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        to: str | None = None
        try:
            to = self.act()
        except Sentence as sentence:
            messages.error(request, str(sentence))
        except (Title.DoesNotExist, ValueError, OverflowError):
            raise Http404 from None
        return HttpResponseRedirect(to or self.back())

    def back(self) -> str:
        wish = self.request.POST.get("terug", "")
        host = {self.request.get_host()}
        return wish if url_has_allowed_host_and_scheme(wish, allowed_hosts=host) else "/mijn/"


def press(do: Callable[[Child, HttpRequest, int], Any]) -> type[Press]:
    """A button about the book in the address."""

    class OfBook(Press):
        def act(self) -> str | None:
            do(self.child, self.request, self.kwargs["pk"])
            return None

    OfBook.__doc__ = do.__doc__
    return OfBook
