"""Who teaches which group: as told for the small demo, made from the pool of names for the other locations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from math import gcd

from leesbouw.core.access import SYSTEM
from leesbouw.core.story import YEARS, Row, Story

from ..actions import ContactRow, GroupChange, TeacherRow, save_contacts, set_teachers

FUNCTIONS = {"ko": "childcare_worker", "vo": "subject_teacher", "pro": "subject_teacher"}  # others: teacher
WHOLE_WEEK = (1, 2, 3, 4, 5)
DUOS = (((1, 2, 3), (3, 4, 5)), ((1, 2), (3, 4, 5)), ((1, 2, 3), (4, 5)))
EVERY_THIRD = 3  # groups have duo partners
LOWER_YEARS = {
    1,
    2,
}  # of secondary schools we know the mentors of these: they are who the programme works with


def make_teachers(story: Story) -> None:
    people, groups = story.made["people"], story.made["groups"]
    set_teachers(
        [
            GroupChange(
                group=groups[row["location"], row["year"], row["group"]],
                rows=[TeacherRow(people[one["contact"]].pk, tuple(one["days"])) for one in row["teachers"]],
                starts_on=story.year(row["year"]).starts_on,
            )
            for row in told_rows(story) + made_rows(story)
        ],
        by=SYSTEM,
    )


def told_rows(story: Story) -> list[Row]:
    return story.rows("group_teachers")


def made_rows(story: Story) -> list[Row]:
    """Rows as the story would tell them, for every location that it does not; their teachers become contacts."""
    told = {row["location"] for row in told_rows(story)}
    taken = {plain(row["name"]) for name in ("staff", "contacts", "users") for row in story.lists[name]}
    names = fresh_names(story.lists["first"], story.lists["last"], taken)
    rows: list[Row] = []
    for place in story.rows("locations"):
        if place["code"] not in told:
            rows += _teachers_of(story, place, names)
    return rows


def _teachers_of(story: Story, place: Row, names: Iterator[str]) -> list[Row]:
    """A group keeps its teachers from year to year, but one of them is new: the first group of this year's second half."""
    rows, contacts = [], {}
    for year in YEARS:
        groups = [name for name in place["groups"].get(year, ()) if _is_told(place["sector"], name)]
        for number, group in enumerate(groups):
            newcomer = year == YEARS[-1] and len(groups) > 3 and number == len(groups) // 2
            if group not in contacts or newcomer:
                size = 2 if number % EVERY_THIRD == 1 and not newcomer else 1
                contacts[group] = [next(names) for _teacher in range(size)]
            days = DUOS[number % len(DUOS)] if len(contacts[group]) == 2 else (WHOLE_WEEK,)
            teachers = [
                {"contact": name, "days": day} for name, day in zip(contacts[group], days, strict=True)
            ]
            rows.append({"location": place["code"], "year": year, "group": group, "teachers": teachers})
    _make_contacts(story, place, rows)
    return rows


def _is_told(sector: str, group: str) -> bool:
    return sector != "vo" or bool({int(digit) for digit in re.findall(r"\d", group)} & LOWER_YEARS)


def _make_contacts(story: Story, place: Row, rows: Sequence[Row]) -> None:
    """Everybody in the rows, from her first year on; who teaches no group this year left when last year ended."""
    years: dict[str, list[str]] = {}
    for row in rows:
        for teacher in row["teachers"]:
            years.setdefault(teacher["contact"], []).append(row["year"])
    units = story.made["units"]
    saved = save_contacts(
        [
            ContactRow(
                unit_id=units[place["code"]].pk,
                library_id=story.made["serving"][place["municipality"]].pk,
                name=name,
                function=FUNCTIONS.get(place["sector"], "teacher"),
                level="operational",
                network_roles=("executes",),
                email=f"{plain(name).replace(' ', '.')}@voorbeeld.example",
                starts_on=story.year(taught[0]).starts_on,
                left_on=None if taught[-1] == YEARS[-1] else story.year(taught[-1]).ends_on,
            )
            for name, taught in years.items()
        ],
        by=SYSTEM,
    )
    story.made["people"].update(zip(years, saved, strict=True))


def fresh_names(first: Sequence[str], last: Sequence[str], taken: Collection[str]) -> Iterator[str]:
    """First and last names in turn, every pair once, and none whose plain form is in `taken`.

    >>> list(fresh_names(["Aad", "Bo"], ["Kok", "Mol"], {"bo kok"}))
    ['Aad Kok', 'Bo Mol', 'Aad Mol']
    """
    round_trip = (
        len(first) * len(last) // gcd(len(first), len(last))
    )  # pairs before both begin together again
    for number in range(len(first) * len(last)):
        shift = number // round_trip
        name = f"{first[number % len(first)]} {last[(number + shift) % len(last)]}"
        if plain(name) not in taken:
            yield name


def plain(name: str) -> str:
    """A name without accents, signs and capitals: "Zoë van 't Hof" → "zoe van t hof"."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()
