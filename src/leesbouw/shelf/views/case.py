"""The case: a wall of covers, pictures to choose by, and one book."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from leesbouw.collection.models import Title

from .. import actions
from ..domain import toggled
from ..enums import Phrase, Place
from ..queries.books import a_surprise, one_book, wall
from ..queries.own import borrowed, own_books, tips_for, waiting_for
from .base import Own, press
from .own import FEELINGS

MOST_TYPED = 80


class Case(Own):
    """Every book of the school; pictures and words make it fewer."""

    template_name = "shelf/case.html"
    about = "case"
    way = "case"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = self.request.GET.getlist("plaatje")
        text = self.request.GET.get("zoek", "")[:MOST_TYPED]
        typed = self.request.GET.get("bladzijde", "1")
        page = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 1
        seen = wall(self.child, chosen=chosen, text=text, page=max(page, 1))
        context: dict[str, Any] = {
            "wall": seen,
            "text": text,
            "facets": [
                (facet, facet.code in chosen, self.address(toggled(chosen, facet.code), text))
                for facet in seen.facets
            ],
            "chosen": chosen,
            "next": self.address(chosen, text, page + 1) if seen.more else "",
            "before": self.address(chosen, text, page - 1) if page > 1 else "",
        }
        return super().get_context_data(**kwargs) | context

    def address(self, chosen: list[str], text: str, page: int = 1) -> str:
        pairs = [("plaatje", one) for one in chosen]
        pairs += [("zoek", text)] if text else []
        pairs += [("bladzijde", str(page))] if page > 1 else []
        return f"?{urlencode(pairs)}"


class Surprise(Own):
    """A book by chance that stands on the shelf now."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pk = a_surprise(self.child)
        if pk is None:
            return HttpResponseRedirect(reverse("shelf:case"))
        return HttpResponseRedirect(f"{reverse('shelf:book', args=[pk])}?verrassing=1")


class OneBook(Own):
    """One book: where it stands, on my list, wait for it, what others say."""

    template_name = "shelf/book.html"
    about = "tips"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            book = one_book(self.child, self.kwargs["pk"])
        except (Title.DoesNotExist, OverflowError):
            raise Http404 from None
        tips = tips_for(self.child, book.id)
        waiting = next((one for one in waiting_for(self.child) if one.book.id == book.id), None)
        return super().get_context_data(
            **kwargs,
            book=book,
            own=own_books(self.child, [book.id]).get(book.id),
            mine=any(one.book.id == book.id for one in borrowed(self.child)),
            waiting=waiting,
            tips=tips,
            phrases=Phrase,
            places=list(Place),
            feelings=FEELINGS,
            is_surprise="verrassing" in self.request.GET,
        )


@press
def wait(child, request, pk):  # type: ignore[no-untyped-def]
    """Wait for a book that is lent."""
    actions.wait_for(child=child, title_id=pk)


@press
def wait_no_more(child, request, pk):  # type: ignore[no-untyped-def]
    """Wait no more."""
    actions.wait_no_more(child=child, title_id=pk)


@press
def tip(child, request, pk):  # type: ignore[no-untyped-def]
    """Tell the class of a book."""
    text, phrase = request.POST.get("tekst", ""), request.POST.get("zin", "")
    actions.give_tip(child=child, title_id=pk, phrase=phrase, text=text)


@press
def untip(child, request, pk):  # type: ignore[no-untyped-def]
    """Take one's tip back."""
    actions.take_back_tip(child=child, title_id=pk)
