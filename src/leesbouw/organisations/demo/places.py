"""Locations, their numbers in three school years, and their groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from leesbouw.core.access import SYSTEM
from leesbouw.core.story import YEARS, Row, Story

from ..actions import GroupRow, LocationRow, YearRow, put_locations, save_groups, write_location_years
from ..models import Location

COUNTED = "Leerlingtelling 1 oktober (verzonnen)"
EXPECTED = "Verwachting van de school (verzonnen)"


def make_locations(story: Story) -> None:
    rows = story.rows("locations")
    put_locations(
        [
            LocationRow(
                code=row["code"],
                sector=row["sector"],
                name=row["name"],
                municipality=row["municipality"],
                board=row["board"],
                street=row["street"],
                postcode=row["postcode"],
                town=row["town"],
                website=row["website"],
                denomination=row.get("denomination"),
                places=row.get("places"),
            )
            for row in rows
        ],
        by=SYSTEM,
        index=False,
    )
    codes = [row["code"] for row in rows]
    story.made["units"].update({place.code: place for place in Location.objects.filter(code__in=codes)})


def make_years(story: Story) -> None:
    """Whose each location was in each year, with its pupils; before 1 October the running year is an expectation."""
    for name in YEARS:
        year = story.year(name)
        first_of_october = date(year.first, 10, 1)
        counted = first_of_october <= story.today
        write_location_years(
            [
                _year_row(story.made["units"][row["code"]], row, name, first_of_october if counted else None)
                for row in story.rows("locations")
            ],
            year=year,
            source=COUNTED if counted else EXPECTED,
            by=SYSTEM,
        )


def _year_row(location: Location, row: Row, year: str, counted_on: date | None) -> YearRow:
    numbers = row.get("pupils", {}).get(year)
    if numbers is None:  # child care has places, no year groups
        return YearRow(location.pk)
    by_year_group = {str(number): pupils for number, pupils in enumerate(numbers, 1)}
    return YearRow(location.pk, pupils=sum(numbers), by_year_group=by_year_group, counted_on=counted_on)


def make_groups(story: Story, row: Row) -> None:
    """The groups of a location, year by year, each following the one it was."""
    location, last = story.made["units"][row["code"]], ()
    for year in YEARS:
        names = groups_in(row, year)
        if names:
            groups = [GroupRow(name, year_groups(name), follows(name, last)) for name in names]
            saved = save_groups(groups, location=location, year=story.year(year), by=SYSTEM)
            story.made["groups"].update({(row["code"], year, name): group for name, group in saved.items()})
        last = names


def groups_in(row: Row, year: str) -> Sequence[str]:
    """The names of a location's groups in a year; what is not told of the first year was as in the second."""
    groups = row["groups"]
    return groups.get(year) or (groups.get(YEARS[1], ()) if year == YEARS[0] else ())


@cache
def year_groups(name: str) -> tuple[int, ...]:
    """The digits in a group's name: "1/2a" → (1, 2), "Vlinders" → ()."""
    return tuple(sorted({int(digit) for digit in re.findall(r"\d", name)}))


def follows(name: str, last: Iterable[str]) -> str:
    """The group of last year in which most of these children were; empty when they were in none.

    A name without digits and a combination group go on under their own name; else it is the group a year lower, with
    the same letter where there is one: "4b" was "3b", "3" was "1/2a".
    """
    mine, known = year_groups(name), list(last)
    if len(mine) != 1:
        return name if name in known else ""
    lower = [other for other in known if mine[0] - 1 in year_groups(other)]
    same_letter = [other for other in lower if _letter(other) == _letter(name)]
    return next(iter(same_letter or lower), "")


def _letter(name: str) -> str:
    return re.sub(r"[\d/]", "", name)
