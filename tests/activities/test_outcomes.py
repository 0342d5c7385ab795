"""What was agreed and what came of it: counted per location, summed for the levels, and where it is stuck."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.activities.actions import (
    HoursRow,
    ReportRow,
    add_hours,
    cancel_visit,
    count_year,
    plan_visit,
    write_reports,
)
from leesbouw.activities.enums import Done, TeachersPart, Work
from leesbouw.activities.queries import (
    agreed_and_reached,
    level_years,
    location_hours,
    outcomes_of,
    where_stuck,
)
from leesbouw.core.access import SYSTEM
from leesbouw.core.time import SchoolYear, today
from leesbouw.indicators.domain.suppression import Place, counting, enough_makers, makers_of
from leesbouw.indicators.enums import Reason
from leesbouw.indicators.queries import Shown, figures
from leesbouw.organisations.models import Location, Partnership
from leesbouw.people.models import StaffMember
from leesbouw.plans.actions import (
    ActivityRow,
    EvaluationRow,
    GoalRow,
    add_activity,
    add_goal,
    begin_plan,
    evaluate_goal,
    finish_activity,
    send_plan,
    write_plan,
)
from leesbouw.plans.domain import Counted
from leesbouw.plans.enums import Audience, Decision, GoalKind, PlanKind, Side
from tests.indicators.cells import SHARE, close, share

from .conftest import at, visit_row

YEAR = SchoolYear.running()


@pytest.fixture(autouse=True)
def in_november(cast, time_machine):  # type: ignore[no-untyped-def]
    time_machine.move_to(f"{YEAR.first}-11-18T09:00:00Z")


def goal_of(cast, where, **more):  # type: ignore[no-untyped-def]
    values = {"kind": GoalKind.CHANGE, "last_year": YEAR, "evidence": "Een foto"} | more
    return add_goal(
        unit=where, year=YEAR, goal=GoalRow("Elke week praten", Side.TOGETHER, **values), by=SYSTEM
    )


def reported(cast, staff, minutes: int = 90, **changes):  # type: ignore[no-untyped-def]
    visit = plan_visit(visit_row(cast, staff, **changes), by=SYSTEM)
    write_reports([(visit, ReportRow(done=Done.YES, minutes=minutes, noticed="Mooi"))], by=SYSTEM)
    return visit


def test_every_number_of_a_location(cast, staff) -> None:
    goal = goal_of(cast, cast.a1)
    goal_of(cast, cast.a1)
    evaluate_goal(goal=goal, year=YEAR, evaluation=EvaluationRow("Goed", Decision.ANCHOR), by=SYSTEM)
    row = ActivityRow("Boekenkring", Side.LIBRARY, hours=Decimal("4.5"), goal_id=goal.pk)
    finish_activity(activity=add_activity(unit=cast.a1, year=YEAR, row=row, by=SYSTEM), by=SYSTEM)
    add_activity(unit=cast.a1, year=YEAR, row=replace(row, hours=Decimal(2)), by=SYSTEM)
    reported(cast, staff, part=TeachersPart.TOGETHER)
    plan_visit(visit_row(cast, staff, part=TeachersPart.NONE), by=SYSTEM)
    cancel_visit(visit=plan_visit(visit_row(cast, staff), by=SYSTEM), reason="Ziek", by=SYSTEM)
    ahead = visit_row(cast, staff, starts_at=at(9, days=3), ends_at=at(10, days=3))
    plan_visit(ahead, by=SYSTEM)
    hours = HoursRow(staff.daan.pk, cast.library_a.pk, today(), "prepare", 30, unit_id=cast.a1.pk)
    add_hours([hours], by=SYSTEM)
    told = outcomes_of(cast.manager, YEAR)[cast.a1.pk]
    assert {code: number for code, number in told.items() if number} == {
        Counted.GOALS: 2,
        Counted.DESCRIBED: 2,
        Counted.ANCHOR: 1,
        Counted.UNDECIDED: 1,
        Counted.HOURS_AGREED: 50,
        Counted.HOURS_PLANNED: Decimal("6.5"),
        Counted.HOURS_MADE: 2,
        Counted.ACTIVITIES: 2,
        Counted.DONE: 1,
        Counted.VISITS: 2,
        Counted.TOGETHER: 1,
        Counted.TEACHER_AWAY: 1,
    }
    assert set(outcomes_of(cast.manager, YEAR)) == {cast.a1.pk, cast.k1.pk}
    assert set(outcomes_of(cast.other_library, YEAR)) == {cast.b1.pk}
    assert outcomes_of(cast.municipality, YEAR) == {}


@pytest.mark.parametrize(
    ("before", "after", "target", "stands"),
    [
        (60, 80, 70, Counted.REACHED),
        (30, 60, 90, Counted.CLOSER),
        (60, 62, 70, Counted.CHANCE),
        (60, 30, 70, Counted.BACK),
        (60, None, 70, Counted.UNMEASURED),
    ],
)
def test_how_a_measured_goal_counts(cast, before, after, target, stands) -> None:
    close(cast.a1, share(before, 100), year=YEAR.previous)
    kind = {"kind": GoalKind.MEASURED, "measure": SHARE, "target": target, "evidence": ""}
    goal = goal_of(cast, cast.a1, **kind)
    if after:
        close(cast.a1, share(after, 100), year=YEAR)
    told = outcomes_of(cast.manager, YEAR)[cast.a1.pk]
    assert (told[stands], told[Counted.UNDECIDED]) == (1, 1)
    evaluate_goal(goal=goal, year=YEAR, evaluation=EvaluationRow("", Decision.STOP), by=SYSTEM)
    close(cast.a1, share(10, 100), year=YEAR)  # what comes later changes no evaluation
    told = outcomes_of(cast.manager, YEAR)[cast.a1.pk]
    assert (told[stands], told[Counted.STOP], told[Counted.UNDECIDED]) == (1, 1, 0)


def test_a_municipality_reads_sums_of_two_and_nothing_of_one(cast) -> None:
    goal_of(cast, cast.a1)
    goal_of(cast, cast.k1)
    assert count_year(year=YEAR, by=SYSTEM) == 3
    level = level_years(cast.municipality, cast.elzen, YEAR)
    assert level.sums is not None
    assert (level.sums[Counted.GOALS], level.sums[Counted.HOURS_AGREED], level.locations) == (2, 100, 2)
    assert level.years == [YEAR]
    alone = level_years(SYSTEM, cast.berken, YEAR)
    assert (alone.sums, alone.reason) == (None, Reason.FEW_LOCATIONS)
    assert level_years(cast.outsider, cast.elzen, YEAR).sums is None


def test_hours_of_one_consultant_are_no_sum_of_a_municipality(cast, staff, client_for) -> None:
    """Also where she worked at two schools; another colleague makes it a sum of people."""
    reported(cast, staff, unit_id=cast.a1.pk)
    reported(cast, staff, unit_id=cast.k1.pk)
    count_year(year=YEAR, by=SYSTEM)
    level = level_years(cast.municipality, cast.elzen, YEAR)
    assert level.sums is not None
    assert Counted.HOURS_MADE not in level.sums
    assert level.hidden == {Counted.HOURS_MADE: Reason.FEW_MAKERS}
    assert level.sums[Counted.VISITS] == 2
    page = client_for(cast.municipality).get("/gemeente/9901/terugblik/").content.decode()
    assert "Te weinig mensen werkten hieraan om het te laten zien." in page
    assert agreed_and_reached(level.sums)[1].endswith("te laten zien.")
    library = figures(SYSTEM, Counted.HOURS_MADE, [cast.library_a, cast.province], [YEAR])
    assert not any(isinstance(one.result, Shown) for one in library)

    other = StaffMember(library=cast.library_a, name="Bo", functions=["reading-consultant"])
    other.save()
    entry = HoursRow(other.pk, cast.library_a.pk, today(), Work.PREPARATION, 60, unit_id=cast.a1.pk)
    add_hours([entry], by=SYSTEM)
    count_year(year=YEAR, by=SYSTEM)
    level = level_years(cast.municipality, cast.elzen, YEAR)
    assert (level.sums[Counted.HOURS_MADE], level.hidden) == (4, {})


@given(st.dictionaries(st.integers(1, 9), st.frozensets(st.integers(0, 3), max_size=3)), st.integers(0, 3))
def test_what_counts_above_the_school_is_the_work_of_enough_people(made_by, fewest) -> None:
    places = {one: Place(one, one % 3, None, None, 1, 1) for one in range(1, 10)}
    kept = counting(places, made_by, fewest)
    for town in range(3):
        of_town = {one for one in places if one % 3 == town}
        whose = makers_of(of_town, made_by)
        assert of_town <= kept if enough_makers(whose, fewest) else not of_town & kept


def test_counting_again_writes_only_what_changed(cast) -> None:
    count_year(year=YEAR, by=SYSTEM)
    assert count_year(year=YEAR, by=SYSTEM) == 0
    goal_of(cast, cast.a1)
    assert count_year(year=YEAR, by=SYSTEM) == 1
    level = level_years(cast.municipality, cast.elzen, YEAR)
    assert level.sums is not None
    assert level.sums[Counted.GOALS] == 1


def stuck_of(cast, by):  # type: ignore[no-untyped-def]
    told = outcomes_of(by, YEAR)
    found = where_stuck(by, Location.objects.in_bulk(told), told, YEAR)
    return {str(kind.title): [line.unit.name for line in kind.lines] for kind in found}


def test_where_it_is_stuck(cast, staff) -> None:
    goal_of(cast, cast.a1)
    plan = begin_plan(unit=cast.a1, kind=PlanKind.YEAR, year=YEAR, by=SYSTEM)
    write_plan(plan=plan, year=YEAR, code="begin", text="Goed", by=SYSTEM)
    send_plan(plan=plan, year=YEAR, by=SYSTEM)
    Partnership.objects.filter(pk=cast.with_k1.pk).update(hours_per_year=None)
    assert stuck_of(cast, cast.manager) == {
        "Zonder doelen": ["Pinkeltje"],
        "Een plan dat wacht op akkoord": ["De Regenboog"],
        "Een doel zonder activiteit": ["De Regenboog"],
        "Uren ver van de afspraak": ["De Regenboog"],
    }
    assert "Uren ver van de afspraak" not in stuck_of(cast, cast.consultant)


def test_what_was_agreed_then_counts_then(cast) -> None:
    Partnership.objects.filter(pk=cast.with_a1.pk).update(hours_per_year=80)
    cast.with_a1.decisions.create(
        kind="intensify", decided_on=date(YEAR.first, 9, 1), hours_per_year=80, reason=""
    )
    cast.with_a1.decisions.create(
        kind="continue", decided_on=date(YEAR.first - 1, 9, 1), hours_per_year=50, reason=""
    )
    assert outcomes_of(cast.manager, YEAR)[cast.a1.pk][Counted.HOURS_AGREED] == 80
    assert outcomes_of(cast.manager, YEAR.previous)[cast.a1.pk][Counted.HOURS_AGREED] == 50


def test_hours_of_a_location_by_colleague_and_goal(cast, staff) -> None:
    goal = goal_of(cast, cast.a1)
    row = ActivityRow("Boekenkring", Side.LIBRARY, hours=Decimal(4), times=2, goal_id=goal.pk)
    activity = add_activity(unit=cast.a1, year=YEAR, row=row, by=SYSTEM)
    reported(cast, staff, activity_id=activity.pk, part=TeachersPart.ALONE)
    reported(cast, staff, 30, staff_id=staff.daan.pk, audience=Audience.TEACHERS, part=TeachersPart.NONE)
    page = location_hours(cast.manager, cast.a1, YEAR)
    assert page.tally is not None
    assert (page.tally.budget, page.tally.planned, page.tally.done) == (50, 2, 2)
    assert [(one.name, one.agreed, one.made) for one in page.colleagues] == [
        ("Daan", None, Decimal("0.5")),
        ("Ria", 50, Decimal("1.5")),
    ]
    assert [(one.goal, one.planned, one.made) for one in page.goals] == [
        (goal, 4, Decimal("1.5")),
        (None, 0, Decimal("0.5")),
    ]
    assert page.visited.active == 0.5
    assert [line.total for line in page.visited.lines] == [1, 1]


def test_a_consultant_and_a_school_see_no_hours_of_others(cast, staff) -> None:
    reported(cast, staff)
    for actor in (cast.consultant, cast.head):
        page = location_hours(actor, cast.a1, YEAR)
        assert (page.tally, list(page.colleagues)) == (None, [])
        assert page.agreed == 50
        assert [line.total for line in page.visited.lines] == [1]
