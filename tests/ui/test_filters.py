"""Filters live in the address, under Dutch names, and say what they narrow."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.http import QueryDict

from leesbouw.core.access import SYSTEM
from leesbouw.organisations.enums import Sector
from leesbouw.organisations.models import Location
from leesbouw.ui.filters import FilterSet, MultipleChoiceFilter, UntilDateFilter, YesNoFilter
from tests.ui.site import PlaceFilters

pytestmark = pytest.mark.django_db


class MoreFilters(FilterSet):
    sectors = MultipleChoiceFilter("sector", param="soort", label="Soort", choices=Sector.choices)
    public = YesNoFilter("municipality__isnull", param="los", label="Los")
    until = UntilDateFilter("created_at__date", param="tot", label="Tot")


def asked(query: str, kind: type[FilterSet] = PlaceFilters, actor=SYSTEM) -> FilterSet:
    return kind(QueryDict(query), Location.objects.visible_to(actor), request=SimpleNamespace(actor=actor))


def names(filters: FilterSet) -> set[str]:
    return {row.name for row in filters.qs}


@pytest.mark.usefixtures("cast")
def test_every_word_must_fit_somewhere() -> None:
    assert names(asked("zoek=99a+anker")) == {"'t Anker"}
    assert names(asked("zoek=anker+regenboog")) == set()
    assert len(names(asked("zoek=+%E2%80%8B+"))) == 5


@pytest.mark.usefixtures("cast")
def test_many_values_of_one_filter() -> None:
    filters = asked("soort=po&soort=vo&jaar=2025-2026&volgorde=name", MoreFilters)
    assert names(filters) == {"'t Anker", "De Regenboog", "De Eik", "Berkencollege"}
    assert [(chip.text, chip.url) for chip in filters.chips] == [
        (Sector("po").label, "?soort=vo&jaar=2025-2026&volgorde=name"),
        (Sector("vo").label, "?soort=po&jaar=2025-2026&volgorde=name"),
    ]
    assert filters.kept == [("jaar", "2025-2026"), ("volgorde", "name")]
    assert filters.clear_url == "?jaar=2025-2026&volgorde=name"


@pytest.mark.usefixtures("cast")
def test_yes_and_no() -> None:
    assert len(names(asked("los=nee", MoreFilters))) == 5
    assert names(asked("los=ja", MoreFilters)) == set()
    assert [chip.text for chip in asked("los=ja&tot=1-1-2020", MoreFilters).chips] == ["ja", "01-01-2020"]


def test_choices_are_what_the_actor_may_see(cast) -> None:
    filters = asked("gemeente=9903", actor=cast.manager)
    assert filters.form.errors["gemeente"]
    assert filters.is_active
    assert filters.chips == []
    assert len(names(filters)) == 3
    assert names(asked("gemeente=9903", actor=cast.outsider)) == {"De Eik"}


@pytest.mark.usefixtures("cast")
def test_in_words() -> None:
    assert asked("").in_words == "geen"
    assert asked("zoek=a&soort=po").in_words == f"Naam of BRIN: a; Soort: {Sector('po').label}"
    assert not asked("pagina=2&volgorde=name").is_active
