"""The demo's pupils: three years of them at every school with a processing agreement, and what parents said."""

from __future__ import annotations

from datetime import timedelta

from leesbouw.core.access import SYSTEM
from leesbouw.core.story import YEARS, Row, Story, Tell, part
from leesbouw.organisations.demo.places import groups_in, year_groups
from leesbouw.organisations.models import Location
from leesbouw.organisations.queries import agreements_on

from ..actions import PupilRow, choose_birth_years, leave_pupils, put_pupils
from .cohorts import Made, children_of
from .parents import make_answers, make_requests

__all__ = ["fill"]

AGE_BANDS = "99AC00"  # this school keeps the years of birth
FIRST_YEAR_AGE = {"vo": 12, "pro": 12}  # in the first year; of other sectors the age in group 1


@part("pupils", after=("people",))
def fill(story: Story, tell: Tell) -> None:
    """School by school, then answers and requests. `story.made["pupils"]`: code of the school → its children with
    their ids, those who are there and those who left."""
    rows = [row for row in story.rows("locations") if "pupils" in row]
    units = story.made["units"]
    held = agreements_on([units[row["code"]].pk for row in rows], story.today)
    rows = [row for row in rows if units[row["code"]].pk in held]
    for done, row in enumerate(rows, 1):
        location = units[row["code"]]
        if row["code"] == AGE_BANDS:
            choose_birth_years(location=location, keep=True, by=SYSTEM)
        children = children_of(
            row,
            done,
            story.lists["pupil_names"],
            lambda year, row=row: groups_in(row, year),  # type: ignore[misc]
            year_groups,
        )
        story.made["pupils"][row["code"]] = _put(story, row, location, children)
        tell(done, len(rows) + 1)
    make_answers(story)
    make_requests(story)
    tell(1, 1)


def _put(story: Story, row: Row, location: Location, children: list[Made]) -> dict[int, Made]:
    """Year by year, as three files of the school would have done it; who left does so last."""
    ids: dict[str, int] = {}
    for year in YEARS:
        starts_on = story.year(year).starts_on
        present = [
            child
            for child in children
            if year in child.places and story.today - timedelta(days=child.days_gone) >= starts_on
        ]
        rows = [
            PupilRow(
                id=ids.get(child.key),
                first_name=child.first_name,
                infix=child.infix,
                last_name=child.last_name,
                key=child.key,
                eck_id=child.eck_id,
                birth_year=_birth_year(story, row, child),
                group_id=story.made["groups"][row["code"], year, child.places[year].group].pk,
                year_group=child.places[year].year_group,
                starts_on=starts_on,
            )
            for child in present
        ]
        ids |= {
            child.key: pk
            for child, pk in zip(present, put_pupils(rows, location=location, by=SYSTEM), strict=True)
        }
    for days in sorted({child.days_gone for child in children} - {0}):
        gone = [ids[child.key] for child in children if child.days_gone == days]
        leave_pupils(gone, left_on=story.today - timedelta(days=days), location=location, by=SYSTEM)
    return {ids[child.key]: child for child in children}


def _birth_year(story: Story, row: Row, child: Made) -> int | None:
    if row["code"] != AGE_BANDS:
        return None
    year, place = list(child.places.items())[-1]
    age = FIRST_YEAR_AGE.get(row["sector"], 4) + place.year_group - 1
    return story.year(year).first - age - int(child.key) % 2
