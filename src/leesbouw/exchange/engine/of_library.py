"""What the imports for one library share: books, loans and figures of lending all say for which library they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leesbouw.collection.permissions import EDIT_TITLES
from leesbouw.collection.queries import library_of_catalogue
from leesbouw.core.access import Actor
from leesbouw.core.errors import Sentence

from .base import Importer


class OfLibrary(Importer):
    """Asks for the library, and proposes the one where the reader works."""

    permission = EDIT_TITLES
    asks = frozenset({"library"})
    settled: tuple[str, ...] = ("library",)
    which_library: Any  # the sentence for who did not say it

    def admit(self, options: Mapping[str, Any], by: Actor) -> None:
        if not options.get("library"):
            raise Sentence(self.which_library)

    def default_options(self, file_name: str, by: Actor) -> dict[str, Any]:
        library = library_of_catalogue(by) if by.kind != "system" else None
        return {"library": library.pk if library else None}
