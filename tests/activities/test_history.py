"""Schools go to another library and colleagues leave: what was, stays as it was, and what is still to do goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from leesbouw.activities.actions import (
    ReportRow,
    RhythmRow,
    make_feed,
    make_proposal,
    order_proposal,
    plan_visit,
    take_over_visit,
    write_report,
)
from leesbouw.activities.queries import (
    colleagues_with_hours,
    hours_of,
    proposals_of,
    staff_for_hours,
    visit_by_id,
    wishes_of,
)
from leesbouw.core.access import SYSTEM, Actor, NotAllowed
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.actions import decide_partnership, start_partnership
from leesbouw.organisations.enums import DecisionKind
from leesbouw.people.actions import AssignmentRow, assign_consultants, end_staff
from leesbouw.people.models import ConsultantAssignment
from leesbouw.plans.actions import (
    ActivityRow,
    GoalRow,
    add_activity,
    add_goal,
    begin_plan,
    change_goal,
    set_money,
    write_plan,
)
from leesbouw.plans.enums import GoalKind, PlanKind, Side
from leesbouw.plans.models import Goal, Plan, PlanField
from leesbouw.plans.queries import activities_of, goals_of, plan_view

from .conftest import at, visit_row

YEAR = SchoolYear.running()
EVERY_DAY = RhythmRow((1, 2, 3, 4, 5), time(8, 30), time(15, 30), 3, 30, "middle")
GOAL = GoalRow("Praten over boeken", Side.PARTNER, GoalKind.CHANGE, YEAR, evidence="Een foto")


def in_reach(actor: Actor, *ids: int) -> Actor:
    """The same person the day after: with these locations within reach."""
    return replace(actor, locations=frozenset(ids))


@pytest.fixture
def worked(cast, staff):  # type: ignore[no-untyped-def]
    """A1 with a goal, a text, an activity on Ria's name, and a visit of hers that is written up."""
    add_goal(unit=cast.a1, year=YEAR, goal=GOAL, by=cast.manager)
    plan = begin_plan(unit=cast.a1, kind=PlanKind.YEAR, year=YEAR, by=cast.consultant)
    write_plan(plan=plan, year=YEAR, code="begin", text="Goed begonnen", by=cast.consultant)
    row = ActivityRow("Kring", Side.LIBRARY, staff_id=staff.ria.pk, times=2, hours=Decimal(3))
    add_activity(unit=cast.a1, year=YEAR, row=row, by=cast.manager)
    visit = plan_visit(visit_row(cast, staff), by=SYSTEM)
    write_report(visit=visit, row=ReportRow("yes", 90), by=cast.consultant)
    return visit


@pytest.fixture
def moved(cast, staff, worked):  # type: ignore[no-untyped-def]
    """A1 goes from library A to B, where Verre gets the hours. Gives who works at A and at B since."""
    decide_partnership(
        partnership=cast.with_a1, kind=DecisionKind.END, decided_on=today() - timedelta(days=1), by=SYSTEM
    )
    new = start_partnership(
        library=cast.library_b, location=cast.a1, by=SYSTEM, programme="po", domains=["reading"],
        phase="execution", hours_per_year=Decimal(40),
    )  # fmt: skip
    ConsultantAssignment(
        partnership=new, staff=staff.far, role="reading-consultant", hours_per_year=Decimal(40)
    ).save()
    return in_reach(cast.manager, cast.k1.pk), in_reach(cast.other_library, cast.a1.pk, cast.b1.pk)


def test_the_plan_goes_along_with_the_school(cast, staff, moved) -> None:
    before, after = moved
    assert [goal.what for goal in goals_of(after, cast.a1, YEAR)] == ["Praten over boeken"]
    (row,) = activities_of(after, cast.a1, YEAR)
    assert (row.what, row.staff_name) == ("Kring", None)  # who it was is the other library's
    (text, *_rest) = [one for one in plan_view(after, cast.a1, PlanKind.YEAR, YEAR).texts if one.row]
    assert (text.text, text.row.changed_by) == ("Goed begonnen", cast.consultant.name)
    assert not goals_of(before, cast.a1, YEAR)
    assert [goal.what for goal in goals_of(cast.head, cast.a1, YEAR)] == ["Praten over boeken"]
    goal = goals_of(after, cast.a1, YEAR).get()
    with pytest.raises((NotAllowed, Goal.DoesNotExist)):
        change_goal(goal=goal, change=GOAL, by=before)


def test_what_the_plan_still_asks_is_asked_of_the_new_library(cast, staff, moved) -> None:
    _before, after = moved
    assert len(wishes_of(after, staff.far, YEAR)) == 2
    gone = in_reach(cast.consultant, cast.k1.pk)
    assert wishes_of(gone, staff.ria, YEAR) == []


