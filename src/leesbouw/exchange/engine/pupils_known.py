"""The pupils that a file is held against: those of the school, and of schools that were merged with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Q

from leesbouw.core.access import GuardedQuerySet
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.models import ClassGroup, Location
from leesbouw.pupils.domain import full_name
from leesbouw.pupils.models import Enrolment, Pupil
from leesbouw.pupils.queries import refused_count

from ..domain.columns import Cleaned
from ..domain.pupils import group_by_any_name

FIELDS = ("school", "key", "eck_id", "first_name", "infix", "last_name", "birth_year")
VALUES = ("location__name", *FIELDS[1:])  # what the query calls them


def held_pupils() -> GuardedQuerySet:
    """Pupils, for the importer alone: it admits only who may bring pupils of this school."""
    return Pupil.objects.trusted("held against the file of their own school; who brings it may see them")


def held_enrolments() -> GuardedQuerySet:
    """Enrolments, for the importer alone."""
    return Enrolment.objects.trusted("held against the file of their own school; who brings it may see them")


@dataclass(frozen=True, slots=True)
class KnownPupil:
    """A pupil that is there, with the group she is in. `in_year`: that group is of the year of the file."""

    id: int
    location_id: int
    school: str
    key: str
    eck_id: str
    first_name: str
    infix: str
    last_name: str
    birth_year: int | None
    left_on: str | None
    has_left: bool
    is_elsewhere: bool
    group: str
    year_group: int | None
    in_year: bool

    @property
    def name(self) -> str:
        return full_name(self.first_name, self.infix, self.last_name)


def known_pupils(location: Location, year: SchoolYear, merged: Iterable[str] = ()) -> dict[int, KnownPupil]:
    """By id every pupil of the school that is still kept, and of the closed schools with these codes. Two queries."""
    places = _places(location, merged)
    enrolments = held_enrolments().filter(pupil__location__in=places).order_by("starts_on", "pk")
    last = {
        pk: rest
        for pk, *rest in enrolments.values_list("pupil_id", "group__name", "year_group", "group__year")
    }
    day = max(today(), year.starts_on)
    rows = held_pupils().filter(location__in=places).order_by("pk")
    found = {}
    for pk, place, left_on, *values in rows.values_list("pk", "location_id", "left_on", *VALUES):
        group, year_group, group_year = last.get(pk, ("", None, None))
        found[pk] = KnownPupil(
            id=pk,
            location_id=place,
            **dict(zip(FIELDS, values, strict=True)),
            left_on=left_on.isoformat() if left_on else None,
            has_left=left_on is not None and left_on < day,
            is_elsewhere=place != location.pk,
            group=group,
            year_group=year_group,
            in_year=group_year == year,
        )
    return found


def fingerprint(location: Location, merged: Iterable[str] = ()) -> str:
    """The same as long as none of these pupils came, changed, left or was erased."""
    places = _places(location, merged)
    rows = held_pupils().filter(location__in=places).order_by("pk").values_list("pk", "version")
    return sha256(repr((list(rows), refused_count(location))).encode()).hexdigest()


def call_groups_as_here(records: Iterable[Cleaned], location: Location, year: SchoolYear) -> None:
    """A group that is there under nearly the same name is that group: programs write “Groep 5A” and “5a”."""
    here = set(ClassGroup.objects.filter(location=location, year=year).values_list("name", flat=True))
    told = [record.values for record in records]
    in_file = {name for values in told for name in (values.get("group"), *values.get("groups", ()))}
    known = {group_by_any_name(name): name for name in sorted(here - in_file)}
    renamed = {name: known.get(group_by_any_name(name), name) for name in in_file - here if name is not None}
    for values in told:
        if values.get("group") in renamed:
            values["group"] = renamed[values["group"]]
        if "groups" in values:
            values["groups"] = [renamed.get(name, name) for name in values["groups"]]


def _places(location: Location, merged: Iterable[str]) -> list[int]:
    """The school, the closed schools that went up in it, and those that somebody says did so too."""
    closed = Location.objects.exclude(closed_on=None)
    closed = closed.filter(Q(merged_into=location) | Q(code__in=list(merged)))
    return [location.pk, *closed.values_list("pk", flat=True)]


def latest_year(location: Location) -> SchoolYear | None:
    """The latest school year in whose groups pupils of this school are."""
    rows = held_enrolments().filter(pupil__location=location, ends_on=None)
    last = rows.order_by("-group__year").select_related("group").first()
    return last.group.year if last else None  # type: ignore[return-value]


def is_first_file(location: Location, year: SchoolYear) -> bool:
    """Whether nobody is in a group of this school and year yet."""
    rows = held_enrolments().filter(group__location=location, group__year=year)
    return not rows.exists()
