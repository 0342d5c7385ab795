"""The list of a school's pupils as its page shows it: by group, without group, and who left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, When

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear, on_day, today
from leesbouw.organisations.models import Location

from ..domain import display_names, found_names, names_in, nearest_day
from ..models import Enrolment, Pupil
from .lists import GroupCount, group_counts, present

NO_GROUP, LEFT = "geen", "weg"  # in the address, beside the ids of groups


@dataclass(frozen=True, slots=True)
class PlaceCounts:
    """How many pupils a school has on a day, and where they are."""

    groups: list[GroupCount]
    present: int
    without_group: int
    left: int


def day_of_year(year: SchoolYear) -> date:
    """The day a list of a school year is about: today, or the day of another year that is nearest to it."""
    return nearest_day(year.starts_on, year.ends_on, today())


def pupil_rows(actor: Actor, location: Location, day: date) -> QuerySet[Pupil]:
    """Every pupil that is kept at a location, by name, with `group_id` and `group_name`: of that day, and for who left
    the last one."""
    mine = Enrolment.objects.visible_to(actor).filter(pupil=OuterRef("pk")).order_by("-starts_on", "-pk")

    def group(field: str) -> Case:
        last, now = mine.values(field)[:1], mine.filter(on_day(day)).values(field)[:1]
        return Case(When(left_on__lt=day, then=Subquery(last)), default=Subquery(now))

    rows = Pupil.objects.visible_to(actor).filter(location=location)
    return rows.annotate(group_id=group("group_id"), group_name=group("group__name"))


def in_place(rows: QuerySet[Pupil], place: str, day: date) -> QuerySet[Pupil]:
    """Of these rows those of a group (its id), without one, who left, or everybody who is at school."""
    if place == LEFT:
        return rows.filter(left_on__lt=day).order_by("-left_on", "pk")
    rows = rows.filter(present(day))
    if place == NO_GROUP:
        return rows.filter(group_id=None)
    return rows.filter(group_id=int(place)) if place else rows


def searched(rows: QuerySet[Pupil], wish: str) -> QuerySet[Pupil]:
    """Of these rows those whose name fits what was typed, however it is spelt."""
    names = list(rows.values_list("pk", "first_name", "infix", "last_name"))
    return rows.filter(pk__in=found_names(wish, names))


def names_at(actor: Actor, location: Location) -> dict[int, str]:
    """Pupil id → what to call her among all who are kept at this school; one query."""
    rows = Pupil.objects.visible_to(actor).filter(location=location)
    return display_names(rows.values_list("pk", "first_name", "infix", "last_name"))


def first_names_in(actor: Actor, location: Location, text: str) -> list[str]:
    """First names of children of this school that stand in a text, to warn who writes it. Not for who is not near.

    Who writes need not see pupils: she learns only that a word she typed is also the name of a child.
    """
    if location.pk not in actor.locations:
        return []
    rows = Pupil.objects.trusted("first names that stand in a text").filter(location=location, left_on=None)
    return names_in(text, rows.order_by().values_list("first_name", flat=True).distinct())


def names_of(actor: Actor, ids: set[int]) -> dict[int, str]:
    """Pupil id → what to call her at her own school, for children of several schools; two queries."""
    mine = Pupil.objects.visible_to(actor).filter(pk__in=ids)
    places = dict(mine.values_list("pk", "location_id"))
    alike = Pupil.objects.visible_to(actor).filter(
        location__in=set(places.values()), first_name__in=mine.order_by().values("first_name")
    )
    by_school: dict[int, list[tuple[int, str, str, str]]] = {}
    for location_id, *row in alike.values_list("location_id", "pk", "first_name", "infix", "last_name"):
        by_school.setdefault(location_id, []).append(tuple(row))
    names = {pk: name for rows in by_school.values() for pk, name in display_names(rows).items()}
    return {pk: names[pk] for pk in places}


def pupil_counts(actor: Actor, location: Location, day: date) -> dict[str, int]:
    """How many are "present", "without_group" and "left" on a day; one query."""
    here = Enrolment.objects.visible_to(actor).filter(on_day(day), pupil__location=location)
    at_school = present(day)
    return (
        Pupil.objects.visible_to(actor)
        .filter(location=location)
        .aggregate(
            present=Count("pk", filter=at_school),
            without_group=Count("pk", filter=at_school & ~Q(pk__in=here.values("pupil"))),
            left=Count("pk", filter=Q(left_on__lt=day)),
        )
    )


def place_counts(actor: Actor, location: Location, day: date) -> PlaceCounts:
    """The groups with their pupils, and who is in none or left; three queries, whatever the number of pupils."""
    counts = pupil_counts(actor, location, day)
    return PlaceCounts(groups=group_counts(actor, location, day=day), **counts)
