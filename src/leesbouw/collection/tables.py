"""The tables of titles and copies."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.ui.tables import Column, DateColumn, IdColumn, NumberColumn, Table, TagColumn

from .enums import CopyStatus
from .models import BookSet, Copy, Stocktake, Title
from .queries import reasons_of

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


class StocktakeTable(Table):
    """Counts of shelves."""

    where = Column(_("Where"), param="waar", accessor="__str__", orderable=False)
    place = Column(_("Place"), param="plek", default="")
    started_at = DateColumn(_("Begun"), param="begonnen")
    read = NumberColumn(pgettext_lazy("counting", "Read"), param="gelezen")
    missing = NumberColumn(_("Not found"), param="weg")
    closed_at = DateColumn(_("Closed"), param="gesloten", default=_("is going on"))

    def row_url(self, record: Stocktake) -> str:
        return record.get_absolute_url()


class WeedTable(Table):
    """Copies to look at, with why."""

    title = Column(
        pgettext_lazy("book", "Title"), param="titel", accessor="title__title", order_by="title__title"
    )
    barcode = IdColumn(_("Barcode"), param="barcode")
    location = Column(
        _("Where"),
        param="waar",
        accessor="location__name",
        order_by="location__name",
        default=_("at the library"),
    )
    place = Column(_("Place"), param="plek", default="")
    why = Column(_("Why"), param="waarom", accessor="pk", orderable=False)
    acquired_on = DateColumn(_("Since"), param="sinds")
    last_lent_on = DateColumn(_("Last lent"), param="geleend", default="")

    def row_url(self, record: Copy) -> str:
        return reverse("collection:copy", args=[record.pk])

    def render_why(self, record: Copy) -> str:
        return ", ".join(str(one.label) for one in reasons_of(record))

    def value_why(self, record: Copy) -> str:
        return self.render_why(record)


class WishTable(Table):
    """What a place should get."""

    what = Column(_("What"), param="wat", orderable=False)
    number = NumberColumn(_("How many"), param="aantal", orderable=False)
    why = Column(_("Why"), param="waarom", orderable=False)
    location = Column(_("For"), param="voor", orderable=False)


class SetTable(Table):
    """Collections that go round, with where they are today."""

    name = Column(_("Name"), param="naam")
    kind = Column(pgettext_lazy("title", "Kind"), param="soort", accessor="get_kind_display", order_by="kind")
    theme = Column(_("Theme"), param="thema", default="")
    number_of_copies = NumberColumn(_("Books"), param="boeken")
    place = Column(_("Where"), param="waar", default=_("promised to nobody"))
    until = DateColumn(_("Until"), param="tot", default="")

    def row_url(self, record: BookSet) -> str:
        return record.get_absolute_url()


class SetCopyTable(CopyTable):
    """The copies of a collection: first what they are."""

    title = Column(
        pgettext_lazy("book", "Title"), param="titel", accessor="title__title", order_by="title__title"
    )

    class Meta(CopyTable.Meta):
        sequence = ("title", "...")
