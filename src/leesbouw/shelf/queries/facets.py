"""The pictures of the wall, from content."""

from __future__ import annotations

from leesbouw.core.content import Body, all_current, content_kinds

from ..domain import Facet


class FacetBody(Body):
    code: str
    label: str
    picture: str
    kinds: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    from_pages: int | None = None
    to_pages: int | None = None


class FacetsBody(Body):
    facets: tuple[FacetBody, ...]


content_kinds.add("shelf-facets", FacetsBody)


def all_facets() -> list[Facet]:
    """In the order of the file."""
    item = all_current("shelf-facets").get("facets")
    return [Facet(**one.model_dump()) for one in item.body.facets] if item else []
