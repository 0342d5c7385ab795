"""Every write of the collection."""

from .copies import CopyRow, change_copy, note_lent, save_copies, take_back_copies
from .indexing import index_titles
from .titles import add_title, change_title, check_library, save_titles, take_back_titles

__all__ = [
    "CopyRow",
    "add_title",
    "change_copy",
    "change_title",
    "check_library",
    "index_titles",
    "note_lent",
    "save_copies",
    "save_titles",
    "take_back_copies",
    "take_back_titles",
]
