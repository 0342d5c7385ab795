"""Pupils on their way to a new school year: who still has to go, who leaves with something open, what was done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.domain import KEEPS_NAMES, SCHOOL_YEAR_GROUPS
from leesbouw.organisations.models import ClassGroup, Location, YearTransition
from leesbouw.organisations.queries import season_of, trace_of

from ..domain import display_names
from ..domain.moving import Child, Choices, NewGroup, Plan, move_up
from ..holders import unsettled, used
from ..models import Enrolment, Pupil, PupilMove
from ..permissions import EDIT, VIEW

STEP = "pupils"  # its code in the task list
SlimImage = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Moving:
    """Everybody who is at school and in no group of the new year yet, with the groups of both years."""

    location: Location
    children: list[Child]
    last: list[ClassGroup]
    coming: list[ClassGroup]
    done: int  # children who are in a group of the new year

    def plan(self, choices: Choices | None = None) -> Plan:
        """Where each of them goes."""
        years = SCHOOL_YEAR_GROUPS[self.location.sector]
        return move_up(
            self.children,
            {group.pk: tuple(group.year_groups) for group in self.last},
            [NewGroup(group.pk, tuple(group.year_groups), group.follows_id) for group in self.coming],
            top=years[-1] if years else None,
            choices=choices,
            together=self.location.sector in KEEPS_NAMES,
        )


def moving(actor: Actor, location: Location, year: SchoolYear) -> Moving:
    """Who has to go to the new year. Three queries."""
    groups = list(
        ClassGroup.objects.visible_to(actor).filter(location=location, year__in=[year.previous, year])
    )
    coming = [group for group in groups if group.year == year]
    last = [group for group in groups if group.year != year]
    ids = Pupil.objects.visible_to(actor).filter(location=location, left_on=None).order_by("pk")
    enrolments = Enrolment.objects.visible_to(actor).filter(
        ends_on=None, pupil__location=location, pupil__left_on=None
    )
    where = {
        pk: (group, number)
        for pk, group, number in enrolments.order_by("pk").values_list("pupil_id", "group_id", "year_group")
    }
    there, known = {group.pk for group in coming}, {group.pk for group in last}
    children, done = [], 0
    for pk in ids.values_list("pk", flat=True):
        group_id, number = where.get(pk, (None, None))
        if group_id in there:
            done += 1
        else:
            children.append(Child(pk, group_id if group_id in known else None, number))
    return Moving(location, children, last, coming, done)


def new_year_names(actor: Actor, location: Location) -> dict[int, str]:
    """What to call each child that is at school, told apart within the whole location. One query."""
    rows = Pupil.objects.visible_to(actor).filter(location=location, left_on=None)
    return display_names(rows.values_list("pk", "first_name", "infix", "last_name"))


@dataclass(frozen=True, slots=True)
class Leaver:
    """A child that leaves, its last group, and what is still open about it."""

    id: int
    name: str
    group: str
    left_on: date
    open: list[Any]


def year_leavers(actor: Actor, location: Location, year: SchoolYear) -> list[Leaver]:
    """Who leaves between the old year and the new one, with what is open; two queries and those of the rooms above."""
    opens_on, closes_on = season_of(year.first)
    rows = list(
        Pupil.objects.visible_to(actor).filter(location=location, left_on__range=(opens_on, closes_on))
    )
    ids = [row.pk for row in rows]
    names = display_names((row.pk, row.first_name, row.infix, row.last_name) for row in rows)
    last = Enrolment.objects.visible_to(actor).filter(pupil__in=ids).order_by("starts_on", "pk")
    group = dict(last.values_list("pupil_id", "group__name"))
    open_ = unsettled(ids)
    found = [
        Leaver(row.pk, names[row.pk], group.get(row.pk, ""), row.left_on, open_.get(row.pk, []))
        for row in rows
        if row.left_on is not None
    ]
    return sorted(found, key=lambda one: (one.group, one.name.casefold()))


def slim_images(actor: Actor, ids: Iterable[int]) -> dict[int, SlimImage]:
    """What a move changes of these pupils, without names: the day they left, and their groups. Two queries."""
    ids = list(ids)
    pupils = Pupil.objects.visible_to(actor).filter(pk__in=ids)
    images: dict[int, SlimImage] = {
        pk: {"left_on": left_on.isoformat() if left_on else None, "enrolments": []}
        for pk, left_on in pupils.values_list("pk", "left_on")
    }
    rows = Enrolment.objects.visible_to(actor).filter(pupil__in=ids).order_by("starts_on", "id")
    for pk, group, number, starts_on, ends_on in rows.values_list(
        "pupil_id", "group_id", "year_group", "starts_on", "ends_on"
    ):
        images[pk]["enrolments"].append(
            [group, number, starts_on.isoformat(), ends_on.isoformat() if ends_on else None]
        )
    return images


def move_blocks(actor: Actor, transition: YearTransition) -> list[str]:
    """Whether somebody works with the new groups already; each reason in a sentence."""
    moves = list(PupilMove.objects.visible_to(actor).filter(transition=transition))
    if trace_of(transition, STEP) and not (actor.may(EDIT) and actor.may(VIEW)):
        return [_("The pupils moved up. Only who may change them can take that back.")]
    ids = [move.pupil_id for move in moves]
    images = slim_images(actor, ids)
    changed = sum(images[move.pupil_id] != move.after for move in moves)
    fresh = used(ids) - {move.pupil_id for move in moves if move.was_used}
    blocks = []
    if changed:
        blocks.append(
            ngettext(
                "%(count)s pupil went to another group or left since, by hand or by a file.",
                "%(count)s pupils went to another group or left since, by hand or by a file.",
                changed,
            )
            % {"count": changed}
        )
    if fresh:
        blocks.append(_("Somebody already works with pupils in the new groups, such as a loan."))
    if others := _others_in_new_groups(transition, ids):
        blocks.append(
            ngettext(
                "%(count)s pupil came into a new group since, by hand or by a file. Undo that first.",
                "%(count)s pupils came into a new group since, by hand or by a file. Undo that first.",
                others,
            )
            % {"count": others}
        )
    return blocks


def _others_in_new_groups(transition: YearTransition, ids: list[int]) -> int:
    """How many enrolments there are in groups that the list made, of children whom it did not move."""
    trace = trace_of(transition, "groups")
    made = trace.data["made"] if trace else []
    rows = Enrolment.objects.trusted("whether a group is in use; gives a number only")
    return rows.filter(group__in=made).exclude(Q(pupil__in=ids)).count()
