"""DUO's school locations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.enums import BoardKind

from ..domain import schools
from ..domain.columns import Cleaned
from ..domain.values import PROVINCES, year_in_name
from ..enums import Gone, Reach
from .locations import LocationImporter
from .reach import own_province


class SchoolImporter(LocationImporter):
    code = "schools"
    slug = "scholen"
    icon = "school"
    label = _("School locations of DUO")
    what = _("Which schools there are: name, address, board and municipality.")
    guide = (
        _("DUO publishes the addresses of all schools as open data (Open Onderwijsdata)."),
        _("Choose the kind of school, then “Adressen”, then “Alle vestigingen”."),
        _(
            "Download the CSV file and drop it here. It holds the whole country; you choose what you want of it."
        ),
    )
    columns = schools.COLUMNS
    dropped = schools.DROPPED
    one_of = (("brin", "branch"),)
    asks = frozenset({"sector", "year", "reach", "gone"})
    board_kind = BoardKind.EDUCATION
    sectors = frozenset(schools.SECTORS)

    def default_options(self, file_name: str, by: Actor) -> dict[str, Any]:
        year = year_in_name(file_name)
        return {
            "sector": schools.sector_in_name(file_name),
            "year": year or SchoolYear.running().first,
            "gone": Gone.LEAVE,
        } | default_reach(by)

    def clean(self, number: int, raw: Mapping[str, Sequence[str]], options: Mapping[str, Any]) -> Cleaned:
        return schools.clean_row(number, raw, sector=options.get("sector", ""))


def default_reach(by: Actor) -> dict[str, str]:
    """The own province where that is one of the twelve that registers know; else the whole country."""
    province = own_province(by)
    if province in PROVINCES.values():
        return {"reach": Reach.PROVINCE, "province": province}
    return {"reach": Reach.ALL, "province": ""}
