"""The quality cycle on the page of a school: each part from what really happened."""

from __future__ import annotations

from datetime import date

from leesbouw.core.time import SchoolYear
from leesbouw.dashboards.queries.cycle import Turn, cycle_of
from leesbouw.plans.actions import (
    ActivityRow,
    EvaluationRow,
    GoalRow,
    add_activity,
    add_goal,
    approve_plan,
    begin_plan,
    evaluate_goal,
    finish_activity,
    send_plan,
    write_plan,
)
from leesbouw.plans.enums import Decision, GoalKind, PlanKind, Side
from leesbouw.plans.queries import year_glance

YEAR = SchoolYear.running()


def parts(cast) -> list[float]:  # type: ignore[no-untyped-def]
    glance = year_glance(cast.head, cast.a1, YEAR)
    return [one.part for one in cycle_of(glance, None, None).parts]


def test_the_ring_fills_with_what_happens(cast) -> None:
    assert parts(cast) == [0, 0, 0, 0]
    plan = begin_plan(unit=cast.a1, kind=PlanKind.YEAR, year=YEAR, by=cast.head)
    write_plan(plan=plan, year=YEAR, code="begin", text="Goed", by=cast.head)
    assert parts(cast) == [0.5, 0, 0, 0]
    send_plan(plan=plan, year=YEAR, by=cast.head)
    assert parts(cast)[0] == 0.75
    approve_plan(plan=plan, year=YEAR, by=cast.head)
    made = add_activity(unit=cast.a1, year=YEAR, row=ActivityRow("Boekenkring", Side.PARTNER), by=cast.head)
    add_activity(unit=cast.a1, year=YEAR, row=ActivityRow("Voorlezen", Side.LIBRARY), by=cast.head)
    finish_activity(activity=made, by=cast.head)
    assert parts(cast) == [1, 0.5, 0, 0]
    row = GoalRow("Praten", Side.PARTNER, GoalKind.CHANGE, YEAR, evidence="Een foto")
    goal = add_goal(unit=cast.a1, year=YEAR, goal=row, by=cast.head)
    evaluate_goal(goal=goal, year=YEAR, evaluation=EvaluationRow("Goed.", Decision.ANCHOR), by=cast.head)
    assert parts(cast) == [1, 0.5, 0, 1]


def test_what_is_next_is_the_first_that_is_not_done(cast) -> None:
    glance = year_glance(cast.head, cast.a1, YEAR)
    cycle = cycle_of(glance, None, date(2027, 3, 18))
    assert cycle.now.turn is Turn.PLAN
    assert "18 maart" in cycle.parts[3].text


def test_the_page_of_the_school_shows_goals_and_ring(cast, client_for) -> None:
    row = GoalRow("Praten over boeken", Side.PARTNER, GoalKind.CHANGE, YEAR, evidence="Een foto")
    add_goal(unit=cast.a1, year=YEAR, goal=row, by=cast.head)
    page = client_for(cast.consultant).get("/school/99AA00/").content.decode()
    assert "Praten over boeken" in page
    assert 'class="ring"' in page
    assert 'class="ring"' not in client_for(cast.municipality).get("/school/99AA00/").content.decode()
