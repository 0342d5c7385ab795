"""Everything back: what is still out, of a group for its teacher, of a school for its reading coordinator."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from leesbouw.core.time import today
from leesbouw.organisations.models import ClassGroup, Location
from leesbouw.pupils.queries.papers import export_mark
from leesbouw.rendering.documents import Document, Grid, Section
from leesbouw.rendering.sheets import Explanation, Sheet, file_name, to_csv, to_xlsx
from leesbouw.ui.export import file_answer, pdf_answer
from leesbouw.ui.pages import Empty, ListPage
from leesbouw.ui.pages.lists import Listing, Preset

from .. import actions, forms, tables
from ..permissions import VIEW_LOANS
from ..queries.coming_back import called_on_list, groups_out, out_at, out_of_group
from ..queries.words import group_words
from .desks import _OfPlace
from .groups import OfGroup, group_url

PDF = "pdf"


class _Back(ListPage):
    """The list, which goes along as a file with who made it."""

    template_name = "lending/back.html"
    title = _("Everything back")
    lead = _("All books that are not back yet, first of who leaves.")
    export_name = pgettext_lazy("file", "everything back")
    table_class = tables.BackTable
    empty = Empty(_("Everything is back"), _("No book of the school library is out."))
    can_save = False
    group: ClassGroup | None = None
    location: Location

    def out(self) -> Any:
        raise NotImplementedError

    def enter(self) -> None:
        """Writes that somebody looked. Raises Http404."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.enter()
        if request.GET.get("formaat") == PDF:
            return self.on_paper()
        return super().get(request, *args, **kwargs)

    def rows(self, request: HttpRequest) -> Any:
        request.groups_out = groups_out(self.out()) if self.group is None else []  # type: ignore[attr-defined]
        return self.out()

    def table_kwargs(self) -> dict[str, Any]:
        return {"names": called_on_list(self.out()), "one_group": self.group is not None}

    def heading(self, listing: Listing) -> str:
        words = ngettext(
            "%(number)s book is not back yet", "%(number)s books are not back yet", listing.total
        )
        return words % {"number": listing.total} if listing.total else str(self.title)

    def about(self) -> str:
        return group_words(self.group.name) if self.group else self.location.name

    def downloads(self) -> list[tuple[str, str]]:
        query = self.request.GET.copy()
        query["formaat"] = PDF
        return [(gettext("On paper (PDF)"), f"?{query.urlencode(safe=',')}"), *super().downloads()]

    def made(self, form: str) -> tuple[Listing, Sheet]:
        """The sheet as asked for; writes that it went along."""
        listing = self.listing(self.request.GET)
        sheet = listing.table.sheet(str(self.title))
        rows = [["" if cell is None else cell for cell in row] for row in sheet.rows]
        actions.note_list_taken(
            location=self.location, group=self.group, count=len(rows), form=form, by=self.actor
        )
        return listing, Sheet(sheet.name, sheet.columns, rows, export_mark(self.actor))

    def download(self, wish: str) -> HttpResponse:
        _listing, sheet = self.made(wish)
        if wish == "csv":
            content = b"".join(to_csv(sheet))
        else:
            facts = [(gettext("About"), self.about()), (gettext("Made by"), sheet.mark)]
            content = to_xlsx([sheet], Explanation(gettext("Explanation"), str(self.title), facts))
        return file_answer(content, file_name(self.about(), str(self.export_name), today(), wish))

    def on_paper(self) -> HttpResponse:
        _listing, sheet = self.made(PDF)
        rows = [[_cell(cell) for cell in row] for row in sheet.rows]
        document = Document(
            title=str(self.title),
            subtitle=self.about(),
            sections=[Section("", [Grid([column.title for column in sheet.columns], rows)])] if rows else [],
            unit=self.location.name,
            date=date_format(today(), "j F Y"),
            note=sheet.mark,
        )
        return pdf_answer(document, file_name(self.about(), str(self.export_name), today(), PDF))

    def more(self, listing: Listing) -> dict[str, Any]:
        return {"location": self.location, "group": self.group, "about": self.about()}


def _cell(value: Any) -> str:
    return value.strftime("%d-%m-%Y") if hasattr(value, "strftime") else str(value)


class GroupBack(OfGroup, _Back):
    """Of one group."""

    page = "lending.group_back"
    filterset_class = forms.GroupBackFilters

    def enter(self) -> None:
        self.group = self.line().group
        self.location = self.group.location
        actions.note_group_look(group=self.group, by=self.actor)

    def out(self) -> Any:
        assert self.group is not None, "enter comes first"
        return out_of_group(self.actor, self.group)

    def more(self, listing: Listing) -> dict[str, Any]:
        assert self.group is not None, "enter comes first"
        return super().more(listing) | {"group_url": group_url(self.group)}


@method_decorator(never_cache, name="dispatch")
class SchoolBack(_OfPlace, _Back):
    """Of a whole school or child care."""

    permission = VIEW_LOANS
    page = "lending.school_back"
    filterset_class = forms.BackFilters
    presets = (Preset(_("Only who leaves"), "wie=weg"),)

    @cached_property
    def location(self) -> Location:  # type: ignore[override]
        return super().location

    def enter(self) -> None:
        actions.note_school_look(location=self.location, by=self.actor)

    def out(self) -> Any:
        return out_at(self.actor, self.location)
