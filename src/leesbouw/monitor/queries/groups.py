"""The groups of a location in a round: which are how far."""

from __future__ import annotations

from dataclasses import dataclass, field

from leesbouw.core.access import Actor
from leesbouw.organisations.models import ClassGroup
from leesbouw.people.queries import GroupLine, group_teachers

from ..domain.calendar import asks_group
from ..models import ClassCode, Participation, PersonalLink
from .progress import GROUP_LISTS, Pair, came_in


@dataclass(frozen=True, slots=True)
class GroupState:
    """A group of a location in a round: pupils who are done, and whether a list of its teachers came in."""

    line: GroupLine
    asks_pupils: bool
    pupils: Pair = (0, 0)
    has_code: bool = False
    has_list: bool = False
    sent: int = 0  # links that were made for its teachers

    @property
    def group(self) -> ClassGroup:
        return self.line.group

    @property
    def teacher_names(self) -> list[str]:
        return [contact.name for contact, _days in self.line.teachers]


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of one location, and lists that belong to no group."""

    states: list[GroupState] = field(default_factory=list)
    others: list[PersonalLink] = field(default_factory=list)

    @property
    def without_list(self) -> list[GroupState]:
        return [one for one in self.states if not one.has_list]


def groups_of_participation(actor: Actor, one: Participation) -> Groups:
    """Which groups are how far; never what they answered. Six queries."""
    rows = ClassGroup.objects.visible_to(actor).filter(location=one.location_id, year=one.round.year)
    codes = {row.group_id: row for row in ClassCode.objects.visible_to(actor).filter(participation=one)}
    links = list(PersonalLink.objects.visible_to(actor).filter(participation=one.pk))
    used = {link.group_id for link in links if link.is_used}
    used |= {group for (_one, who, group) in came_in([one.pk]) if who in GROUP_LISTS}
    states = [
        GroupState(
            line,
            asks_group(one.round.kind, line.group.year_groups),
            (codes[line.group.pk].done, codes[line.group.pk].expected) if line.group.pk in codes else (0, 0),
            line.group.pk in codes,
            line.group.pk in used,
            sum(link.group_id == line.group.pk for link in links),
        )
        for line in group_teachers(actor, list(rows.order_by("name")))
    ]
    return Groups(states, [link for link in links if link.group_id is None])
