"""All year plans together: how far they are, what they ask, and who has the hours for it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from leesbouw.core.access import SYSTEM
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.models import Partnership
from leesbouw.people.models import ConsultantAssignment, StaffMember
from leesbouw.plans.actions import (
    ActivityRow,
    add_activity,
    approve_plan,
    begin_plan,
    drop_activities,
    finish_activity,
    send_plan,
    write_plan,
)
from leesbouw.plans.enums import PlanKind, Side
from leesbouw.plans.providers import plans_to_read
from leesbouw.plans.queries import MONTHS, PlanState, consultant_loads, months_of, year_plan_rows

YEAR = SchoolYear.running()
OCTOBER = date(YEAR.first, 10, 7)


def row_of(cast, by=None):  # type: ignore[no-untyped-def]
    return year_plan_rows(by or cast.manager, YEAR).get(pk=cast.a1.pk)


def ask(cast, hours: str, **more: object):  # type: ignore[no-untyped-def]
    row = ActivityRow("Boekenkring", Side.LIBRARY, hours=Decimal(hours), **more)  # type: ignore[arg-type]
    return add_activity(unit=cast.a1, year=YEAR, row=row, by=cast.manager)


@pytest.fixture
def ria(cast):  # type: ignore[no-untyped-def]
    """A colleague of library A who is at a1 for fifty hours."""
    staff = StaffMember(library=cast.library_a, name="Ria Postma", functions=["reading-consultant"])
    staff.save()
    ConsultantAssignment(
        partnership=cast.with_a1, staff=staff, role="reading-consultant", hours_per_year=Decimal(50)
    ).save()
    return staff


def test_a_row_says_how_far_the_plan_is_and_what_it_asks(cast) -> None:
    assert (row_of(cast).plan_state, row_of(cast).activities) == (PlanState.NONE, 0)
    plan = begin_plan(unit=cast.a1, kind=PlanKind.YEAR, year=YEAR, by=cast.head)
    write_plan(plan=plan, year=YEAR, code="begin", text="Goed", by=cast.head)
    assert row_of(cast).plan_state == PlanState.DRAFT
    send_plan(plan=plan, year=YEAR, by=cast.head)
    assert row_of(cast).plan_state == PlanState.SENT
    approve_plan(plan=plan, year=YEAR, by=cast.head)
    finish_activity(activity=ask(cast, "4.5"), by=cast.manager)
    gone = ask(cast, "9")
    ask(cast, "2")
    drop_activities(ids=[gone.pk], by=cast.manager)
    row = row_of(cast)
    assert (row.plan_state, row.activities, row.done) == (PlanState.APPROVED, 2, 1)
    assert row.planned_hours == Decimal("6.5")


def test_nobody_sees_plans_of_other_libraries(cast) -> None:
    assert not year_plan_rows(cast.other_library, YEAR).filter(pk=cast.a1.pk).exists()
    assert not year_plan_rows(cast.outsider, YEAR).exists()


def test_hours_are_of_who_is_named_or_of_the_consultant(cast, ria) -> None:
    ask(cast, "4", from_on=OCTOBER)
    ask(cast, "3")
    (load,) = [one for one in consultant_loads(cast.manager, YEAR) if one.staff_id == ria.pk]
    assert (load.needed, load.undated, load.by_month) == (Decimal(7), Decimal(3), {10: Decimal(4)})
    assert (load.available, load.left) == (Decimal(50), Decimal(43))
    assert months_of([load]) == [10]
    assert dict(load.months)[10] == Decimal(4)


def test_hours_without_anybody_stand_apart(cast) -> None:
    ask(cast, "4")
    (load,) = consultant_loads(cast.manager, YEAR)
    assert (load.staff_id, load.name, load.needed, load.available, load.left) == (
        None,
        "",
        Decimal(4),
        None,
        None,
    )


def test_a_school_year_begins_in_august() -> None:
    assert MONTHS == (8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7)


@pytest.mark.parametrize(
    ("name", "status"), [("manager", 200), ("board", 200), ("municipality", 403), ("outsider", 200)]
)
def test_the_page(cast, client_for, name: str, status: int) -> None:
    ask(cast, "400")
    answer = client_for(getattr(cast, name)).get("/plannen/")
    assert answer.status_code == status
    assert ("De Regenboog" in answer.content.decode()) == (name in ("manager", "board"))


def test_the_list_costs_the_same_for_one_and_three(cast, client_for, queries_of) -> None:
    client = client_for(cast.manager)
    few = queries_of(client, "/plannen/")
    for _ in range(3):
        ask(cast, "4")
    assert queries_of(client, "/plannen/") == few <= 16


def test_more_than_agreed_is_found(cast, client_for) -> None:
    Partnership.objects.filter(pk=cast.with_a1.pk).update(hours_per_year=5)
    ask(cast, "6")
    page = client_for(cast.manager).get("/plannen/?uren=meer").content.decode()
    assert "De Regenboog" in page
    assert "De Regenboog" not in client_for(cast.manager).get("/plannen/?stand=approved").content.decode()


def test_a_sent_plan_asks_the_team_and_the_head(cast) -> None:
    plan = begin_plan(unit=cast.a1, kind=PlanKind.YEAR, year=YEAR, by=SYSTEM)
    write_plan(plan=plan, year=YEAR, code="begin", text="Goed", by=SYSTEM)
    assert plans_to_read(cast.head) == plans_to_read(cast.teacher) == []
    send_plan(plan=plan, year=YEAR, by=cast.manager)
    assert [one.url for one in plans_to_read(cast.head)] == [f"/school/99AA00/plan/jaarplan/{YEAR}/"]
    assert [str(one.title) for one in plans_to_read(cast.teacher)] == ["Lees mee: Jaarplan"]
    assert plans_to_read(cast.other_head) == plans_to_read(cast.manager) == []
    approve_plan(plan=plan, year=YEAR, by=cast.head)
    assert plans_to_read(cast.head) == plans_to_read(cast.teacher) == []


def test_a_plan_that_needs_no_approval_asks_the_head_to_read_along(cast) -> None:
    """A media plan has no button to agree with, so nothing may ask for that."""
    plan = begin_plan(unit=cast.a1, kind=PlanKind.MEDIA, year=YEAR, by=SYSTEM)
    write_plan(plan=plan, year=YEAR, code="vision", text="Goed", by=SYSTEM)
    send_plan(plan=plan, year=YEAR, by=cast.manager)
    (asked,) = plans_to_read(cast.head)
    assert str(asked.title) == "Lees mee: Mediaplan"
    assert asked.due_on == today() + timedelta(weeks=1)
