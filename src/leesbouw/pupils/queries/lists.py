"""Pupils of a location, with the group they are in and what to call them. Every list asks a fixed number of questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear, on_day, today
from leesbouw.organisations.models import ClassGroup, Location

from ..domain import display_names
from ..models import Enrolment, Pupil


@dataclass(frozen=True, slots=True)
class Child:
    """A line of a list: what to call the child among the others of the list, and where it is."""

    id: int
    name: str
    class_group: ClassGroup | None

    @property
    def group_id(self) -> int | None:
        return self.class_group.pk if self.class_group else None

    @property
    def group(self) -> str:
        return self.class_group.name if self.class_group else ""


@dataclass(frozen=True, slots=True)
class GroupCount:
    """A group and how many pupils are in it on a day."""

    group: ClassGroup
    pupils: int


def present(day: date | None = None) -> Q:
    """Pupils who are at school on a day, today when none is given."""
    day = day or today()
    return Q(joined_on__lte=day) & (Q(left_on=None) | Q(left_on__gte=day))


def pupils_at(actor: Actor, location: Location, *, day: date | None = None) -> QuerySet[Pupil]:
    """Who is at school at this location."""
    return Pupil.objects.visible_to(actor).filter(present(day), location=location)


def children_at(
    actor: Actor, location: Location, *, day: date | None = None, group_id: int | None = None
) -> list[Child]:
    """The children of a location or of one of its groups, by name. Names are told apart within the whole location.

    Two queries, whatever the number of children.
    """
    day = day or today()
    rows = list(pupils_at(actor, location, day=day))
    names = display_names((row.pk, row.first_name, row.infix, row.last_name) for row in rows)
    where = {pk: enrolment.group for pk, enrolment in group_of(actor, list(names), day).items()}
    children = [Child(pk, name, where.get(pk)) for pk, name in names.items()]
    return [child for child in children if group_id is None or child.group_id == group_id]


def group_counts(actor: Actor, location: Location, *, day: date | None = None) -> list[GroupCount]:
    """The groups of the school year of a day with how many pupils are in them. Two queries."""
    day = day or today()
    groups = ClassGroup.objects.visible_to(actor).filter(location=location, year=SchoolYear.of(day))
    counts: dict[int, int] = {}
    rows = Enrolment.objects.visible_to(actor).filter(on_day(day), group__in=[group.pk for group in groups])
    for group_id in rows.values_list("group_id", flat=True):
        counts[group_id] = counts.get(group_id, 0) + 1
    return [GroupCount(group, counts.get(group.pk, 0)) for group in groups]


def group_of(actor: Actor, ids: list[int], day: date) -> dict[int, Enrolment]:
    """Pupil id → the enrolment of that day."""
    rows = Enrolment.objects.visible_to(actor).filter(on_day(day), pupil__in=ids).select_related("group")
    return {row.pupil_id: row for row in rows.order_by("starts_on", "pk")}


def group_sizes(ids: Iterable[int], *, day: date | None = None) -> dict[int, int]:
    """Group id → how many pupils are in it on a day, for who may know that number and no child."""
    rows = Enrolment.objects.trusted("how large a group is; gives a number only")
    rows = rows.filter(on_day(day or today()), group__in=list(ids), pupil__left_on=None)
    return dict(Counter(rows.values_list("group_id", flat=True)))
