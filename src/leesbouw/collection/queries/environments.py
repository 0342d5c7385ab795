"""The reading environment of a place: the list, what was answered, and the photos."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from leesbouw.core.access import Actor
from leesbouw.core.content import Body, ContentItem, all_current, content_kinds
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Location

from ..enums import Met
from ..models import Environment, EnvironmentPhoto

LISTS = "reading-environment"


class PointBody(Body):
    """One thing that makes children want to read."""

    code: str
    text: str


class EnvironmentBody(Body):
    sectors: tuple[str, ...]
    items: tuple[PointBody, ...]


content_kinds.add(LISTS, EnvironmentBody)


def environment_list(sector: str) -> ContentItem:
    """The checklist for a kind of school. Raises LookupError where there is none."""
    for item in all_current(LISTS).values():
        if sector in item.body.sectors:
            return item
    raise LookupError(f"no reading environment for {sector!r}")


@dataclass(frozen=True, slots=True)
class Point:
    """A point with what was answered; None while nobody did."""

    body: PointBody
    met: Met | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The environment of a place in a year."""

    item: ContentItem
    row: Environment | None
    points: list[Point]

    @property
    def met(self) -> int:
        return sum(one.met == Met.YES for one in self.points)


def environment_of(actor: Actor, location: Location, year: SchoolYear) -> Surroundings:
    """What was said of a place in a year, point by point."""
    item = environment_list(location.sector)
    row = Environment.objects.visible_to(actor).filter(location=location, year=year).first()
    answers = row.answers if row else {}
    points = [
        Point(one, Met(answers[one.code]) if answers.get(one.code) in Met.values else None)
        for one in item.body.items
    ]
    return Surroundings(item, row, points)


def photos_of(actor: Actor, location: Location, year: SchoolYear) -> QuerySet[EnvironmentPhoto]:
    rows = EnvironmentPhoto.objects.visible_to(actor).filter(location=location, year=year)
    return rows.exclude(file=None).select_related("file")
