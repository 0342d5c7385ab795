"""The shelves of the demo: real titles that every library of the story has, and copies at each school and child care."""

from __future__ import annotations

import random
from datetime import date, timedelta

from leesbouw.core.access import SYSTEM
from leesbouw.core.db import in_chunks
from leesbouw.core.story import Story, Tell, part
from leesbouw.organisations.enums import Sector
from leesbouw.organisations.models import Library, Location, LocationYear, Partnership

from .actions import CopyRow, save_copies, save_titles
from .domain import TitleFacts
from .enums import AgeBand, Owner, Part, TitleSource

BANDS = {
    Sector.CHILDCARE: {AgeBand.AP},
    Sector.VO: {AgeBand.B, AgeBand.C},
    Sector.PRO: {AgeBand.B, AgeBand.C},
}
FOR_CHILDREN = {AgeBand.AP, AgeBand.A, AgeBand.B, AgeBand.C}
SHELVES = ("A1", "A2", "B1", "B2", "B3", "C1")
PER_PUPIL = 1.2  # of the books whose titles the story knows; a real shelf holds five to eight
SMALLEST, LARGEST = 40, 320  # copies at one place
AT_ONCE = 2000


@part("books", after=("people",))
def fill(story: Story, tell: Tell) -> None:
    libraries = list(Library.objects.filter(pk__in=Partnership.objects.values("library")).order_by("pk"))
    for number, library in enumerate(libraries):
        rows = story.lists["books"]
        titles = save_titles(
            [(None, _facts(row)) for row in rows], library_id=library.pk, source=TitleSource.FILE, by=SYSTEM
        )
        bands = [str(row["age_band"]) for row in rows]
        copies = [copy for place in _places(library) for copy in _shelf(story, place, titles, bands)]
        for chunk in in_chunks(copies, AT_ONCE):
            save_copies(chunk, library_id=library.pk, by=SYSTEM)
        tell(number + 1, len(libraries))


def _facts(row: dict[str, object]) -> TitleFacts:
    return TitleFacts(
        title=str(row["title"]),
        authors=tuple(row["authors"]),  # type: ignore[arg-type]
        kind=str(row["kind"]),
        age_band=str(row["age_band"]),
        published=int(str(row["published"])),
        series=str(row.get("series", "")),
        series_part=str(row.get("part", "")),
        themes=tuple(row.get("themes", ())),  # type: ignore[arg-type]
    )


def _places(library: Library) -> list[Location]:
    """Where books of the library stand: each place once, at the library that worked with it first."""
    mine = Partnership.objects.filter(library=library).values("location")
    return list(Location.objects.filter(pk__in=mine, closed_on=None).order_by("pk"))


def _shelf(story: Story, place: Location, titles: list[int], bands: list[str]) -> list[CopyRow]:
    """Copies that fit the children of a place; a third of them is the school's own."""
    dice = random.Random(f"shelf {place.code}")
    wanted = BANDS.get(Sector(place.sector), FOR_CHILDREN)
    fitting = [pk for pk, band in zip(titles, bands, strict=True) if band in wanted]
    counted = LocationYear.objects.filter(location=place).order_by("-year").first()
    pupils = (counted.pupils if counted else None) or 30
    number = min(max(int(pupils * PER_PUPIL), SMALLEST), LARGEST)
    return [
        CopyRow(
            dice.choice(fitting),
            location_id=place.pk,
            owner=Owner.SCHOOL if dice.random() < 1 / 3 else Owner.LIBRARY,
            part=dice.choices((Part.STANDARD, Part.TAILORED, Part.ROTATING), (7, 2, 1))[0],
            place=f"kast {dice.choice(SHELVES)}",
            acquired_on=_day(story.today, dice),
        )
        for _each in range(number)
    ]


def _day(today: date, dice: random.Random) -> date:
    """Most books came in the last years, some are old."""
    return today - timedelta(days=int(dice.triangular(10, 365 * 9, 400)))
