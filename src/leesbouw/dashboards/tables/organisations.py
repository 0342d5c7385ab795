"""The table of organisations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.organisations.models import Unit
from leesbouw.ui.tables import Column, IdColumn, NumberColumn, Table

from ..queries.organisations import HAS_LOCATIONS


class OrganisationTable(Table):
    """Libraries, branches, boards, municipalities and partners."""

    name = Column(_("Name"), param="naam")
    kind = Column(_("Kind"), param="soort")
    code = IdColumn(pgettext_lazy("of one thing", "Number"), param="code")
    belongs_to = Column(_("Belongs to"), param="hoort-bij", default="")
    locations = NumberColumn(_("Locations"), param="locaties", default="")

    class Meta:
        order_by = "name"

    def row_url(self, record: Unit) -> str:
        return record.get_absolute_url()

    def render_kind(self, record: Unit) -> str:
        return str(record.get_kind_display())

    def value_kind(self, record: Unit) -> str:
        return str(record.get_kind_display())

    def render_locations(self, value: int, record: Unit) -> str:
        return str(value) if record.kind in HAS_LOCATIONS else ""

    def value_locations(self, value: int, record: Unit) -> int | None:
        return value if record.kind in HAS_LOCATIONS else None
