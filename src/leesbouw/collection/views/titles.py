"""The catalogue: finding a title, its page, adding and changing one; and what stands where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.core.registry import commands, menu
from leesbouw.organisations.enums import UnitKind
from leesbouw.ui.pages import Empty, FormPage, ListPage, Page
from leesbouw.ui.pages.lists import Listing

from .. import actions, forms, queries, tables
from ..domain import as_shown
from ..models import Title
from ..permissions import EDIT_TITLES, VIEW_TITLES


class OfLibrary:
    """A page about the catalogue that this actor looks in; without one there is nothing to see."""

    actor: Any

    @cached_property
    def library_id(self) -> int:
        found = queries.library_of_catalogue(self.actor)
        if found is None:
            raise Http404
        return found.pk


class Titles(OfLibrary, ListPage):
    """All titles of the library, by name or by how well they fit what was typed."""

    permission = VIEW_TITLES
    page = "collection.titles"
    template_name = "collection/titles.html"
    title = _("Books")
    lead = _("Type a title, a writer or a series. A spelling mistake does no harm.")
    table_class = tables.TitleTable
    filterset_class = forms.TitleFilters

    @property
    def empty(self) -> Empty:  # type: ignore[override]
        if queries.may_edit_titles(self.actor, self.library_id):
            return Empty(
                _("No books yet"),
                _("Add the first title, or bring a list."),
                reverse("collection:title-new"),
                _("Add a title"),
            )
        return Empty(_("No books yet"), _("The library has not put its books in yet."))

    def rows(self, request: HttpRequest) -> Any:
        rows = queries.titles_with_copies(self.actor, self.library_id)
        typed = request.GET.get("zoek", "").strip()
        if not typed or request.GET.get("volgorde"):
            return (
                rows
                if not typed
                else rows.filter(pk__in=queries.found_ids(self.actor, self.library_id, typed))
            )
        return queries.in_order(rows, queries.found_ids(self.actor, self.library_id, typed))

    def heading(self, listing: Listing) -> str:
        return ngettext("%(number)s title", "%(number)s titles", listing.total) % {"number": listing.total}

    def more(self, listing: Listing) -> dict[str, Any]:
        may_edit = queries.may_edit_titles(self.actor, self.library_id)
        return {
            "may_edit": may_edit,
            "import_url": menu["import"].url(self.actor) if may_edit else None,
            "marcxml_url": commands["marcxml"].url(self.actor) if may_edit else None,
            "at_school": self.actor.unit_kind == UnitKind.LOCATION,
        }


class OfTitle(OfLibrary):
    """A page about one title."""

    kwargs: dict[str, Any]

    @cached_property
    def title_row(self) -> Title:
        row = queries.titles_for(self.actor).filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        return row


class TitlePage(OfTitle, Page):
    """One title with its copies."""

    permission = VIEW_TITLES
    template_name = "collection/title.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.title_row
        may_edit = queries.may_edit_titles(self.actor, row.library_id)
        copies = queries.copies_for(self.actor, row)
        table = tables.CopyTable(copies, query=self.request.GET, caption=str(_("Copies")), may_edit=may_edit)
        return super().get_context_data(
            **kwargs,
            one=row,
            isbn=as_shown(row.isbn),
            language=dict(forms.LANGUAGES).get(row.language, _("another language")),
            table=table,
            may_edit=may_edit,
        )


class TitleNew(OfLibrary, FormPage):
    """A title typed from the book."""

    permission = EDIT_TITLES
    template_name = "collection/title_form.html"
    form_class = forms.TitleForm
    title = _("Add a title")
    done = _("The title is in the catalogue. Now add its copies.")

    def initial(self) -> dict[str, Any]:
        return {"language": "dut", "isbn": self.request.GET.get("isbn", "")}

    def act(self, form: Any) -> Any:
        return actions.add_title(library_id=self.library_id, facts=form.facts(), by=self.actor)

    def done_url(self, result: Any) -> str:
        return result.get_absolute_url()

    def back_url(self) -> str:
        return reverse("collection:titles")


class TitleEdit(OfTitle, FormPage):
    """What is known of a title."""

    permission = EDIT_TITLES
    template_name = "collection/title_form.html"
    form_class = forms.TitleForm
    title = _("Change the title")

    def load(self) -> Title:
        row = queries.titles_for(self.actor).filter(pk=self.kwargs["pk"]).first()
        if row is None or not queries.may_edit_titles(self.actor, row.library_id):
            raise Http404
        return row

    def initial(self) -> dict[str, Any]:
        return forms.initial_of(self.object)

    def act(self, form: Any) -> Any:
        return actions.change_title(
            title=self.object, facts=form.facts(), by=self.actor, version=form.sent_version
        )

    def back_url(self) -> str:
        return self.object.get_absolute_url()


class Shelves(OfLibrary, Page):
    """How many books stand at each school and child care."""

    permission = VIEW_TITLES
    template_name = "collection/shelves.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.actor.unit_kind == UnitKind.LOCATION:
            raise Http404
        shelves: Sequence[queries.Shelf] = queries.shelves_of(self.actor, self.library_id, self.year)
        return super().get_context_data(**kwargs, shelves=shelves)
