"""Every write of organisations."""

from .agreements import attach_paper, end_agreement, record_agreement, record_agreements, wipe_agreements
from .area import choose_area, index_moved, index_municipalities
from .byhand import add_location, change_branch, change_partner, close_location
from .groups import GroupRow, remove_unused_groups, save_groups
from .partnerships import (
    change_partnership,
    decide_gate,
    decide_partnership,
    enter_phase,
    record_cooperation_check,
    record_exploratory_talk,
    start_partnership,
)
from .register import (
    BoardRow,
    LocationRow,
    MunicipalityRow,
    PutResult,
    change_location,
    close_locations,
    put_boards,
    put_locations,
    put_municipalities,
    remove_locations,
)
from .takeback import remove_unused_units, restore_locations, take_back_years
from .units import (
    create_branch,
    create_library,
    create_partner,
    ensure_nation,
    put_poi,
    put_provinces,
    reindex,
)
from .years import YearRow, write_location_years

__all__ = [
    "BoardRow",
    "GroupRow",
    "LocationRow",
    "MunicipalityRow",
    "PutResult",
    "YearRow",
    "add_location",
    "attach_paper",
    "change_branch",
    "change_location",
    "change_partner",
    "change_partnership",
    "choose_area",
    "close_location",
    "close_locations",
    "create_branch",
    "create_library",
    "create_partner",
    "decide_gate",
    "decide_partnership",
    "end_agreement",
    "ensure_nation",
    "enter_phase",
    "index_moved",
    "index_municipalities",
    "put_boards",
    "put_locations",
    "put_municipalities",
    "put_poi",
    "put_provinces",
    "record_agreement",
    "record_agreements",
    "record_cooperation_check",
    "record_exploratory_talk",
    "reindex",
    "remove_locations",
    "remove_unused_groups",
    "remove_unused_units",
    "restore_locations",
    "save_groups",
    "start_partnership",
    "take_back_years",
    "wipe_agreements",
    "write_location_years",
]
