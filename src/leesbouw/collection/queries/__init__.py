"""Every read of the collection; each begins with what the actor may see."""

from .catalogue import (
    Shelf,
    barcodes_in_use,
    copies_for,
    in_order,
    known_titles,
    library_of_catalogue,
    may_edit_titles,
    numbers_at,
    places_for_copies,
    places_of_library,
    shelf_at,
    shelves_of,
    title_by_isbn,
    titles_for,
    titles_with_copies,
)
from .searching import forget_words, found_ids

__all__ = [
    "Shelf",
    "barcodes_in_use",
    "copies_for",
    "forget_words",
    "found_ids",
    "in_order",
    "known_titles",
    "library_of_catalogue",
    "may_edit_titles",
    "numbers_at",
    "places_for_copies",
    "places_of_library",
    "shelf_at",
    "shelves_of",
    "title_by_isbn",
    "titles_for",
    "titles_with_copies",
]
