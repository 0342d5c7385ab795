"""Visits week by week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from leesbouw.core.access import Actor
from leesbouw.core.time import today
from leesbouw.organisations.enums import UnitKind
from leesbouw.people.models import StaffMember
from leesbouw.people.queries import my_staff_ids, staff_today

from ..domain import monday_of, week_code, week_of
from ..models import Visit
from .visits import visits_between

ALL, MINE = "allen", "mij"


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    visits: list[Visit]

    @property
    def is_today(self) -> bool:
        return self.on == today()


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days, the weekend only when something happens there, with whose visits they are."""

    monday: date
    days: list[Day]
    who: str
    colleagues: list[StaffMember]

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def previous(self) -> str:
        return week_code(self.monday - timedelta(days=7))

    @property
    def next(self) -> str:
        return week_code(self.monday + timedelta(days=7))

    @property
    def code(self) -> str:
        return week_code(self.monday)

    @property
    def is_this_week(self) -> bool:
        return self.monday == monday_of(today())

    @property
    def count(self) -> int:
        return sum(not visit.is_cancelled for day in self.days for visit in day.visits)  # type: ignore[attr-defined]

    @property
    def is_all(self) -> bool:
        return self.who == ALL


def week_page(actor: Actor, wish: str, who: str) -> Week:
    """The week that an address names, else this one; of the actor, a colleague or everybody.

    Somebody of a location sees everybody who comes there.
    """
    monday = week_of(wish) or monday_of(today())
    rows = visits_between(actor, monday, monday + timedelta(days=6))
    colleagues: list[StaffMember] = []
    if actor.unit_kind == UnitKind.LOCATION:
        who = ALL
    else:
        colleagues = list(staff_today(actor))
        mine = my_staff_ids(actor)
        others = {str(one.pk) for one in colleagues}
        who = who if who == ALL or who in others else MINE if mine else ALL
        if who != ALL:
            rows = rows.filter(staff__in=mine if who == MINE else [int(who)])
    visits = list(rows)
    days = [
        Day(day, [visit for visit in visits if visit.day == day])
        for day in (monday + timedelta(days=number) for number in range(7))
    ]
    return Week(monday, [day for day in days if day.visits or day.on.weekday() < 5], who, colleagues)
