"""Lists: the whole state in the URL, and a download of exactly what one sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from leesbouw.core.access import require
from leesbouw.core.errors import Sentence
from leesbouw.core.numbers import whole_of

from ..actions import order_download
from ..export import FORMATS, export_list, is_slow
from ..filters import FORMAT_PARAM, FilterSet
from ..queries import saved_views_for
from ..tables import Table
from ..tables.base import PAGE_PARAM
from ..viewquery import same_view, view_query
from .base import Page

PICK_PARAM = "kies"
MOST_PICKED = 500


@dataclass(frozen=True, slots=True)
class Empty:
    """What stands in place of a list in which there is nothing yet: what, why, and what to do."""

    title: Any = ""  # "Nothing here yet" when empty
    text: Any = ""
    url: str = ""
    label: Any = ""


@dataclass(frozen=True, slots=True)
class BulkAction:
    """Something to do with the rows one ticked: the address of a PostPage that asks `chosen` which they are."""

    label: Any
    url: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Preset:
    """A selection that comes with the page, such as “Mine”. `query` is what follows the question mark."""

    label: Any
    query: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A selection above the table; `pk` is set on the user's own, which she may rename and delete."""

    label: str
    url: str
    current: bool
    pk: int | None = None
    is_shared: bool = False


@dataclass(slots=True)
class Listing:
    """One list as asked for: its filters, its table, and whether anything narrows it."""

    table: Table
    filters: FilterSet | None
    total: int = 0
    facts: list[tuple[str, str]] = field(default_factory=list)


class ListPage(Page):
    """A page with one table. Say `page`, `title`, `table_class`, `rows` and whatever else differs.

    `rows(request)` calls a query of the app that begins with `visible_to(actor)`.
    """

    template_name = "ui/table_page.html"
    http_method_names = ["get", "head", "options"]
    page = ""  # code of this list, for saved views and the audit trail: "organisations.locations"
    title: Any = ""
    lead: Any = ""
    table_class: type[Table]
    filterset_class: type[FilterSet] | None = None
    per_page = 50
    export_name: Any = ""  # in the file's name; the title when empty
    export_permission = ""  # beyond the page's own
    definitions: Sequence[tuple[Any, Any]] = ()  # term and meaning, on the first sheet of a workbook
    empty = Empty()
    presets: Sequence[Preset] = ()
    can_save = True

    def rows(self, request: HttpRequest) -> QuerySet | Sequence[Any]:
        raise NotImplementedError

    def bulk_actions(self) -> Sequence[BulkAction]:
        return ()

    def heading(self, listing: Listing) -> Any:
        """A sentence may count what there is; the title if not."""
        return self.title

    def more(self, listing: Listing) -> dict[str, Any]:
        """More for a template of the page's own."""
        return {}

    def table_kwargs(self) -> dict[str, Any]:
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wish = kwargs.get(FORMAT_PARAM) or request.GET.get(FORMAT_PARAM, "")
        if wish in FORMATS:
            try:
                return self.download(wish)
            except Sentence as sentence:
                messages.error(request, str(sentence))
                return HttpResponseRedirect(self._without_format())
        return self.render_to_response(self.get_context_data(**kwargs))

    def download(self, wish: str) -> HttpResponse:
        """The file at once, or a job that makes it when others would have to wait for it."""
        listing = self.listing(self.request.GET)
        if self.actor.user_id is None or not is_slow(listing, wish):
            return export_list(self, listing, wish)
        if self.export_permission:
            require(self.actor, self.export_permission)
        order_download(path=self.request.path, query=self.request.GET.urlencode(), format=wish, by=self.actor)
        messages.success(self.request, _("The list is long. We are making it; you find it under Tasks."))
        return HttpResponseRedirect(self._without_format())

    def listing(self, query: QueryDict) -> Listing:
        """The rows, filters and table that this address asks for; not yet cut into pages."""
        rows, filters = self.rows(self.request), None
        if self.filterset_class is not None:
            filters = self.filterset_class(query, rows, request=self.request)
            rows = filters.qs
        table = self.table_class(
            rows, query=query, caption=str(self.title), bulk=bool(self.bulk_actions()), **self.table_kwargs()
        )
        return Listing(table, filters)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        listing = self.listing(self.request.GET)
        listing.table.turn_to(self.request.GET.get(PAGE_PARAM), self.per_page)
        listing.total = listing.table.paginator.count
        tabs = self.tabs()
        context = {
            "page_code": self.page,
            "title": self.title,
            "heading": self.heading(listing),
            "lead": self.lead,
            "table": listing.table,
            "filterset": listing.filters,
            "total": listing.total,
            "is_filtered": bool(listing.filters and listing.filters.is_active),
            "empty": self.empty,
            "bulk_actions": self.bulk_actions(),
            "downloads": self.downloads(),
            "tabs": tabs,
            "own_tab": next((tab for tab in tabs if tab.pk and tab.current), None),
            "can_save": self.can_save and self.actor.user_id is not None,
            "view_query": view_query(self.request.GET),
            "kept_for_columns": self._kept_for_columns(listing.table),
            "here": self.request.get_full_path(),
        }
        return super().get_context_data(**kwargs) | context | self.more(listing)

    def _without_format(self) -> str:
        """The page itself, with the same filters."""
        query = self.request.GET.copy()
        query.pop(FORMAT_PARAM, None)
        path, _dot, ending = self.request.path.rpartition(".")
        return f"{path + '/' if ending in FORMATS else self.request.path}?{query.urlencode(safe=',')}"

    def _kept_for_columns(self, table: Table) -> list[tuple[str, str]]:
        """Names and values in the address that a choice of columns must keep."""
        gone = {table.columns_param, PAGE_PARAM, FORMAT_PARAM}
        return [
            (name, one) for name, values in self.request.GET.lists() if name not in gone for one in values
        ]

    def downloads(self) -> list[tuple[str, str]]:
        """Name and address of each format of exactly this view."""
        if self.export_permission and not self.actor.may(self.export_permission):
            return []
        links = []
        for code, label in FORMATS.items():
            query = self.request.GET.copy()
            query.pop(PAGE_PARAM, None)
            query[FORMAT_PARAM] = code
            links.append((str(label), f"?{query.urlencode(safe=',')}"))
        return links

    def tabs(self) -> list[Tab]:
        """All, the selections of the page, and those kept by this user or shared with her unit."""
        if not self.page:
            return []
        year = self.request.GET.get("jaar")
        begin = f"jaar={year}&" if year else ""
        kept = saved_views_for(self.actor, self.page) if self.can_save else []
        now = self.request.GET
        tabs = [Tab(_("All"), f"?{begin}".rstrip("?&") or self.request.path, same_view(now, ""))]
        tabs += [
            Tab(str(one.label), f"?{begin}{one.query}", same_view(now, one.query)) for one in self.presets
        ]
        for view in kept:
            mine = view.user_id == self.actor.user_id
            tabs.append(
                Tab(
                    view.name,
                    f"?{begin}{view.query}",
                    same_view(now, view.query),
                    view.pk if mine else None,
                    view.shared_with_unit is not None,
                )
            )
        return tabs if len(tabs) > 1 else []


def chosen(request: HttpRequest) -> list[int]:
    """The ids of the rows somebody ticked, at most 500, without what is no id."""
    values = request.POST.getlist(PICK_PARAM) or request.GET.getlist(PICK_PARAM)
    return whole_of(values)[:MOST_PICKED]
