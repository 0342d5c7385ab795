"""Child-care locations of the national register (LRK)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.enums import BoardKind, Sector
from leesbouw.organisations.models import Location

from ..domain import childcare
from ..domain.columns import Cleaned
from ..domain.values import year_in_name
from ..enums import Gone
from ..models import ImportRun
from .base import Preview
from .locations import LocationImporter
from .schools import default_reach


class ChildcareImporter(LocationImporter):
    code = "childcare"
    slug = "kinderopvang"
    icon = "childcare"
    label = _("Child-care locations of the LRK")
    what = _("Which child-care locations there are: name, address, organisation and number of places.")
    guide = (
        _("The national register of child care (LRK) publishes its locations as open data."),
        _("On the register's site choose “Open data” and download the CSV file of all locations."),
        _("Import DUO's schools first: they bring the municipalities."),
    )
    notes = (_("Childminders are left out: the register gives their home address, and we do not keep that."),)
    columns = childcare.COLUMNS
    dropped = childcare.DROPPED
    one_of = (("municipality", "municipality_name"),)
    only_read = frozenset({"type", "preschool"})
    judged_by = ("type",)
    asks = frozenset({"types", "year", "reach", "gone"})
    board_kind = BoardKind.CHILDCARE
    sectors = frozenset({Sector.CHILDCARE.value})
    makes_municipalities = False

    def default_options(self, file_name: str, by: Actor) -> dict[str, Any]:
        year = year_in_name(file_name)
        return {
            "types": list(childcare.TYPES),
            "year": year or SchoolYear.running().first,
            "gone": Gone.LEAVE,
        } | default_reach(by)

    def may_be_kept(self, raw: Mapping[str, Sequence[str]]) -> bool:
        return childcare.may_be_kept(raw)

    def clean(self, number: int, raw: Mapping[str, Sequence[str]], options: Mapping[str, Any]) -> Cleaned:
        return childcare.clean_row(number, raw, types=options.get("types", childcare.TYPES))

    def match(self, run: ImportRun, records: list[Cleaned]) -> Preview:
        """A location that the register has ended and that we never had is none of our business."""
        known = set(Location.objects.filter(sector=Sector.CHILDCARE).values_list("code", flat=True))
        for record in records:
            if record.values.get("is_closed") and record.values["code"] not in known and not record.left_out:
                record.left_out = "ended"
        return super().match(run, records)
