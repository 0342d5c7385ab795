"""Which municipalities an import is about: all, those of one province, or those of the own area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from leesbouw.core.access import Actor
from leesbouw.core.time import on_day, today
from leesbouw.organisations.models import Branch, Library, LibraryArea, Municipality

from ..enums import Reach


@dataclass(frozen=True, slots=True)
class Within:
    """A rule over a municipality's code and a province's name. Empty sets mean no limit."""

    municipalities: frozenset[str] | None = None
    province: str = ""  # slug

    def holds(self, *, municipality: str, province: str) -> bool:
        if self.municipalities is not None:
            return municipality in self.municipalities
        return not self.province or slugify(province) == self.province


def within(options: Mapping[str, Any]) -> Within:
    match options.get("reach", Reach.ALL):
        case Reach.AREA:
            return Within(municipalities=frozenset(options.get("municipalities", ())))
        case Reach.PROVINCE:
            return Within(province=slugify(options.get("province", "")))
    return Within()


def area_codes(by: Actor) -> list[str]:
    """Codes of the municipalities that the actor's library serves today."""
    libraries = by.libraries if isinstance(by.libraries, frozenset) else frozenset()
    areas = LibraryArea.objects.filter(on_day(today()), library__in=libraries)
    return sorted(areas.values_list("municipality__code", flat=True))


def own_province(by: Actor) -> str:
    """The name of the province the actor's library lies in, or an empty string."""
    libraries = by.libraries if isinstance(by.libraries, frozenset) else frozenset()
    branch = Branch.objects.filter(pk=by.unit_id).values("library")
    library = Library.objects.filter(pk__in=libraries) | Library.objects.filter(pk__in=branch)
    found = library.exclude(province=None).select_related("province").first()
    if found and found.province:
        return found.province.name
    area = LibraryArea.objects.filter(on_day(today()), library__in=libraries)
    return area.values_list("municipality__province__name", flat=True).first() or ""


@dataclass(slots=True)
class Places:
    """Municipalities that we know, by code and by name."""

    province_of: dict[str, str]
    code_of: dict[str, str]
    id_of: dict[str, int]

    @classmethod
    def load(cls, flat: Any) -> Places:
        rows = list(Municipality.objects.values_list("code", "name", "province__name", "pk"))
        return cls(
            province_of={code: province for code, _, province, _ in rows},
            code_of={flat(name): code for code, name, _, _ in rows},
            id_of={code: pk for code, _, _, pk in rows},
        )
