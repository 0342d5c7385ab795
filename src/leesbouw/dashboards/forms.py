"""Filters of the lists; the whole choice stands in the address."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leesbouw.organisations.enums import PartnershipType, Phase, Sector
from leesbouw.organisations.models import Location, Unit
from leesbouw.people.queries import locations_of_staff
from leesbouw.ui.domain import clean_text
from leesbouw.ui.filters import ChoiceFilter, FilterSet, ModelChoiceFilter, SearchFilter

from .enums import Attention
from .permissions import VIEW_PARTNERSHIP
from .queries import locations as queries
from .queries.organisations import KINDS

MINE = "mij"
NO_PHASE = "-"


class LocationSearchFilter(SearchFilter):
    """Words from a name, BRIN or town; a typing error is forgiven."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(["name"], **kwargs)

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        text = clean_text(value or "")
        return queries.found_by(qs, self.parent.request.actor, text) if text else qs


class ConsultantFilter(ChoiceFilter):
    """Who works there: "mij" is the one who looks."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        actor = self.parent.request.actor
        if not value:
            return qs
        if value == MINE:
            return queries.locations_of_mine(qs, actor)
        return qs.filter(pk__in=locations_of_staff(actor, [int(value)]))


class LocationFilters(FilterSet):
    """What the list of locations can be narrowed to."""

    search = LocationSearchFilter(param="zoek", label=_("Name or BRIN"))
    municipality = ModelChoiceFilter(
        param="gemeente",
        label=_("Municipality"),
        empty_label=_("All municipalities"),
        to_field_name="code",
        queryset=lambda request: queries.municipalities_to_choose(request.actor),
    )
    sector = ChoiceFilter(param="soort", label=_("Kind"), empty_label=_("All kinds"), choices=Sector.choices)
    partnership_type = ChoiceFilter(
        param="samenwerking", label=_("Cooperation"), choices=PartnershipType.choices
    )
    phase = ChoiceFilter(param="fase", label=_("Phase"), choices=Phase.choices)
    consultant = ConsultantFilter(param="consulent", label=_("Consultant"), choices=())
    attention = ChoiceFilter(param="aandacht", label=_("Attention"), choices=Attention.choices)

    class Meta:
        model = Location
        fields: list[str] = []

    def __init__(self, data: Any, queryset: QuerySet, *, request: Any) -> None:
        super().__init__(data, queryset, request=request)
        actor = request.actor
        if not actor.may(VIEW_PARTNERSHIP):
            for name in ("samenwerking", "fase", "aandacht"):
                self.filters.pop(name)
        people = queries.consultants_to_choose(actor) if queries.works_at_library(actor) else []
        if people:
            self.filters["consulent"].extra["choices"] = [(MINE, _("Me")), *people]
        else:
            self.filters.pop("consulent")


class OrganisationFilters(FilterSet):
    """What the list of organisations can be narrowed to."""

    search = SearchFilter(["name", "code"], param="zoek", label=_("Name or number"))
    kind = ChoiceFilter(param="soort", label=_("Kind"), empty_label=_("All kinds"), choices=KINDS)

    class Meta:
        model = Unit
        fields: list[str] = []