def test_visits_and_hours_stay_with_the_library_that_went(cast, staff, worked, moved) -> None:
    before, after = moved
    assert visit_by_id(before, worked.pk).staff_name == "Ria"
    page = hours_of(before, staff.ria, YEAR)
    assert [(unit.name, tally.done) for unit, tally in page.schools] == [("De Regenboog", Decimal("1.5"))]
    with pytest.raises(worked.DoesNotExist):
        visit_by_id(after, worked.pk)
    assert visit_by_id(cast.head, worked.pk).what == "Boekenkring"


def test_what_was_proposed_there_goes(cast, staff, worked) -> None:
    order_proposal(staff=staff.ria, rhythm=EVERY_DAY, by=cast.consultant)
    make_proposal(staff=staff.ria, by=cast.consultant)
    assert proposals_of(cast.consultant, staff.ria).count() == 2
    assert not proposals_of(in_reach(cast.consultant, cast.k1.pk), staff.ria).exists()


def test_the_calendar_of_a_school_stops_for_the_library_and_goes_on_for_the_school(
    cast, staff, worked
) -> None:
    theirs = make_feed(unit=cast.a1, by=cast.consultant)
    address = "/kalender/{}.ics"
    assert Client().get(address.format(theirs)).status_code == 200
    decide_partnership(
        partnership=cast.with_a1, kind=DecisionKind.END, decided_on=today() - timedelta(days=1), by=SYSTEM
    )
    assert Client().get(address.format(theirs)).status_code == 404
    own = make_feed(unit=cast.a1, by=cast.head)
    assert Client().get(address.format(own)).status_code == 200


@pytest.fixture
def left(cast, staff, worked):  # type: ignore[no-untyped-def]
    """Ria left yesterday; Daan comes at A1 instead. She had a visit in a week."""
    coming = plan_visit(visit_row(cast, staff, starts_at=at(9, days=7), ends_at=at(10, days=7)), by=SYSTEM)
    end_staff(staff=staff.ria, ends_on=today() - timedelta(days=1), by=SYSTEM)
    row = AssignmentRow(cast.with_a1.pk, staff.daan.pk, "reading-consultant", hours_per_year=Decimal(50))
    assign_consultants([row], by=SYSTEM)
    return coming


def test_who_left_keeps_her_name_and_her_hours(cast, staff, worked, left) -> None:
    assert visit_by_id(cast.manager, worked.pk).staff_name == "Ria"
    assert activities_of(cast.manager, cast.a1, YEAR).get().staff_name == "Ria"
    assert PlanField.objects.get().changed_by == cast.consultant.name
    assert staff.ria in colleagues_with_hours(cast.manager)
    ria = staff_for_hours(cast.manager, str(staff.ria.pk))
    assert hours_of(cast.manager, ria, YEAR).total.done == Decimal("1.5")


def test_what_she_would_do_is_taken_over(cast, staff, left) -> None:
    taken = take_over_visit(visit=left, staff=staff.daan, by=cast.manager)
    assert visit_by_id(cast.manager, taken.pk).staff_name == "Daan"
    assert len(wishes_of(cast.manager, staff.daan, YEAR)) == 2  # her activity is asked of who comes now


def test_changing_a_line_of_hers_leaves_her_name(cast, staff, client_for, left) -> None:
    line, client = activities_of(cast.manager, cast.a1, YEAR).get(), client_for(cast.manager)
    url = f"/school/99AA00/jaarplan/{line.pk}/wijzigen/"
    who = client.get(url).context["form"]["who"]
    assert f'value="{who.initial}" selected' in str(who)
    visit = client.get(f"/bezoeken/{left.pk}/wijzigen/").context["form"]["staff"]
    assert f'value="{staff.ria.pk}" selected' in str(visit)


@pytest.mark.parametrize("year", [YEAR.previous, YEAR.next.next])
def test_a_closed_year_stays_as_it_was(cast, year: SchoolYear) -> None:
    plan = Plan.objects.create(
        unit_id=cast.a1.pk, kind="year", first_year=year, last_year=year, template_version=1
    )
    for write in (
        lambda: add_goal(unit=cast.a1, year=year, goal=replace(GOAL, last_year=year), by=cast.head),
        lambda: add_activity(unit=cast.a1, year=year, row=ActivityRow("X", Side.PARTNER), by=cast.manager),
        lambda: write_plan(plan=plan, year=year, code="begin", text="x", by=cast.head),
        lambda: set_money(plan=plan, year=year, cents=1, by=cast.head),
    ):
        with pytest.raises(NotAllowed):
            write()
