"""The demo's children: what a few of them think of books, want to read and tip to their class."""

from __future__ import annotations

import random

from leesbouw.collection.enums import AgeBand, CopyStatus
from leesbouw.collection.models import Copy
from leesbouw.core.story import Story, Tell, part
from leesbouw.core.time import on_day, today
from leesbouw.organisations.models import ClassGroup
from leesbouw.pupils.models import ClassSession, Enrolment
from leesbouw.pupils.queries.classes import Child, child_actor

from . import actions
from .domain import suits
from .enums import Feeling, Phrase, Place

SCHOOL = "99AA00"  # where the teacher of the story works
OWN_WORDS = (
    "De tekeningen zijn grappig en het is niet te moeilijk.",
    "Ik wilde steeds weten hoe het afloopt!",
    "Je moet wel even doorlezen, dan wordt het leuk.",
)


@part("shelf", after=("books", "pupils"))
def fill(story: Story, tell: Tell) -> None:
    """In each group of one school a handful of children; some own words wait for the teacher, some a tip is there."""
    location = story.made["units"][SCHOOL]
    groups = list(ClassGroup.objects.filter(location=location, year=story.year("Y0")).order_by("name", "pk"))
    rows = Copy.objects.filter(location=location, status=CopyStatus.IN_USE).order_by("title")
    titles = list(rows.values_list("title", "title__age_band").distinct())
    for done, group in enumerate(groups, 1):
        chance = random.Random(f"shelf {group.name}")
        for number, child in enumerate(_children(group)[:8]):
            fitting = [
                pk for pk, band in titles if suits(band, young=child.is_young) and _is_old(band, child)
            ]
            _tell_of(child, number, chance.sample(fitting, min(4, len(fitting))), chance)
        tell(done, len(groups))


def _is_old(band: str, child: Child) -> bool:
    """Picture books are for the young."""
    return child.is_young or band != AgeBand.AP


def _children(group: ClassGroup) -> list[Child]:
    rows = (
        Enrolment.objects.trusted("the demo's children")
        .filter(on_day(today()), group=group)
        .order_by("pupil")
    )
    session = ClassSession(group=group)
    return [
        Child(child_actor(session, row.pupil), row.pupil, session, row.year_group)
        for row in rows.select_related("pupil__location")
    ]


def _tell_of(child: Child, number: int, titles: list[int], chance: random.Random) -> None:
    if len(titles) < 4:
        return
    actions.feel(child=child, title_id=titles[0], feeling=chance.choice(Feeling.values))
    actions.put_on_list(child=child, title_id=titles[1], place=Place.WANT)
    if number % 3 == 0:
        actions.give_tip(child=child, title_id=titles[2], phrase=chance.choice(Phrase.values))
    if number == 1:
        actions.give_tip(child=child, title_id=titles[3], text=chance.choice(OWN_WORDS))
