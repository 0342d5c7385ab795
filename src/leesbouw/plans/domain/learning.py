"""What a year does for each learning goal in each year group: planned, done, done by the school itself, or nothing yet.

The matrix is a rule of ours; that there is one, and that it feeds the year plan, is from the handbook (2023), Lees- en
mediaplan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    """How far a learning goal is in a year group; in this order the strongest one is said."""

    DONE = "done"
    PLANNED = "planned"
    OURSELVES = "ourselves"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Serving:
    """An activity of the year: which learning goals it serves, for which year groups (none means all), and in which of
    them it took place already."""

    goals: Collection[str]
    groups: Collection[int] = ()
    done_in: Collection[int] = ()
    is_done: bool = False  # everywhere it was planned

    def reaches(self, group: int) -> bool:
        return not self.groups or group in self.groups

    def did(self, group: int) -> bool:
        """Also a group that was visited though nobody planned it counts."""
        return group in self.done_in or (self.is_done and self.reaches(group))


@dataclass(frozen=True, slots=True)
class Cell:
    """One learning goal in one year group: how many activities are still planned and how many were done."""

    goal: str
    group: int
    planned: int = 0
    done: int = 0
    is_ours: bool = False

    @property
    def reach(self) -> Reach:
        if self.done:
            return Reach.DONE
        if self.planned:
            return Reach.PLANNED
        return Reach.OURSELVES if self.is_ours else Reach.GAP


def learning_cells(
    goals: Mapping[str, Sequence[int]],
    groups: Sequence[int],
    servings: Iterable[Serving],
    ours: Collection[tuple[str, int]] = (),
) -> dict[tuple[str, int], Cell]:
    """A cell for each learning goal in each year group it is meant for, by (goal, group). `goals` maps a goal to its year
    groups; a group outside `groups` has no cell. An activity that names a goal counts in no group the goal is not for."""
    found = {}
    told = list(servings)
    for goal, meant in goals.items():
        serving = [one for one in told if goal in one.goals]
        for group in (one for one in groups if one in meant):
            done = sum(one.did(group) for one in serving)
            planned = sum(one.reaches(group) and not one.did(group) for one in serving)
            found[goal, group] = Cell(goal, group, planned, done, (goal, group) in ours)
    return found
