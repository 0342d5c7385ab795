"""The table of locations, with what they add up to in its last line."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.enums import AgreementState, PartnershipType, Phase, Sector
from leesbouw.organisations.models import Location
from leesbouw.organisations.queries import agreement_states
from leesbouw.ui.tables import Column, DateColumn, IdColumn, NumberColumn, Table, TagColumn
from leesbouw.ui.templatetags.ui import date_words, tag

from ..enums import TAG, Attention
from ..permissions import VIEW_AGREEMENT, VIEW_PARTNERSHIP, VIEW_STAFF, VIEW_TALKS
from ..queries.locations import Totals, consultants_by_location, totals_of, works_at_library
from ..queries.words import in_words
from ..templatetags.dashboards import capital

TYPE_TAG = {
    PartnershipType.NONE: "neutral",
    PartnershipType.GENERAL: "neutral",
    PartnershipType.DBOS: "ok",
    PartnershipType.COMPARABLE: "ok",
}

AGREEMENT_TAG = {
    AgreementState.NOT_NEEDED: "neutral",
    AgreementState.NONE: "bad",
    AgreementState.LATER: "wait",
    AgreementState.VALID: "ok",
    AgreementState.ENDS_SOON: "let",
    AgreementState.OVER: "bad",
}


class LocationTable(Table):
    """Schools and child-care locations. `actor` decides which columns there are."""

    name = Column(_("Location"), param="naam", footer=lambda table: table.together)
    code = IdColumn(_("BRIN or LRK number"), param="code", visible=False)
    sector = Column(_("Kind"), param="soort", visible=False)
    town = Column(_("Town"), param="plaats", visible=False)
    size = NumberColumn(_("Pupils"), param="leerlingen", footer=lambda table: table.total("size"))
    municipality = Column(
        _("Municipality"), param="gemeente", accessor="municipality__name", order_by="municipality__name"
    )
    board_then = Column(_("Board"), param="bestuur")
    partnership_type = Column(_("Cooperation"), param="samenwerking", default="")
    phase = Column(_("Phase"), param="fase", default="")
    hours_per_year = NumberColumn(
        _("Hours"), param="uren", default="", footer=lambda table: table.total("hours")
    )
    agreed_until = DateColumn(_("Agreed until"), param="tot", default="")
    consultants = Column(_("Consultant"), param="consulent", empty_values=(), orderable=False)
    next_talk_on = Column(_("Next talk"), param="gesprek", default="")
    attention = TagColumn(_("Attention"), param="aandacht", kinds=TAG, whole=True)
    processing = Column(
        _("Processing agreement"), param="vwo", visible=False, empty_values=(), orderable=False
    )
    library_name = Column(_("Library"), param="bibliotheek", visible=False)

    OF_PARTNERSHIP = (
        "partnership_type",
        "phase",
        "hours_per_year",
        "agreed_until",
        "attention",
        "library_name",
    )

    KNOWN_TO_LIBRARY = ("municipality", "board_then")

    class Meta:
        order_by = "name"

    def __init__(self, data: Any, *, actor: Actor, year: SchoolYear, **kwargs: Any) -> None:
        self.actor, self.year = actor, year
        gone = []
        if not actor.may(VIEW_PARTNERSHIP):
            gone += self.OF_PARTNERSHIP
        if not (actor.may(VIEW_STAFF) and works_at_library(actor)):
            gone.append("consultants")
        if not (actor.may(VIEW_TALKS) and works_at_library(actor)):
            gone.append("next_talk_on")
        if not actor.may(VIEW_AGREEMENT):
            gone.append("processing")
        super().__init__(data, exclude=gone, **kwargs)
        if works_at_library(actor) and not (self.query or {}).get(self.columns_param):
            for (
                name
            ) in self.KNOWN_TO_LIBRARY:  # a library knows where its own schools are; others compare by it
                self.columns.hide(name)

    def row_url(self, record: Location) -> str:
        return record.get_absolute_url()

    def row_small(self, record: Location) -> str:
        return f"{record.get_sector_display()} · {record.town or record.municipality.name}"

    # The last line

    @cached_property
    def totals(self) -> Totals:
        return totals_of(self.data.data)

    def known_number(self) -> int | None:
        return self.totals.number or None if self.actor.may(VIEW_PARTNERSHIP) else None

    def total(self, name: str) -> str:
        value = getattr(self.totals, name)
        return "" if value is None else number_format(value, 0, force_grouping=True)

    @property
    def together(self) -> str:
        number = self.paginator.count if hasattr(self, "paginator") else len(self.rows)
        words = in_words(number)
        text = ngettext("%(number)s location together", "%(number)s locations together", number) % {
            "number": words
        }
        return capital(text)

    # Cells

    def render_size(self, value: int, record: Location) -> Any:
        figure = number_format(value, force_grouping=True)
        if record.sector == Sector.CHILDCARE:
            return format_html("{}<small>{}</small>", figure, _("places"))
        return figure

    def value_size(self, value: int) -> int:
        return value

    def value_sector(self, record: Location) -> str:
        return str(record.get_sector_display())

    def render_sector(self, record: Location) -> str:
        return str(record.get_sector_display())

    def render_partnership_type(self, value: str) -> Any:
        return tag(TYPE_TAG.get(PartnershipType(value), "neutral"), short_type(value))

    def value_partnership_type(self, value: str) -> str:
        return str(PartnershipType(value).label)

    def render_phase(self, value: str) -> str:
        return str(Phase(value).label)

    def render_agreed_until(self, value: date) -> Any:
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), date_format(value, "b Y"))

    def render_next_talk_on(self, value: Any) -> Any:
        return date_words(value, relative=abs((value - today()).days) < 2)

    def value_next_talk_on(self, value: Any) -> Any:
        return value

    def render_attention(self, value: str) -> Any:
        return tag(TAG[Attention(value)], Attention(value).label)

    def value_attention(self, value: str) -> str:
        return str(Attention(value).label)

    @cached_property
    def who_comes(self) -> dict[int, list[str]]:
        return consultants_by_location(self.actor)

    @cached_property
    def agreements(self) -> dict[int, AgreementState]:
        return agreement_states(self.actor)

    def value_processing(self, record: Location) -> str:
        return str(self.agreement_of(record).label)

    def render_processing(self, record: Location) -> Any:
        state = self.agreement_of(record)
        return tag(AGREEMENT_TAG[state], state.label)

    def agreement_of(self, record: Location) -> AgreementState:
        if not record.is_school:
            return AgreementState.NOT_NEEDED
        return self.agreements.get(record.pk, AgreementState.NONE)

    def render_consultants(self, record: Location) -> str:
        return ", ".join(self.who_comes.get(record.pk, []))

    def value_consultants(self, record: Location) -> str:
        return self.render_consultants(record)


SHORT_TYPE = {
    PartnershipType.NONE: _("none"),
    PartnershipType.GENERAL: _("general"),
    PartnershipType.DBOS: _("dBos"),
    PartnershipType.COMPARABLE: _("comparable"),
}


def short_type(value: str) -> str:
    """A type of cooperation in as few words as a table leaves room for."""
    return str(SHORT_TYPE[PartnershipType(value)])
