"""Pupils of a location, with the group they are in and what to call them. Every list asks a fixed number of questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear, on_day, today
from leesbouw.organisations.models import ClassGroup, Location

from ..domain import display_names, found_names
from ..models import Enrolment, Pupil


@dataclass(frozen=True, slots=True)
class Child:
    """A line of a list: what to call the child among the others of the list, and where it is."""

    id: int
    name: str
    group_id: int | None
    group: str
    year_group: int | None
    left_on: date | None


@dataclass(frozen=True, slots=True)
class GroupCount:
    """A group and how many pupils are in it on a day."""

    group: ClassGroup
    pupils: int


def present(day: date | None = None) -> Q:
    """Pupils who are at school on a day, today when none is given."""
    day = day or today()
    return Q(joined_on__lte=day) & (Q(left_on=None) | Q(left_on__gte=day))


def pupils_at(actor: Actor, location: Location | int, *, day: date | None = None) -> QuerySet[Pupil]:
    """Who is at school at this location."""
    pk = location if isinstance(location, int) else location.pk
    return Pupil.objects.visible_to(actor).filter(present(day), location=pk)


def leavers_at(actor: Actor, location: Location) -> QuerySet[Pupil]:
    """Who left this location and is still kept for a while; the latest first."""
    gone = Pupil.objects.visible_to(actor).filter(location=location, left_on__lt=today())
    return gone.order_by("-left_on", "pk")


def children_at(
    actor: Actor, location: Location, *, day: date | None = None, group_id: int | None = None
) -> list[Child]:
    """The children of a location or of one of its groups, by name. Names are told apart within the whole location.

    Two queries, whatever the number of children.
    """
    children = _lines(actor, list(pupils_at(actor, location, day=day)), day or today())
    return [child for child in children if group_id is None or child.group_id == group_id]


def leaving_children(actor: Actor, location: Location) -> list[Child]:
    """Those who left and are still kept, the latest first. Two queries."""
    return _lines(actor, list(leavers_at(actor, location)), None)


def children_without_group(actor: Actor, location: Location, *, day: date) -> list[Child]:
    """Who is at school on a day and in no group of the school year of that day."""
    return [child for child in children_at(actor, location, day=day) if child.group_id is None]


def search_children(actor: Actor, location: Location, wish: str) -> list[Child]:
    """Children of one location whose name fits what was typed, however it is spelt; the best first (ux.md §4)."""
    children = {child.id: child for child in children_at(actor, location)}
    names = pupils_at(actor, location).values_list("pk", "first_name", "infix", "last_name")
    return [children[pk] for pk in found_names(wish, list(names)) if pk in children]


def group_counts(actor: Actor, location: Location, *, day: date | None = None) -> list[GroupCount]:
    """The groups of the school year of a day with how many pupils are in them. Two queries."""
    day = day or today()
    groups = ClassGroup.objects.visible_to(actor).filter(location=location, year=SchoolYear.of(day))
    counts: dict[int, int] = {}
    rows = Enrolment.objects.visible_to(actor).filter(on_day(day), group__in=[group.pk for group in groups])
    for group_id in rows.values_list("group_id", flat=True):
        counts[group_id] = counts.get(group_id, 0) + 1
    return [GroupCount(group, counts.get(group.pk, 0)) for group in groups]


def _lines(actor: Actor, pupils: list[Pupil], day: date | None) -> list[Child]:
    names = display_names((row.pk, row.first_name, row.infix, row.last_name) for row in pupils)
    where = group_of(actor, [row.pk for row in pupils], day)
    lines = []
    for row in pupils:
        enrolment = where.get(row.pk)
        lines.append(
            Child(
                id=row.pk,
                name=names[row.pk],
                group_id=enrolment.group_id if enrolment else None,
                group=enrolment.group.name if enrolment else "",
                year_group=enrolment.year_group if enrolment else None,
                left_on=row.left_on,
            )
        )
    return lines


def group_of(actor: Actor, ids: list[int], day: date | None) -> dict[int, Enrolment]:
    """Pupil id → the enrolment of that day; without a day the last one there was."""
    rows = Enrolment.objects.visible_to(actor).filter(pupil__in=ids).select_related("group")
    if day is not None:
        rows = rows.filter(on_day(day))
    return {row.pupil_id: row for row in rows.order_by("starts_on", "pk")}
