"""What a school says it does itself for a learning goal."""

from __future__ import annotations

from collections.abc import Collection

from leesbouw.core.access import Actor, NotAllowed
from leesbouw.core.audit import record
from leesbouw.core.db import hold_row, write_transaction
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Location, Unit

from ..models import LearningMark
from ..permissions import VIEW_PLANS
from ..queries import learning_goals, marked_ours, may_mark_learning


def mark_learning(
    *, unit: Location, year: SchoolYear, ours: Collection[tuple[str, int]], by: Actor
) -> set[tuple[str, int]]:
    """Says in full which learning goals a school does itself, in which year groups; gives them back. What was marked
    before keeps its name and day. A pair that there is no learning goal for is left out.

    Raises NotAllowed for who does not work at the school or with its plans, and for a year that is over.
    """
    if by.kind != "system" and not may_mark_learning(by, unit, year):
        raise NotAllowed(VIEW_PLANS)
    goals = learning_goals(unit.sector)
    wanted = {(goal, group) for goal, group in ours if goal in goals and group in goals[goal].groups}
    with write_transaction():
        hold_row(Unit, unit.pk)
        there = marked_ours(by, unit, year)
        rows = LearningMark.objects.visible_to(by).filter(unit=unit.pk, year=year)
        for goal, group in there - wanted:
            rows.filter(goal=goal, group=group).delete()
        LearningMark.objects.bulk_create(
            LearningMark(
                unit_id=unit.pk, year=year, goal=goal, group=group, marked_by_id=by.user_id, marked_by=by.name
            )
            for goal, group in sorted(wanted - there)
        )
        if wanted != there:
            data = {"year": str(year)}
            count = len(wanted ^ there)
            record(by=by, verb="plans.mark_learning", subject=unit, unit_id=unit.pk, count=count, data=data)
        return wanted
