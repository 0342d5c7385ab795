"""What goes together in groups: what their pupils answered beside what their teachers do (samenhang, never effect)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from leesbouw.core.content import Body

from .statistics import Link, Observation, link

DIGITS = 2  # whole points: finer figures would tell more of single groups than of what goes together


class LinkedPair(Body):
    """Codes of two measures that are shares: of pupils, and of teachers."""

    outcome: str
    factor: str


class LinkRules(Body):
    pairs: tuple[LinkedPair, ...]


@dataclass(frozen=True, slots=True)
class GroupCell:
    """A share in one group of a location, 0-1; `breakdown` names the group ("group:12")."""

    location: int
    breakdown: str
    value: float


def observations(
    outcomes: Iterable[GroupCell], factors: Iterable[GroupCell], years: Mapping[str, frozenset[int]]
) -> Iterator[Observation]:
    """The groups in which both are known. Kept equal is the year group, because older children like reading less."""
    does = {(one.location, one.breakdown): one.value for one in factors}
    for one in outcomes:
        factor = does.get((one.location, one.breakdown))
        of_group = years.get(one.breakdown)
        if factor is not None and of_group:
            age = sum(of_group) / len(of_group)
            yield Observation(one.value, factor, one.location, (age,))


def rounded_link(found: Iterable[Observation], *, fewest_schools: int) -> Link | None:
    """The link in whole points; None with fewer schools, or where nothing varies."""
    worked_out = link(list(found), fewest_schools=fewest_schools)
    if worked_out is None:
        return None
    low, high = worked_out.interval.low, worked_out.interval.high
    return Link(
        round(worked_out.slope, DIGITS),
        round(worked_out.error, DIGITS),
        type(worked_out.interval)(round(low, DIGITS), round(high, DIGITS)),
        worked_out.groups,
        worked_out.schools,
    )
