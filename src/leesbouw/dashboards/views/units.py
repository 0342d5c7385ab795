"""The pages of a library, board, municipality, province, POI and the nation: counts, facts, and their locations."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leesbouw.core.access import Actor
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Location, Unit
from leesbouw.organisations.queries import (
    board_by_code,
    branch_by_code,
    library_by_code,
    municipality_by_code,
    nation,
    partner_by_code,
    province_by_code,
)
from leesbouw.ui.pages import Empty, ListPage, Page
from leesbouw.ui.pages.lists import Listing

from ..forms import LocationFilters
from ..permissions import (
    CHOOSE_AREA,
    DECIDE_PARTNERSHIP,
    EDIT_CONTACTS,
    EDIT_TALKS,
    EDIT_UNITS,
    EXPORT,
    HANDOVER,
    REPORT,
    SET_RHYTHM,
    VIEW,
    VIEW_LOOK_BACK,
    VIEW_TALKS,
)
from ..queries.locations import works_at_library
from ..queries.units import locations_of, poi_within_reach, unit_page
from ..queries.words import in_words
from ..tables import LocationTable

FIND: dict[str, Callable[[Actor, str], Unit]] = {
    UnitKind.LIBRARY: library_by_code,
    UnitKind.BOARD: board_by_code,
    UnitKind.MUNICIPALITY: municipality_by_code,
    UnitKind.PROVINCE: province_by_code,
    UnitKind.POI: poi_within_reach,
    UnitKind.BRANCH: branch_by_code,
    UnitKind.PARTNER: partner_by_code,
}
WORDS = {
    "sector": gettext_lazy("Kind"),
    "province": gettext_lazy("Province"),
    "library": gettext_lazy("Library"),
}

LOOKED_BACK = {
    UnitKind.MUNICIPALITY,
    UnitKind.BOARD,
    UnitKind.PROVINCE,
    UnitKind.LIBRARY,
}  # have sums of a year


def found(actor: Actor, kind: str, code: str) -> Unit:
    """The unit with this code, as this actor may see it. Raises Http404."""
    try:
        return FIND[kind](actor, code)
    except ObjectDoesNotExist:
        raise Http404 from None


class UnitDetail(ListPage):
    """A unit with its locations. `kind` comes with the address."""

    template_name = "dashboards/unit.html"
    permission = VIEW
    export_permission = EXPORT
    table_class = LocationTable
    can_save = False
    kind = ""
    empty = Empty(
        gettext_lazy("No locations here"), gettext_lazy("No location within your reach belongs to this.")
    )

    @cached_property
    def unit(self) -> Unit:
        return found(self.actor, self.kind, self.kwargs["code"])

    @property
    def title(self) -> str:  # type: ignore[override]
        return self.unit.name

    @property
    def filterset_class(self) -> type[LocationFilters] | None:  # type: ignore[override]
        """Where there may be thousands, one wants to choose."""
        large = {UnitKind.NATION, UnitKind.PROVINCE, UnitKind.POI}
        return LocationFilters if self.unit.kind in large else None

    def rows(self, request: HttpRequest) -> QuerySet[Location]:
        return locations_of(self.actor, self.unit, self.year)

    def table_kwargs(self) -> dict[str, Any]:
        return {"actor": self.actor, "year": self.year}

    def more(self, listing: Listing) -> dict[str, Any]:
        page = unit_page(self.actor, self.unit, self.year)
        own = works_at_library(self.actor) and self.unit.pk in self.actor.libraries
        return {
            "page": page,
            "unit": self.unit,
            "lead": self.told(page),
            "numbers": [(WORDS[code], numbers) for code, numbers in page.numbers if numbers.lines],
            "rights": {
                "report": self.actor.may(REPORT) and self.unit.kind != UnitKind.POI,
                "units": own and self.actor.may(EDIT_UNITS),
                "decide": own and self.actor.may(DECIDE_PARTNERSHIP),
                "talks": works_at_library(self.actor) and self.actor.may(VIEW_TALKS),
                "contacts": works_at_library(self.actor) and self.actor.may(EDIT_CONTACTS),
                "plan_talk": works_at_library(self.actor) and self.actor.may(EDIT_TALKS),
                "rhythm": works_at_library(self.actor) and self.actor.may(SET_RHYTHM),
                "look_back": self.actor.may(VIEW_LOOK_BACK) and self.unit.kind in LOOKED_BACK,
                "area": own and self.actor.may(CHOOSE_AREA) and self.unit.kind == UnitKind.LIBRARY,
                "handover": works_at_library(self.actor)
                and self.actor.may(HANDOVER)
                and self.unit.kind in {UnitKind.BOARD, UnitKind.MUNICIPALITY},
            },
        }

    def told(self, page: Any) -> str:
        """One line: how many locations, and with how many there is an agreement."""
        total = page.numbers[0][1].total
        said = [str(self.unit.get_kind_display())]
        if total.locations:
            said.append(
                ngettext("%(number)s location", "%(number)s locations", total.locations)
                % {"number": in_words(total.locations)}
            )
            if page.numbers[0][1].shows_cooperation:
                said.append(_("%(number)s with a structural agreement") % {"number": in_words(total.agreed)})
        return " · ".join(said)


class NationDetail(UnitDetail):
    """The whole country, for who works for it; provinces and libraries see their own lines of it."""

    @cached_property
    def unit(self) -> Unit:
        if self.actor.unit_kind != UnitKind.NATION:
            raise Http404
        try:
            return nation()
        except ObjectDoesNotExist:
            raise Http404 from None


class PlainUnit(Page):
    """A branch or a partner: what it is and to which library it belongs."""

    template_name = "dashboards/plain_unit.html"
    permission = VIEW
    kind = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unit = found(self.actor, self.kind, self.kwargs["code"])
        own = works_at_library(self.actor) and unit.library_id in self.actor.libraries
        return super().get_context_data(
            **kwargs,
            unit=unit,
            is_branch=unit.kind == UnitKind.BRANCH,
            municipality_url=self.municipality_url(unit),
            may_change=own and self.actor.may(EDIT_UNITS),
        )

    def municipality_url(self, unit: Unit) -> str:
        """The page of its municipality; empty for who does not see that one."""
        if unit.municipality is None:
            return ""
        try:
            return found(self.actor, UnitKind.MUNICIPALITY, unit.municipality.code).get_absolute_url()
        except Http404:
            return ""
