"""Figures of several years: in one line only where the same thing was asked, and of the same locations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """The figure of a year, by a version of its measure. `year` is the first calendar year of the school year."""

    year: int
    version: int
    value: float | None


def lines(points: Sequence[Point], comparable: Mapping[int, Set[int] | Sequence[int]]) -> list[list[Point]]:
    """The points in order of year, cut where a version may not stand in one line with the one before it.

    `comparable[version]` are the earlier versions that it may follow; the same version always may. A year without a
    value is left out and cuts nothing. Neighbours decide: a line may go on through several versions.
    """
    result: list[list[Point]] = []
    for point in sorted((one for one in points if one.value is not None), key=lambda one: one.year):
        before = result[-1][-1].version if result else None
        if before == point.version or (before is not None and before in comparable.get(point.version, ())):
            result[-1].append(point)
        else:
            result.append([point])
    return result


def equal_panel(units: Mapping[int, Set[int]]) -> frozenset[int]:
    """The locations that have a figure in every one of these years; `units` gives them by year."""
    years = [frozenset(ids) for ids in units.values()]
    return frozenset.intersection(*years) if years else frozenset()
