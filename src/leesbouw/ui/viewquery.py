"""The part of an address that makes a selection: filters, order and columns, not the page, the year or the format."""

from __future__ import annotations

from django.http import QueryDict

LEFT_OUT = frozenset({"pagina", "formaat", "jaar", "kies", "next"})
LONGEST = 2000  # characters of a kept query


def view_query(query: QueryDict) -> str:
    """The selection of an address in one fixed spelling, so that equal selections are equal text."""
    pairs = [
        (name, value)
        for name, values in query.lists()
        for value in values
        if value and name not in LEFT_OUT and len(name) < 60
    ]
    tidy = QueryDict(mutable=True)
    for name, value in sorted(pairs):
        tidy.appendlist(name, value)
    return tidy.urlencode(safe=",")


def same_view(query: QueryDict, kept: str) -> bool:
    """Whether an address shows the selection that was kept."""
    return view_query(query) == view_query(QueryDict(kept))
