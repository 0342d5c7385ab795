"""Every read of organisations; each starts from what the actor may see."""

from .choices import boards_to_choose, branch_by_code, branches_of, municipalities_to_choose, partners_of
from .indexing import location_entries, scopes_of_locations, unit_entries
from .lists import area_rows, groups_of, locations_for, partnership_history, years_of
from .options import described, partnership_options, phases
from .units import (
    board_by_code,
    libraries_visible_to,
    library_by_code,
    location_by_code,
    municipality_by_code,
    nation,
    own_unit_url,
    partner_by_code,
    partnership_for,
    poi_by_code,
    province_by_code,
    unit_by_id,
    unit_names,
    units_in_scope,
)
from .usage import units_in_use

__all__ = [
    "area_rows",
    "board_by_code",
    "boards_to_choose",
    "branch_by_code",
    "branches_of",
    "described",
    "groups_of",
    "libraries_visible_to",
    "library_by_code",
    "location_by_code",
    "location_entries",
    "locations_for",
    "municipalities_to_choose",
    "municipality_by_code",
    "nation",
    "own_unit_url",
    "partner_by_code",
    "partners_of",
    "partnership_for",
    "partnership_history",
    "partnership_options",
    "phases",
    "poi_by_code",
    "province_by_code",
    "scopes_of_locations",
    "unit_by_id",
    "unit_entries",
    "unit_names",
    "units_in_scope",
    "units_in_use",
    "years_of",
]
