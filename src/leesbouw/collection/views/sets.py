"""Collections that go round: the list, one of them, who gets it when, and the calendar of themes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.core.time import today
from leesbouw.rendering.sheets import file_name
from leesbouw.ui.export import file_answer
from leesbouw.ui.pages import Empty, FormPage, ListPage, Page, PostPage

from .. import actions, forms, queries, tables
from ..enums import CopyStatus
from ..models import BookSet, Copy
from ..permissions import EDIT_TITLES
from .titles import OfLibrary

AHEAD = timedelta(days=365)


class Sets(OfLibrary, ListPage):
    """All collections that go round."""

    permission = EDIT_TITLES
    page = "collection.sets"
    template_name = "collection/sets.html"
    title = _("Collections")
    lead = _("Books that go from school to school, for a class or on a theme.")
    table_class = tables.SetTable
    filterset_class = forms.SetFilters

    @property
    def empty(self) -> Empty:  # type: ignore[override]
        url = reverse("collection:set-new")
        return Empty(_("No collections yet"), _("Make one, and scan its books."), url, _("Make a collection"))

    def rows(self, request: Any) -> Any:
        return queries.sets_for(self.actor)


class SetNew(OfLibrary, FormPage):
    """A new collection."""

    permission = EDIT_TITLES
    template_name = "collection/set_form.html"
    form_class = forms.SetForm
    title = _("Make a collection")
    done = _("The collection is there. Now scan its books.")

    def act(self, form: Any) -> Any:
        return actions.save_set(library_id=self.library_id, by=self.actor, **form.values())

    def done_url(self, result: Any) -> str:
        return result.get_absolute_url()

    def back_url(self) -> str:
        return reverse("collection:sets")


class _OfSet:
    """A page about one collection."""

    permission = EDIT_TITLES
    actor: Any
    kwargs: dict[str, Any]

    @cached_property
    def book_set(self) -> BookSet:
        row = queries.sets_for(self.actor).filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        return row

    def back_url(self) -> str:
        return self.book_set.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"one": self.book_set} | kwargs)  # type: ignore[misc]


class SetPage(_OfSet, Page):
    """What is in a collection, and where it was, is and will be."""

    template_name = "collection/set.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        copies = queries.copies_in(self.actor, self.book_set)
        table = tables.SetCopyTable(copies, query=self.request.GET, caption=_now("Copies"), may_edit=True)
        return super().get_context_data(
            **kwargs, table=table, stays=queries.stays_of(self.actor, self.book_set), on=today()
        )


class SetLabel(_OfSet, Page):
    """The label with the barcode of the box; with `?boeken=ja` those of its books too."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with_books = request.GET.get("boeken") == "ja"
        copies = queries.copies_in(self.actor, self.book_set).filter(status=CopyStatus.IN_USE)
        rows = list(copies[: queries.MOST_LABELS]) if with_books else []
        return _labels([self.book_set], rows)


class SetLabels(OfLibrary, Page):
    """The labels of all boxes."""

    permission = EDIT_TITLES

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        boxes = list(queries.sets_for(self.actor)[: queries.MOST_LABELS])
        if not boxes:
            raise Http404
        return _labels(boxes, [])


def _labels(boxes: list[BookSet], copies: list[Copy]) -> HttpResponse:
    printed = queries.box_labels_pdf(boxes, copies, title=_now("Labels"))
    return file_answer(printed, file_name("", _now("labels"), today(), "pdf"), inline=True)


class _SetForm(_OfSet, FormPage):
    template_name = "collection/set_form.html"

    def load(self) -> BookSet:
        return self.book_set


class SetEdit(_SetForm):
    form_class = forms.SetForm
    title = _("Change the collection")

    def load(self) -> BookSet:
        row = queries.sets_for(self.actor).filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        return row

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("name", "kind", "theme", "about")}

    def act(self, form: Any) -> Any:
        return actions.save_set(
            library_id=self.object.library_id,
            book_set=self.object,
            version=form.sent_version,
            by=self.actor,
            **form.values(),
        )


class SetFill(_SetForm):
    """Scanning copies into a collection."""

    form_class = forms.FillForm
    title = _("Scan the books of this collection")
    submit_label = _("Add")

    def load(self) -> None:  # type: ignore[override]
        self.book_set  # noqa: B018 -- 404 for who may not see it

    def act(self, form: Any) -> int:
        codes = form.cleaned_data["barcodes"]
        return actions.fill_set(book_set=self.book_set, barcodes=codes, by=self.actor)

    def done_message(self, result: int) -> str:
        text = ngettext("%(number)s book is in it now.", "%(number)s books were added.", result)
        return text % {"number": result}


class SetPlan(SetFill):
    """Promising a collection to a place."""

    form_class = forms.StayForm
    title = _("Who gets this collection?")
    submit_label = _("Save")

    def form_kwargs(self) -> dict[str, Any]:
        return {"places": queries.places_for_copies(self.actor)}

    def act(self, form: Any) -> Any:
        return actions.plan_stay(book_set=self.book_set, by=self.actor, **form.values())

    def done_message(self, result: Any) -> str:
        twice = queries.asked_twice(self.actor, self.book_set, result.starts_on, result.ends_on)
        if not twice:
            return _now("Saved.")
        places = ", ".join(one.location.name for one in twice)
        return _now("Saved. The same theme is in these weeks at: %(places)s.") % {"places": places}


class SetMove(SetFill):
    """All books of a collection go to a place."""

    form_class = forms.MoveForm
    title = _("Where is this collection now?")
    submit_label = _("Move")

    def form_kwargs(self) -> dict[str, Any]:
        return {"places": queries.places_for_copies(self.actor)}

    def act(self, form: Any) -> int:
        where = form.cleaned_data["location"]
        return actions.move_set(book_set=self.book_set, location=where, by=self.actor)

    def done_message(self, result: int) -> str:
        text = ngettext("%(number)s book stands there now.", "%(number)s books stand there now.", result)
        return text % {"number": result}


class StayDrop(_OfSet, PostPage):
    """It does not go there after all."""

    done = _("It does not go there.")

    def load(self) -> Any:
        row = queries.stays_of(self.actor, self.book_set).filter(pk=self.kwargs["stay"]).first()
        if row is None:
            raise Http404
        return row

    def act(self, form: Any) -> None:
        actions.drop_stay(id=self.object.pk, by=self.actor)


class Calendar(OfLibrary, Page):
    """Which collection and theme is where, month by month."""

    permission = EDIT_TITLES
    template_name = "collection/calendar.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.library_id  # noqa: B018 -- 404 where there is no library
        months = queries.calendar_of(self.actor, today().replace(day=1), today() + AHEAD)
        return super().get_context_data(**kwargs, months=months)
