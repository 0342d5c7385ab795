"""The shelves of the demo: real titles that every library of the story has, and copies at each school and child care."""

from __future__ import annotations

import random
from datetime import date, timedelta

from leesbouw.core.access import SYSTEM
from leesbouw.core.db import in_chunks
from leesbouw.core.story import Story, Tell, part
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.enums import Sector
from leesbouw.organisations.models import Library, Location, LocationYear, Partnership

from .actions import (
    CopyRow,
    ProvisionRow,
    count_shelves,
    fill_set,
    move_set,
    plan_stay,
    read_barcode,
    save_copies,
    save_set,
    save_titles,
    set_environment,
    set_provision,
    start_stocktake,
)
from .domain import TitleFacts
from .enums import (
    AgeBand,
    CopyReason,
    CopyStatus,
    GoesHome,
    HolderOf,
    LoanSystem,
    Met,
    Owner,
    Part,
    SetKind,
    TitleSource,
)
from .models import Copy
from .queries import environment_list, profiles_of

BANDS = {
    Sector.CHILDCARE: {AgeBand.AP},
    Sector.VO: {AgeBand.B, AgeBand.C},
    Sector.PRO: {AgeBand.B, AgeBand.C},
}
FOR_CHILDREN = {AgeBand.AP, AgeBand.A, AgeBand.B, AgeBand.C}
SHELVES = ("A1", "A2", "B1", "B2", "B3", "C1")
FEWEST, MOST = 2.6, 6.4  # books per pupil: some schools meet the norm, some do not yet
SMALLEST, LARGEST = 40, 1200  # copies at one place
AT_ONCE = 2000
WAYS = (["own"], ["own", "reserve"], ["own", "rotation"], ["class", "reserve"])
PER_SET = 25  # copies
SETS = (
    ("Dierenkist", SetKind.THEME, "dieren", "Van huisdier tot wild dier, om samen te bekijken."),
    ("Avonturenkist", SetKind.THEME, "avontuur", "Verhalen over reizen, schatten en gevaar."),
    ("Wisselkist 1", SetKind.ROTATING, "", "Nieuwe verhalen voor de middenbouw."),
)
TOLD = (  # so many copies of a place are no longer in use, and why
    (6, CopyStatus.WITHDRAWN, CopyReason.OLD),
    (3, CopyStatus.WITHDRAWN, CopyReason.WORN),
    (2, CopyStatus.LOST, CopyReason.NOT_RETURNED),
    (2, CopyStatus.REPAIR, CopyReason.WORN),
)


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
        _agree(story, library)
        _go_round(story, library)
        _count(library)
        tell(number + 1, len(libraries))
    count_shelves(year=SchoolYear.of(story.today), by=SYSTEM)


def _agree(story: Story, library: Library) -> None:
    """Some places are worn, some books gone; most schools said how they are provided with books."""
    for at, place in enumerate(_places(library)):
        dice = random.Random(f"provision {place.code}")
        here = Copy.objects.filter(library=library, location=place).order_by("pk")
        for number, status, reason in TOLD:
            day = story.today - timedelta(days=dice.randrange(20, 300))
            some = list(here.filter(status=CopyStatus.IN_USE).values_list("pk", flat=True)[at : at + number])
            here.filter(pk__in=some).update(status=status, status_reason=reason, status_on=day)
        if at % 4 == 3:
            continue
        profile = next(iter(profiles_of(place.sector)), "")
        home = GoesHome.NOT_YET if at % 5 == 1 and place.sector != Sector.CHILDCARE else GoesHome.YES
        row = ProvisionRow(
            WAYS[at % len(WAYS)],
            owner=(HolderOf.LIBRARY, HolderOf.BOTH)[at % 2],
            manager=HolderOf.LIBRARY,
            responsible=HolderOf.LIBRARY,
            system=LoanSystem.LEESBOUW,
            goes_home=home,
            goes_home_why="Er zijn nog geen tassen voor de boeken." if home == GoesHome.NOT_YET else "",
            review_on=story.today + timedelta(days=120) if home == GoesHome.NOT_YET else None,
            profile=profile,
        )
        set_provision(location=place, row=row, by=SYSTEM)
        points = environment_list(place.sector).body.items
        answers = {one.code: dice.choices(Met.values, (6, 3, 2))[0] for one in points}
        set_environment(location=place, year=SchoolYear.of(story.today), answers=answers, by=SYSTEM)


def _go_round(story: Story, library: Library) -> None:
    """Collections on a theme, promised to schools one after the other; what is somewhere today stands there."""
    places = [one for one in _places(library) if one.sector != Sector.CHILDCARE][:3]
    loose = Copy.objects.filter(library=library, part=Part.ROTATING, book_set=None, status=CopyStatus.IN_USE)
    for at, (name, kind, theme, about) in enumerate(SETS if places else ()):
        one = save_set(library_id=library.pk, name=name, kind=kind, theme=theme, about=about, by=SYSTEM)
        rows = loose.select_related("title").order_by("pk")
        fitting = [row.barcode for row in rows if not theme or theme in row.title.themes]
        codes = fitting[:PER_SET]
        fill_set(book_set=one, barcodes=codes, by=SYSTEM)
        for turn, place in enumerate(places):
            first = story.today + timedelta(days=42 * (turn - at) - 10)
            plan_stay(
                book_set=one,
                location=place,
                starts_on=first,
                ends_on=first + timedelta(days=41),
                by=SYSTEM,
            )
        move_set(book_set=one, location=places[at % len(places)], by=SYSTEM)


def _count(library: Library) -> None:
    """A shelf that somebody is counting: most is read, one book belongs elsewhere."""
    place, *others = _places(library)[:2]
    count = start_stocktake(library_id=library.pk, location=place, place="kast B1", by=SYSTEM)
    copies = Copy.objects.filter(library=library).order_by("pk")
    here = copies.filter(location=place, place=count.place, status=CopyStatus.IN_USE)
    codes = list(here.values_list("barcode", flat=True)[:12])
    if others:
        codes += copies.filter(location=others[0]).values_list("barcode", flat=True)[:1]
    for code in codes:
        read_barcode(stocktake=count, barcode=code, by=SYSTEM)


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
    number = min(max(int(pupils * dice.uniform(FEWEST, MOST)), SMALLEST), LARGEST)
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
