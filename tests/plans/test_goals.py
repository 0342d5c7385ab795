"""Goals: where they start, how many fit, how they stand, and how they are evaluated and carried on."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.errors import Sentence, Stale
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.actions import YearRow, write_location_years
from leesbouw.organisations.models import Location
from leesbouw.plans.actions import (
    ActivityRow,
    EvaluationRow,
    GoalRow,
    Minutes,
    add_activity,
    add_goal,
    change_activity,
    change_goal,
    continue_goals,
    drop_activities,
    drop_goal,
    evaluate_goal,
    finish_activity,
    set_structural,
    take_back_activities,
    take_back_goal,
)
from leesbouw.plans.domain import Stage
from leesbouw.plans.enums import Decision, GoalKind, Habit, Side
from leesbouw.plans.models import Goal
from leesbouw.plans.queries import (
    activities_of,
    effort_of,
    goal_standings,
    goals_of,
    measure_choices,
    structural_of,
)

from ..indicators.cells import SHARE, close, share

YEAR = SchoolYear.running()


def change(**more: object) -> GoalRow:
    values = {
        "what": "Praten over boeken",
        "owner": Side.PARTNER,
        "kind": GoalKind.CHANGE,
        "evidence": "Elke groep heeft een boekenkring",
        "last_year": YEAR,
    }
    return GoalRow(**(values | more))  # type: ignore[arg-type]


def measured(**more: object) -> GoalRow:
    values = {
        "what": "Meer kinderen vinden lezen leuk",
        "owner": Side.TOGETHER,
        "kind": GoalKind.MEASURED,
        "measure": SHARE,
        "target": 70.0,
        "last_year": YEAR.next,
    }
    return GoalRow(**(values | more))  # type: ignore[arg-type]


@pytest.fixture
def begun(cast):  # type: ignore[no-untyped-def]
    """School a1 measured last year: 60 of 100 children."""
    for year in (YEAR.previous, YEAR):
        write_location_years(
            [YearRow(one.pk, pupils=205) for one in Location.objects.all()], year=year, by=SYSTEM
        )
    close(cast.a1, share(60, 100), year=YEAR.previous)
    return cast


def test_a_measured_goal_starts_where_the_school_stands(begun) -> None:
    goal = add_goal(unit=begun.a1, year=YEAR, goal=measured(), by=begun.manager)
    assert (goal.baseline, goal.baseline_year, goal.baseline_base, goal.target) == (
        0.6,
        YEAR.previous,
        100,
        0.7,
    )
    assert (goal.measure, goal.measure_version) == (SHARE, 1)
    (standing,) = goal_standings(begun.manager, begun.a1, YEAR)
    assert standing.progress.stage is Stage.UNKNOWN
    assert (standing.baseline_words, standing.latest_words, standing.target_words) == ("60%", "", "70%")


def test_the_next_measurement_fills_the_goal(begun) -> None:
    add_goal(unit=begun.a1, year=YEAR, goal=measured(), by=begun.manager)
    close(begun.a1, share(90, 120), year=YEAR)
    (standing,) = goal_standings(begun.manager, begun.a1, YEAR)
    assert standing.progress.stage is Stage.REACHED
    assert standing.latest_words == "75%"
    assert standing.latest.base == 120


def test_a_goal_without_a_figure_must_describe_the_change(cast) -> None:
    with pytest.raises(Sentence):
        add_goal(unit=cast.a1, year=YEAR, goal=measured(), by=cast.manager)
    with pytest.raises(Sentence):
        add_goal(unit=cast.a1, year=YEAR, goal=change(evidence=""), by=cast.manager)
    assert add_goal(unit=cast.a1, year=YEAR, goal=change(), by=cast.manager).evidence


def test_only_what_the_school_may_see_can_be_chosen(begun) -> None:
    (choice,) = measure_choices(begun.head, begun.a1)
    assert (choice.measure.code, choice.now.value) == (SHARE, 0.6)
    assert measure_choices(begun.outsider, begun.a1) == []


def test_one_more_than_fits_is_chosen_deliberately(cast) -> None:
    for number in range(3):
        add_goal(unit=cast.a1, year=YEAR, goal=change(what=f"Doel {number}"), by=cast.head)
    with pytest.raises(Sentence):
        add_goal(unit=cast.a1, year=YEAR, goal=change(what="Nog een"), by=cast.head)
    more = add_goal(
        unit=cast.a1, year=YEAR, goal=change(what="Nog een", one_more="Ouders vroegen erom"), by=cast.head
    )
    assert more.one_more == "Ouders vroegen erom"
    assert goals_of(cast.head, cast.a1, YEAR).count() == 4


def test_a_year_that_is_over_stays_as_it_was(cast) -> None:
    with pytest.raises(NotAllowed):
        add_goal(unit=cast.a1, year=YEAR.previous, goal=change(last_year=YEAR), by=cast.manager)
    past = add_goal(unit=cast.a1, year=YEAR.previous, goal=change(last_year=YEAR.previous), by=SYSTEM)
    with pytest.raises(NotAllowed):
        change_goal(goal=past, change=change(what="Anders"), by=cast.manager)


def test_outsiders_and_readers_write_nothing(cast) -> None:
    for by in (cast.outsider, cast.other_library, cast.teacher):
        with pytest.raises((NotAllowed, Goal.DoesNotExist)):
            add_goal(unit=cast.a1, year=YEAR, goal=change(), by=by)
    add_goal(unit=cast.a1, year=YEAR, goal=change(), by=cast.manager)
    assert not goals_of(cast.outsider, cast.a1, YEAR).exists()
    assert goals_of(cast.teacher, cast.a1, YEAR).count() == 1


def test_two_who_change_one_goal_meet(cast) -> None:
    goal = add_goal(unit=cast.a1, year=YEAR, goal=change(), by=cast.manager)
    change_goal(goal=goal, change=change(what="Eerst"), version=1, by=cast.head)
    with pytest.raises(Stale):
        change_goal(goal=goal, change=change(what="Daarna"), version=1, by=cast.manager)
    assert Goal.objects.get(pk=goal.pk).what == "Eerst"


def test_the_baseline_stays_while_the_measure_stays(begun) -> None:
    goal = add_goal(unit=begun.a1, year=YEAR, goal=measured(), by=begun.manager)
    close(begun.a1, share(90, 120), year=YEAR)
    changed = change_goal(goal=goal, change=measured(target=80.0), by=begun.manager)
    assert (changed.baseline, changed.target) == (0.6, 0.8)


def test_a_dropped_goal_comes_back_with_undo(cast) -> None:
    goal = add_goal(unit=cast.a1, year=YEAR, goal=change(), by=cast.manager)
    drop_goal(id=goal.pk, by=cast.manager)
    assert not goals_of(cast.manager, cast.a1, YEAR).exists()
    take_back_goal(id=goal.pk, by=cast.manager)
    assert goals_of(cast.manager, cast.a1, YEAR).count() == 1


def test_an_evaluation_keeps_the_figure_of_then(begun) -> None:
    goal = add_goal(unit=begun.a1, year=YEAR, goal=measured(), by=begun.manager)
    close(begun.a1, share(78, 120), year=YEAR)
    told = evaluate_goal(
        goal=goal, year=YEAR, evaluation=EvaluationRow("Het ging goed.", Decision.CONTINUE), by=begun.head
    )
    assert (told.result, told.result_base, told.result_year) == (0.65, 120, YEAR)
    assert told.low < 0.65 < told.high
    close(begun.a1, share(30, 120), year=YEAR)
    (standing,) = goal_standings(begun.head, begun.a1, YEAR)
    assert (standing.evaluation.result, standing.latest.value) == (0.65, 0.25)
    with pytest.raises(Stale):
        evaluate_goal(
            goal=goal,
            year=YEAR,
            evaluation=EvaluationRow("Nog eens.", Decision.STOP),
            version=0,
            by=begun.manager,
        )


def test_unfinished_goals_go_along_once(begun) -> None:
    past = {"unit": begun.a1, "year": YEAR.previous, "by": SYSTEM}
    on = add_goal(goal=change(what="Gaat door", last_year=YEAR.previous), **past)
    stops = add_goal(goal=change(what="Stopt", last_year=YEAR.previous), **past)
    add_goal(goal=change(what="Loopt nog", last_year=YEAR), **past)
    evaluate_goal(
        goal=stops, year=YEAR.previous, evaluation=EvaluationRow("Klaar.", Decision.STOP), by=SYSTEM
    )
    made = continue_goals(unit=begun.a1, year=YEAR, by=begun.manager)
    assert [(one.what, one.follows_id, one.first_year, one.last_year) for one in made] == [
        ("Gaat door", on.pk, YEAR, YEAR)
    ]
    assert continue_goals(unit=begun.a1, year=YEAR, by=begun.manager) == []
    assert {goal.what for goal in goals_of(begun.manager, begun.a1, YEAR)} == {"Gaat door", "Loopt nog"}


def test_standings_take_the_same_queries_for_one_and_three(begun) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            goal_standings(begun.manager, begun.a1, YEAR)
        return len(seen)

    add_goal(unit=begun.a1, year=YEAR, goal=measured(), by=begun.manager)
    first = queries()
    for _ in range(2):
        add_goal(unit=begun.a1, year=YEAR, goal=measured(), by=begun.manager)
    assert queries() == first == 3


# Activities


def activity(**more: object) -> ActivityRow:
    return ActivityRow(**({"what": "Boekenkring in groep 6", "side": Side.LIBRARY} | more))  # type: ignore[arg-type]


def test_an_activity_stands_in_the_plan_with_its_hours(cast) -> None:
    goal = add_goal(unit=cast.a1, year=YEAR, goal=change(), by=cast.manager)
    row = activity(goal_id=goal.pk, hours=Decimal("4.5"), times=3, groups=(5, 6), cost_cents=12_00)
    made = add_activity(unit=cast.a1, year=YEAR, row=row, by=cast.manager)
    assert (made.library_id, made.groups) == (cast.library_a.pk, [5, 6])
    add_activity(unit=cast.a1, year=YEAR, row=activity(school_hours=Decimal(2)), by=cast.head)
    finish_activity(activity=made, by=cast.manager)
    effort = effort_of(list(activities_of(cast.head, cast.a1, YEAR)))
    assert (effort.hours, effort.school_hours, effort.times, effort.cost_cents) == (
        Decimal("4.5"),
        2,
        3,
        1200,
    )
    assert (effort.done, effort.count) == (1, 2)


def test_days_lie_in_the_year_and_the_right_way_round(cast) -> None:
    for bad in (
        activity(from_on=YEAR.previous.starts_on),
        activity(from_on=YEAR.ends_on, until_on=YEAR.starts_on),
        activity(until_on=YEAR.ends_on),
    ):
        with pytest.raises(Sentence):
            add_activity(unit=cast.a1, year=YEAR, row=bad, by=cast.manager)


def test_a_goal_of_another_school_is_refused(cast) -> None:
    other = add_goal(unit=cast.b1, year=YEAR, goal=change(), by=SYSTEM)
    with pytest.raises(NotAllowed):
        add_activity(unit=cast.a1, year=YEAR, row=activity(goal_id=other.pk), by=cast.manager)


def test_activities_leave_and_come_back(cast) -> None:
    made = add_activity(unit=cast.a1, year=YEAR, row=activity(), by=cast.manager)
    with pytest.raises(NotAllowed):
        drop_activities(ids=[made.pk], by=cast.other_library)
    drop_activities(ids=[made.pk], by=cast.manager)
    assert not activities_of(cast.manager, cast.a1, YEAR).exists()
    take_back_activities(ids=[made.pk], by=cast.manager)
    with pytest.raises(Stale):
        change_activity(activity=made, change=activity(), version=1, by=cast.manager)


def test_what_is_structural_is_told_by_group(cast) -> None:
    told = {(5, Habit.FREE): Minutes(75, 60), (6, Habit.FREE): Minutes(75)}
    set_structural(unit=cast.a1, year=YEAR, minutes=told, by=cast.head)
    set_structural(unit=cast.a1, year=YEAR, minutes={(5, Habit.FREE): Minutes(75, 75)}, by=cast.head)
    free = structural_of(cast.manager, cast.a1, YEAR)[0]
    assert free.habit is Habit.FREE
    assert [(group, row and (row.agreed, row.real)) for group, row in free.cells] == [
        (1, None), (2, None), (3, None), (4, None), (5, (75, 75)), (6, (75, None)), (7, None), (8, None),
    ]  # fmt: skip
