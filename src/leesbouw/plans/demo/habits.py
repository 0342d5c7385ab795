"""What groups of the demo do every week, and what each school puts in itself."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from leesbouw.core.access import SYSTEM
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.enums import Sector
from leesbouw.organisations.models import Location

from ..actions import Minutes, SideRow, set_own_side, set_structural
from ..enums import Habit
from ..queries import groups_in_plan


def tell_habits(location: Location, year: SchoolYear, chance: Random) -> None:
    minutes = {}
    for group in groups_in_plan(location):
        for habit, agreed in ((Habit.FREE, 75), (Habit.ALOUD, 60), (Habit.TALK, 20)):
            real = chance.choice((agreed, agreed, agreed - 15, None))
            minutes[group, habit] = Minutes(agreed, real)
    set_structural(unit=location, year=year, minutes=minutes, by=SYSTEM)
    if Sector(location.sector) != Sector.CHILDCARE:
        hours, team = Decimal(chance.choice((1, 2, 3))), chance.choice((3, 4, 6))
        row = SideRow(
            1, hours, chance.choice((0, 1)), chance.random() < 0.4, team, 1, chance.choice((4, 7, 9))
        )
        set_own_side(unit=location, year=year, row=row, by=SYSTEM)
