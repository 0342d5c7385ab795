"""Every read of the collection; each begins with what the actor may see."""

from .catalogue import (
    FIELDS,
    Shelf,
    barcodes_in_use,
    copies_for,
    image_of,
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
from .labels import MOST_LABELS, copies_since, label_of, labels_pdf
from .searching import forget_words, found_ids

__all__ = [
    "FIELDS",
    "MOST_LABELS",
    "Shelf",
    "barcodes_in_use",
    "copies_for",
    "copies_since",
    "forget_words",
    "found_ids",
    "image_of",
    "in_order",
    "known_titles",
    "label_of",
    "labels_pdf",
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
