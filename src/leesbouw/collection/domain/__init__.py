"""Rules of the collection: what a title is called, what a book's number says, how a barcode looks."""

from .barcodes import barcode_of, box_barcode, box_of, is_own_barcode
from .isbn import as_isbn, as_shown
from .names import said_name, sort_name
from .shelves import (
    Ages,
    LendingRight,
    Mix,
    Standing,
    ages_of,
    books_short,
    category_of,
    mixed,
    recent_answer,
    standing_of,
)
from .spelling import sound_of, words_of
from .titles import TitleFacts, kind_of, problems_of

__all__ = [
    "Ages",
    "LendingRight",
    "Mix",
    "Standing",
    "TitleFacts",
    "ages_of",
    "as_isbn",
    "as_shown",
    "barcode_of",
    "books_short",
    "box_barcode",
    "box_of",
    "category_of",
    "is_own_barcode",
    "kind_of",
    "mixed",
    "problems_of",
    "recent_answer",
    "said_name",
    "sort_name",
    "sound_of",
    "standing_of",
    "words_of",
]
