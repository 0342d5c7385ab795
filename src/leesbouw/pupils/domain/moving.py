"""Where each child goes when a school year ends: along with its group, or out of school. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

LEAVES = 0  # a choice instead of a group: the child leaves this school


class Doubt(Enum):
    """Why somebody must say where a child goes."""

    NO_GROUP = "no_group"  # it was in no group this year
    NO_YEAR = "no_year"  # of a combination group, and we do not know its year
    NO_FOLLOWER = "no_follower"  # no group of next year follows its group, or several could
    STAYS = "stays"  # it stays in its year, and there are several such groups or none


@dataclass(frozen=True, slots=True)
class Child:
    """A child in the year that ends; `year_group` as its enrolment says, which may be nothing."""

    id: int
    group_id: int | None = None
    year_group: int | None = None


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A group of the year to come."""

    id: int
    year_groups: tuple[int, ...] = ()
    follows: int | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody chose: who stays in its year, and the group (or LEAVES) of a child or of everybody of a group."""

    stays: frozenset[int] = frozenset()
    children: Mapping[int, int] = field(default_factory=dict)
    groups: Mapping[int, int] = field(default_factory=dict)


def as_args(choices: Choices) -> dict[str, list[int]]:
    """The choices as a job keeps them: lists of ids, and of pairs of ids one after the other."""
    return {
        "stays": sorted(choices.stays),
        "children": [number for pair in choices.children.items() for number in pair],
        "groups": [number for pair in choices.groups.items() for number in pair],
    }


def from_args(stays: Sequence[int], children: Sequence[int], groups: Sequence[int]) -> Choices:
    """The way back of `as_args`."""
    return Choices(
        frozenset(stays),
        dict(zip(children[::2], children[1::2], strict=True)),
        dict(zip(groups[::2], groups[1::2], strict=True)),
    )


@dataclass(slots=True)
class Plan:
    """Every child is in exactly one of these."""

    moves: dict[int, tuple[int, int | None]] = field(default_factory=dict)  # child → (group, year group)
    leaves: list[int] = field(default_factory=list)
    doubts: dict[int, Doubt] = field(default_factory=dict)


def move_up(
    children: Sequence[Child],
    last: Mapping[int, tuple[int, ...]],
    coming: Sequence[NewGroup],
    *,
    top: int | None,
    choices: Choices | None = None,
    together: bool = False,
) -> Plan:
    """Everybody goes with the group that follows hers, of a combination group by year; who was in the top year leaves.

    `last`: group of the year that ends → its year groups. `together`: groups of special schools stay together whatever
    the years. Nobody is lost: who cannot be placed for certain is a doubt.
    """
    choices = choices or Choices()
    groups = {group.id: group for group in coming}
    plan = Plan()
    for child in children:
        years = last.get(child.group_id or 0, ())
        year = child.year_group or (years[0] if len(years) == 1 else None)
        stays = child.id in choices.stays
        chosen = choices.children.get(child.id)
        if chosen is None and not stays:
            chosen = choices.groups.get(child.group_id or 0)
        place = (
            chosen if chosen is not None else _place(child, year, coming, top, stays=stays, together=together)
        )
        if place == LEAVES:
            plan.leaves.append(child.id)
        elif isinstance(place, Doubt):
            plan.doubts[child.id] = place
        elif place not in groups:
            plan.doubts[child.id] = Doubt.NO_FOLLOWER
        else:
            plan.moves[child.id] = (place, _year_in(groups[place], year, stays=stays))
    return plan


def _place(
    child: Child,
    year: int | None,
    coming: Sequence[NewGroup],
    top: int | None,
    *,
    stays: bool,
    together: bool,
) -> int | Doubt:
    if stays:
        same = [group.id for group in coming if year is not None and year in group.year_groups]
        return same[0] if len(same) == 1 else Doubt.STAYS
    if child.group_id is None:
        return Doubt.NO_GROUP
    if top is not None and year is not None and year >= top:
        return LEAVES
    followers = [group for group in coming if group.follows == child.group_id]
    if year is None:
        return followers[0].id if len(followers) == 1 else Doubt.NO_YEAR if followers else Doubt.NO_FOLLOWER
    fitting = [group for group in followers if not group.year_groups or year + 1 in group.year_groups]
    if len(fitting) == 1:
        return fitting[0].id
    if together and len(followers) == 1:
        return followers[0].id
    elsewhere = [group for group in coming if year + 1 in group.year_groups]
    return elsewhere[0].id if not fitting and len(elsewhere) == 1 else Doubt.NO_FOLLOWER


def _year_in(group: NewGroup, year: int | None, *, stays: bool) -> int | None:
    """The year group a child gets there: the next, or the only one of the group when its year is not known."""
    if year is not None:
        return year if stays else year + 1
    return group.year_groups[0] if len(group.year_groups) == 1 else None
