"""Whose work a number is: hours of one person are hers, however many schools they were made at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from .levels import Place

MadeBy = Mapping[int, frozenset[int]]  # location → whose work its number is


def makers_of(locations: Iterable[int], made_by: MadeBy) -> frozenset[int]:
    return frozenset().union(*(made_by.get(one, frozenset()) for one in locations))


def enough_makers(found: frozenset[int], fewest: int) -> bool:
    """Nobody's work tells of nobody; else it must be that of enough people."""
    return not found or len(found) >= fewest


def counting(places: Mapping[int, Place], made_by: MadeBy, fewest: int) -> set[int]:
    """The locations that count above the school: those of a municipality in which enough people worked.

    The others count at no level at all, or a province less its other municipalities would give the hidden one back.
    """
    by_town: dict[int, set[int]] = defaultdict(set)
    for place in places.values():
        by_town[place.municipality].add(place.location)
    return {
        location
        for locations in by_town.values()
        if enough_makers(makers_of(locations, made_by), fewest)
        for location in locations
    }
