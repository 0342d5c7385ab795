"""Rules of the collection: what a title is called, what a book's number says, how a barcode looks."""

from .barcodes import barcode_of, is_own_barcode
from .isbn import as_isbn, as_shown
from .names import said_name, sort_name
from .spelling import sound_of, words_of
from .titles import TitleFacts, kind_of, problems_of

__all__ = [
    "TitleFacts",
    "as_isbn",
    "as_shown",
    "barcode_of",
    "is_own_barcode",
    "kind_of",
    "problems_of",
    "said_name",
    "sort_name",
    "sound_of",
    "words_of",
]
