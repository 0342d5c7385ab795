"""A running round of library A, with schools of the cast that take part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from leesbouw.core.access import SYSTEM
from leesbouw.core.time import SchoolYear, today
from leesbouw.monitor.models import Participation, Round
from leesbouw.organisations.actions import GroupRow, save_groups
from leesbouw.organisations.models import ClassGroup

LISTS = {
    "po": {"pupil": "po-pupil@1", "teacher": "po-teacher@1", "consultant": "po-consultant@1"},
    "vo": {"pupil": "vo-pupil@1", "teacher": "vo-teacher@1", "consultant": "vo-consultant@1"},
    "ko": {
        "worker": "childcare-worker@1",
        "coordinator": "childcare-coordinator@1",
        "library": "childcare-library@1",
    },
}


@dataclass
class Running:
    """A round that is open today, a school in it, and its groups by name."""

    round: Round
    participation: Participation
    groups: dict[str, ClassGroup]


def running_round(cast: Any, *, kind: str = "po", location: Any = None, **values: Any) -> Running:
    """A round that opened ten days ago and closes in thirty; De Regenboog said yes."""
    year, day = SchoolYear.running(), today()
    told = {
        "library": cast.library_a,
        "kind": kind,
        "year": year,
        "prepare_on": day - timedelta(days=40),
        "opens_on": day - timedelta(days=10),
        "closes_on": day + timedelta(days=30),
        "report_on": day + timedelta(days=60),
        "opened_on": day - timedelta(days=10),
        "questionnaires": LISTS[kind],
        "modules": ["school-library"],
    }
    row = Round.objects.create(**(told | values))
    location = location or cast.a1
    taking_part = Participation.objects.create(round=row, location=location, authorised_on=day)
    groups: dict[str, ClassGroup] = {}
    if kind == "po":
        rows = [GroupRow("3", (3,)), GroupRow("6", (6,)), GroupRow("7/8", (7, 8))]
        groups = save_groups(rows, location=location, year=year, by=SYSTEM)
    return Running(row, taking_part, groups)
