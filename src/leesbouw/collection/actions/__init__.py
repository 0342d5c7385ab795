"""Every write of the collection."""

from .copies import (
    CopyRow,
    change_copy,
    note_history,
    note_lent,
    note_status,
    save_copies,
    take_back_copies,
    take_back_lent,
)
from .counting import COUNT_JOB, count_shelves
from .environments import add_photo, drop_photo, set_environment
from .indexing import index_titles
from .provision import (
    ProvisionRow,
    add_exclusion,
    end_exclusion,
    restore_exclusion,
    set_provision,
)
from .sets import drop_stay, fill_set, move_back, move_set, plan_stay, save_set, take_from_set
from .stocktakes import close_stocktake, open_stocktake, read_barcode, start_stocktake
from .titles import add_title, change_title, check_library, save_titles, take_back_titles
from .weeding import restore_copies, withdraw_copies

__all__ = [
    "COUNT_JOB",
    "CopyRow",
    "ProvisionRow",
    "add_exclusion",
    "add_photo",
    "add_title",
    "change_copy",
    "change_title",
    "check_library",
    "close_stocktake",
    "count_shelves",
    "drop_photo",
    "drop_stay",
    "end_exclusion",
    "fill_set",
    "index_titles",
    "move_back",
    "move_set",
    "note_history",
    "note_lent",
    "note_status",
    "open_stocktake",
    "plan_stay",
    "read_barcode",
    "restore_copies",
    "restore_exclusion",
    "save_copies",
    "save_set",
    "save_titles",
    "set_environment",
    "set_provision",
    "start_stocktake",
    "take_back_copies",
    "take_back_lent",
    "take_back_titles",
    "take_from_set",
    "withdraw_copies",
]
