"""The tables of titles and copies."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.ui.tables import Column, DateColumn, IdColumn, NumberColumn, Table, TagColumn

from .enums import CopyStatus
from .models import Copy, Title

STATUS_TAGS = {
    CopyStatus.IN_USE: "ok",
    CopyStatus.REPAIR: "wait",
    CopyStatus.MISSING: "let",
    CopyStatus.LOST: "bad",
    CopyStatus.WITHDRAWN: "neutral",
}


class TitleTable(Table):
    """Titles with their writers below, and how many copies are in use where the reader of the page looks."""

    title = Column(pgettext_lazy("book", "Title"), param="titel")
    kind = Column(pgettext_lazy("title", "Kind"), param="soort", accessor="get_kind_display", order_by="kind")
    age_band = Column(_("Age"), param="leeftijd", default="")
    series = Column(_("Series"), param="reeks", default="")
    published = NumberColumn(_("Year"), param="jaar-uitgave", default="")
    copies = NumberColumn(_("Copies"), param="exemplaren", accessor="number_of_copies")
    isbn = IdColumn("ISBN", param="isbn", default="")

    def row_url(self, record: Title) -> str:
        return record.get_absolute_url()

    def row_small(self, record: Title) -> Any:
        return record.by_whom

    def render_published(self, value: int) -> str:
        return str(value)


class CopyTable(Table):
    """Copies of one title."""

    barcode = IdColumn(_("Barcode"), param="barcode")
    location = Column(
        _("Where"),
        param="waar",
        accessor="location__name",
        order_by="location__name",
        default=_("at the library"),
    )
    place = Column(_("Place"), param="plek", default="")
    owner = Column(_("Owner"), param="eigenaar", accessor="get_owner_display", order_by="owner")
    part = Column(
        pgettext_lazy("collection", "Part"), param="deel", accessor="get_part_display", order_by="part"
    )
    status = TagColumn(_("State"), param="staat", kinds=STATUS_TAGS)
    acquired_on = DateColumn(_("Since"), param="sinds")
    last_lent_on = DateColumn(_("Last lent"), param="geleend", default="")

    def __init__(self, data: Any, *, may_edit: bool, **kwargs: Any) -> None:
        self.may_edit = may_edit
        super().__init__(data, **kwargs)

    def row_url(self, record: Copy) -> str | None:
        return reverse("collection:copy", args=[record.pk]) if self.may_edit else None
