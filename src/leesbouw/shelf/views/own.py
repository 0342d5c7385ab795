"""My books, my list, my shelf."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leesbouw.core.time import today
from leesbouw.rendering.documents import Bullets, Document, Section
from leesbouw.rendering.word import to_word
from leesbouw.ui.export import file_answer, pdf_answer

from .. import actions
from ..enums import FACES, Feeling, Place
from ..queries.own import (
    books_left,
    borrowed,
    on_list,
    on_shelf,
    shelf_since,
    waiting_for,
)
from .base import Own, Press, press

FEELINGS = [(one.value, one.label, FACES[one]) for one in Feeling]


class MyBooks(Own):
    """What I have now, when it goes back, and what I think of it."""

    template_name = "shelf/mine.html"
    way = "books"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        books = borrowed(self.child)
        return super().get_context_data(
            **kwargs,
            books=books,
            left=books_left(self.child, len(books)),
            waiting=waiting_for(self.child),
            feelings=FEELINGS,
            wishes=on_list(self.child)[Place.WANT] if self.child.is_young else [],
        )


class MyList(Own):
    """What I want to read; in secondary schools also what I read, finished and stopped."""

    template_name = "shelf/list.html"
    about = "list"
    way = "list"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        lists = on_list(self.child)
        wanted = Place if context["is_secondary"] else (Place.WANT,)
        return context | {
            "lists": [(place, lists[place]) for place in wanted],
            "places": list(Place),
            "waiting": waiting_for(self.child),
        }


class ListPaper(Own):
    """The private list to take along, such as for a reading file."""

    about = "list"
    word = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        lists = on_list(self.child)
        sections = [
            Section(
                str(place.label),
                [
                    Bullets(
                        [
                            f"{line.book.title} ({line.book.by})" if line.book.by else line.book.title
                            for line in lists[place]
                        ]
                    )
                ],
            )
            for place in Place
            if lists[place]
        ]
        document = Document(
            title=_("My reading list"),
            subtitle=self.child.pupil.first_name,
            sections=sections or [Section(_("Nothing is on this list yet."), [])],
            unit=self.child.session.group.location.name,
            date=date_format(today(), "j F Y"),
        )
        if self.word:
            return file_answer(to_word(document), "leeslijst.docx")
        return pdf_answer(document, "leeslijst.pdf", inline=False)


class MyShelf(Own):
    """What I read, when I want to keep that."""

    template_name = "shelf/shelf.html"
    about = "shelf"
    way = "shelf"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs, since=shelf_since(self.child), lines=on_shelf(self.child), feelings=FEELINGS
        )


class KeepShelf(Press):
    """Begin a shelf, or stop it."""

    def act(self) -> None:
        actions.keep_shelf(child=self.child, keep=self.request.POST.get("plank") == "ja")


@press
def feel(child, request, pk):  # type: ignore[no-untyped-def]
    """A face beside a book."""
    actions.feel(child=child, title_id=pk, feeling=request.POST.get("gevoel", ""))


@press
def put(child, request, pk):  # type: ignore[no-untyped-def]
    """On the list, or off it."""
    actions.put_on_list(child=child, title_id=pk, place=request.POST.get("plek", ""))


@press
def drop(child, request, pk):  # type: ignore[no-untyped-def]
    """Off the shelf."""
    actions.drop_from_shelf(child=child, title_id=pk)
