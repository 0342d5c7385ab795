"""Three schools on their way to the next year: one is done, one is half-way, the others have not begun."""

from __future__ import annotations

from leesbouw.core.access import SYSTEM
from leesbouw.core.story import Story, Tell, part
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.actions import (
    NextGroupRow,
    begin_transition,
    finish_transition,
    take_over_groups,
)
from leesbouw.organisations.models import Location
from leesbouw.organisations.queries import group_offers, year_of_season

from ..actions import TeacherRow, set_year_teachers
from ..queries import contacts_at, teacher_offers

DONE, HALF_WAY = "99AB00", "99AA00"


@part("transition", after=("people",))
def demo_transition(story: Story, tell: Tell) -> None:
    """In season the year that the season is about, else the next one; the pupils come from their own room."""
    year = year_of_season(story.today)
    if year is None or year == SchoolYear.of(story.today):
        year = SchoolYear.of(story.today).next
    for done, code in enumerate((HALF_WAY, DONE), 1):
        location = Location.objects.filter(code=code).first()
        if location is not None:
            _tell(location, year, whole=code == DONE)
            story.made["transitions"][code] = year
        tell(done, 2)


def _tell(location: Location, year: SchoolYear, *, whole: bool) -> None:
    transition = begin_transition(location=location, year=year, by=SYSTEM)
    rows = [
        NextGroupRow(offer.name, offer.year_groups, offer.follows, offer.id)
        for offer in group_offers(SYSTEM, location, year)
    ]
    take_over_groups(rows, location=location, year=year, by=SYSTEM)
    if not whole:
        return
    offers = teacher_offers(SYSTEM, location, year, contacts_at(SYSTEM, location.pk))
    set_year_teachers(
        {offer.group.pk: [TeacherRow(pk, days) for pk, days in offer.teachers] for offer in offers},
        location=location,
        year=year,
        by=SYSTEM,
    )
    finish_transition(transition=transition, by=SYSTEM)
