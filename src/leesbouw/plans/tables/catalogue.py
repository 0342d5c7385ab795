"""The catalogue of activities as a list."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.organisations.enums import Sector
from leesbouw.ui.tables import Column, NumberColumn, Table

from ..domain import groups_in_words
from ..enums import Audience, FormKind
from ..queries import (
    ActivityForm,
)


class CatalogueTable(Table):
    """The catalogue as a list, for a download; the page shows cards."""

    name = Column(pgettext_lazy("catalogue", "Name"), param="naam")
    kind = Column(_("Kind"), param="vorm", accessor="body__kind")
    sectors = Column(_("Kind of school"), param="soort", accessor="body__sectors")
    groups = Column(_("Groups or years"), param="groepen", accessor="body__groups")
    audience = Column(_("For whom"), param="voor", accessor="body__audience")
    aim = Column(_("Aim"), param="doel", accessor="body__aim")
    minutes = NumberColumn(_("Minutes"), param="minuten", accessor="body__minutes")
    preparation = NumberColumn(_("Preparation"), param="voorbereiding", accessor="body__preparation")
    hours = NumberColumn(_("Hours of the library"), param="uren", accessor="body__hours")
    school_hours = NumberColumn(_("Hours of the school"), param="uren-school", accessor="body__school_hours")
    source = Column(_("Source"), param="bron")

    def row_url(self, record: ActivityForm) -> str:
        return record.url

    def render_kind(self, value: str) -> Any:
        return FormKind(value).label

    def render_sectors(self, value: Any) -> str:
        return ", ".join(str(Sector(one).label) for one in value)

    def render_audience(self, value: Any) -> str:
        return ", ".join(str(Audience(one).label) for one in value)

    def render_groups(self, value: Any) -> str:
        return groups_in_words(value)

    value_kind, value_sectors = render_kind, render_sectors
    value_audience, value_groups = render_audience, render_groups
