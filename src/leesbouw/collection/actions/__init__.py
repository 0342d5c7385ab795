"""Every write of the collection."""

from .copies import CopyRow, change_copy, note_lent, save_copies, take_back_copies
from .counting import COUNT_JOB, count_shelves
from .indexing import index_titles
from .provision import (
    ProvisionRow,
    add_exclusion,
    end_exclusion,
    restore_exclusion,
    set_provision,
)
from .titles import add_title, change_title, check_library, save_titles, take_back_titles

__all__ = [
    "COUNT_JOB",
    "CopyRow",
    "ProvisionRow",
    "add_exclusion",
    "add_title",
    "change_copy",
    "change_title",
    "check_library",
    "count_shelves",
    "end_exclusion",
    "index_titles",
    "note_lent",
    "restore_exclusion",
    "save_copies",
    "save_titles",
    "set_provision",
    "take_back_copies",
    "take_back_titles",
]
