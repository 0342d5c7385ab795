"""The table itself: which rows, columns and order the address asks for, and what the template shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import django_tables2
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.db.models.query import ModelIterable
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tables2.columns import BoundColumn
from django_tables2.utils import signature

from leesbouw.rendering.sheets import Column as SheetColumn
from leesbouw.rendering.sheets import Kind, Sheet

from .parts import Cell, Choice, Head, Row, ToldRow
from .plain import plain_rows, reader

ORDER_PARAM = "volgorde"
COLUMNS_PARAM = "kolommen"
PAGE_PARAM = "pagina"
MANY_COLUMNS = 7  # with more the table scrolls sideways by itself


class Pages(Paginator):
    """Pages of rows whose number may be known already."""

    def __init__(self, rows: Any, per_page: int, known: int | None) -> None:
        super().__init__(rows, per_page)
        if known is not None:
            self.count = known


class Table(django_tables2.Table):
    """Base of every table. `query` is the request's GET; without it nothing can be sorted.

    `bulk` gives each row a box to tick; `prefix` keeps two tables on a page apart.
    """

    class Meta:
        template_name = "ui/table.html"

    def __init__(
        self,
        data: Any,
        *,
        query: QueryDict | None = None,
        caption: str = "",
        bulk: bool = False,
        prefix: str = "",
        keep: bool = False,
        **kwargs: Any,
    ) -> None:
        self.query = query
        self.caption = caption
        self.bulk = bulk
        self.keep = keep  # stays a table on a phone
        self.param_prefix = prefix
        kwargs.setdefault("orderable", query is not None)
        super().__init__(data, order_by=self._wished_order(query) or _as_it_comes(data), **kwargs)
        self._settle_order()
        if query is not None:
            self._choose_columns(query)

    # What the rows are called and where they lead; for tables to say.

    def row_url(self, record: Any) -> str | None:
        """Where a click on the row goes."""
        return None

    def row_small(self, record: Any) -> Any:
        """A quieter line under the name of the row."""
        return None

    def may_pick(self, record: Any) -> bool:
        """Whether the row has a box to tick, in a table with boxes."""
        return True

    def known_number(self) -> int | None:
        """How many rows there are, where the table knows that from its totals; else they are counted."""
        return None

    # Sorting

    def _name(self, param: str) -> str:
        return f"{self.param_prefix}{param}"

    def _wished_order(self, query: QueryDict | None) -> tuple[str, ...]:
        wish = (query or {}).get(self._name(ORDER_PARAM), "")
        bare = wish.removeprefix("-")
        for name, column in type(self).base_columns.items():
            if bare and bare in (name, getattr(column, "param", "")) and column.orderable is not False:
                return (f"-{name}" if wish.startswith("-") else name,)
        default = self._meta.order_by
        return tuple(default) if default else ()

    def _settle_order(self) -> None:
        """The same order on every database and every page: empty values last, and the key decides between equals."""
        rows = self.data.data
        if not isinstance(rows, QuerySet):
            return
        if self.order_by:
            settled: list[Any] = [_nulls_last(term) for term in rows.query.order_by]
        else:
            settled = list(rows.query.order_by)
            if not settled and rows.ordered:
                return
        if issubclass(rows._iterable_class, ModelIterable) and rows.query.group_by is None:
            settled.append("pk")
        if settled:
            self.data.data = rows.order_by(*settled)

    # Columns

    def _choose_columns(self, query: QueryDict) -> None:
        params = self._name(COLUMNS_PARAM)
        wished = {part for value in query.getlist(params) for part in value.split(",") if part}
        known = {self._param(bound): bound.name for bound in self.columns.iterall()}
        if not wished & set(known):
            return
        first = next(iter(known.values()), None)
        for param, name in known.items():
            if param in wished or name == first:
                self.columns.show(name)
            else:
                self.columns.hide(name)

    def _param(self, bound: BoundColumn) -> str:
        return getattr(bound.column, "param", "") or bound.name

    @property
    def choices(self) -> list[Choice]:
        """Every column with whether it shows, for the column chooser."""
        shown = {bound.name for bound in self.columns.itervisible()}
        return [
            Choice(self._param(bound), str(bound.header), bound.name in shown, at == 0)
            for at, bound in enumerate(self.columns.iterall())
        ]

    @property
    def columns_param(self) -> str:
        return self._name(COLUMNS_PARAM)

    # What the template shows

    @property
    def heads(self) -> list[Head]:
        return [self._head(bound) for bound in self.columns.itervisible()]

    def _head(self, bound: BoundColumn) -> Head:
        css = getattr(bound.column, "css", "").replace("whole", "").strip()
        sort = self._sort_of(bound)
        if self.query is None or not bound.orderable:
            return Head(str(bound.header), css, "", sort)
        if sort:
            minus = "-" if sort == "ascending" else ""
        else:
            minus = "-" if bound.column.initial_sort_descending else ""
        wish = self.query.copy()
        wish.pop(self._name(PAGE_PARAM), None)
        wish[self._name(ORDER_PARAM)] = minus + self._param(bound)
        return Head(str(bound.header), css, f"?{wish.urlencode(safe=',')}", sort)

    def _sort_of(self, bound: BoundColumn) -> str:
        if bound.name in (self.order_by or ()):
            return "descending" if self.order_by[bound.name].is_descending else "ascending"
        return ""

    @property
    def sorted_by(self) -> str:
        """The order in words: “Pupils, from high to low”; nothing when the rows come in an order of their own."""
        for head in self.heads:
            if head.sort == "ascending":
                return _("%(column)s, from low to high") % {"column": head.label}
            if head.sort == "descending":
                return _("%(column)s, from high to low") % {"column": head.label}
        return ""

    @property
    def shown_rows(self) -> Iterator[Row]:
        """The rows of this page."""
        visible = list(self.columns.itervisible())
        tags = [_tags(bound, is_head=at == 0) for at, bound in enumerate(visible)]
        say_name = reader(self, visible[0]) if self.bulk and visible else None
        asked = {bound.name: signature(bound.render) for bound in visible}
        for row in self.paginated_rows:
            url, told = self.row_url(row.record) or "", ToldRow(row.record, self, asked)
            cells = [Cell(told.get_cell(bound.name), *tags[at]) for at, bound in enumerate(visible)]
            name = say_name(row.record) if say_name else ""
            if cells:
                cells[0] = Cell(self._head_cell(cells[0].content, row.record, url), *tags[0])
            yield Row(cells, _pk(row.record), str(name), url, self.may_pick(row.record))

    def _head_cell(self, content: Any, record: Any, url: str) -> SafeString:
        if url and "<a " not in str(content):
            content = format_html('<a href="{}">{}</a>', url, content)
        small = self.row_small(record)
        return format_html("{}<small>{}</small>", content, small) if small else content

    @property
    def feet(self) -> list[tuple[Any, str]]:
        """Content and style of the cells of the last line; empty when no column has a total."""
        if not self.has_footer():
            return []
        return [(bound.footer, getattr(bound.column, "css", "")) for bound in self.columns.itervisible()]

    # Pages

    def turn_to(self, number: Any, per_page: int) -> None:
        """Shows one page; a number that does not exist gives the nearest that does."""
        try:
            self.paginate(Pages, per_page, number or 1, known=self.known_number())
        except PageNotAnInteger:
            self.page = self.paginator.page(1)
        except EmptyPage:
            asked = int(number)
            self.page = self.paginator.page(self.paginator.num_pages if asked > 0 else 1)

    @property
    def pages(self) -> list[tuple[int | None, str]]:
        """Page numbers with their address; None stands for a gap."""
        if self.query is None or not hasattr(self, "paginator"):
            return []
        numbers = self.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        return [
            (None, "") if number == Paginator.ELLIPSIS else (int(number), self.page_url(int(number)))
            for number in numbers
        ]

    def page_url(self, number: int) -> str:
        wish = self.query.copy() if self.query is not None else QueryDict(mutable=True)
        wish[self._name(PAGE_PARAM)] = str(number)
        return f"?{wish.urlencode(safe=',')}"

    @property
    def position(self) -> str:
        """Which rows of how many: “51 to 100 of 6,215”."""
        total = self.paginator.count
        if self.paginator.num_pages == 1:
            words = ngettext("%(total)s row", "%(total)s rows", total)
            return words % {"total": number_format(total, force_grouping=True)}
        return _("%(first)s to %(last)s of %(total)s") % {
            "first": number_format(self.page.start_index(), force_grouping=True),
            "last": number_format(self.page.end_index(), force_grouping=True),
            "total": number_format(total, force_grouping=True),
        }

    @property
    def previous_url(self) -> str:
        return self.page_url(self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self.page_url(self.page.next_page_number()) if self.page.has_next() else ""

    @property
    def is_wide(self) -> bool:
        """Whether it may be wider than the screen, so that it moves sideways in a box of its own."""
        return self.keep or len(self.heads) > MANY_COLUMNS

    def sheet(self, name: str) -> Sheet:
        """Exactly these columns, with every row in this order, as plain values."""
        visible = [bound for bound in self.columns.itervisible() if not bound.column.exclude_from_export]
        columns = [
            SheetColumn(
                str(bound.header),
                getattr(bound.column, "kind", Kind.TEXT),
                getattr(bound.column, "width", None),
            )
            for bound in visible
        ]
        return Sheet(name, columns, plain_rows(self, visible))


def _tags(bound: BoundColumn, *, is_head: bool) -> tuple[str, str]:
    """The tags around each cell of a column: style, and the heading that a phone shows beside the cell."""
    css = getattr(bound.column, "css", "")
    style = format_html(' class="{}"', css) if css else ""
    if is_head:
        return format_html('<th scope="row"{}>', style), "</th>"
    return format_html('<td{} data-l="{}">', style, str(bound.header)), "</td>"


def _as_it_comes(data: Any) -> tuple[str, ...] | None:
    """No order: nothing at all for a list, which would else be compared row by row to stay as it is."""
    return () if isinstance(data, QuerySet) else None


def _nulls_last(term: Any) -> Any:
    if not isinstance(term, str) or term in ("?", "pk", "-pk"):
        return term
    return OrderBy(F(term.lstrip("-+")), descending=term.startswith("-"), nulls_last=True)


def _pk(record: Any) -> Any:
    if isinstance(record, Mapping):
        return record.get("pk", record.get("id", ""))
    return getattr(record, "pk", getattr(record, "id", ""))
