"""The pupils that a file is held against: those of the school, and of schools that were merged with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Q

from leesbouw.core.access import GuardedQuerySet
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.models import Location
from leesbouw.pupils.domain import full_name
from leesbouw.pupils.models import Enrolment, Pupil, RefusedKey


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
    rows = list(held_pupils().filter(location__in=places).select_related("location"))
    enrolments = held_enrolments().filter(pupil__in=[row.pk for row in rows])
    last = {each.pupil_id: each for each in enrolments.select_related("group").order_by("starts_on", "pk")}
    day = today()
    found = {}
    for row in rows:
        enrolment = last.get(row.pk)
        found[row.pk] = KnownPupil(
            id=row.pk,
            location_id=row.location_id,
            school=row.location.name,
            key=row.key,
            eck_id=row.eck_id,
            first_name=row.first_name,
            infix=row.infix,
            last_name=row.last_name,
            birth_year=row.birth_year,
            left_on=row.left_on.isoformat() if row.left_on else None,
            has_left=row.left_on is not None and row.left_on < max(day, year.starts_on),
            is_elsewhere=row.location_id != location.pk,
            group=enrolment.group.name if enrolment else "",
            year_group=enrolment.year_group if enrolment else None,
            in_year=enrolment is not None and enrolment.group.year == year,
        )
    return found


def fingerprint(location: Location, merged: Iterable[str] = ()) -> str:
    """The same as long as none of these pupils came, changed, left or was erased."""
    places = _places(location, merged)
    rows = held_pupils().filter(location__in=places).order_by("pk").values_list("pk", "version")
    refused = RefusedKey.objects.filter(location=location).count()
    return sha256(repr((list(rows), refused)).encode()).hexdigest()


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
