"""The library's own year plan, and the minutes a week of all its locations side by side."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.time import SchoolYear
from leesbouw.plans.actions import (
    ActivityRow,
    Minutes,
    WorkRow,
    add_activity,
    add_library_work,
    drop_library_work,
    restore_library_work,
    set_structural,
)
from leesbouw.plans.domain import WeekMinutes
from leesbouw.plans.enums import Habit, LibraryWorkKind, Side
from leesbouw.plans.models import LibraryWork
from leesbouw.plans.queries import consultant_loads, library_plan, timetable_sums, timetables_of

YEAR = SchoolYear.running()
ROW = WorkRow(LibraryWorkKind.NETWORK, "Bijeenkomst", Decimal("12.5"))


def plan_of(actor):  # type: ignore[no-untyped-def]
    return library_plan(actor, YEAR, consultant_loads(actor, YEAR))


def test_own_work_stands_beside_the_sum_of_the_schools(cast) -> None:
    add_activity(unit=cast.a1, year=YEAR, row=ActivityRow("Kring", Side.LIBRARY, hours=Decimal(4)), by=SYSTEM)
    work = add_library_work(library=cast.library_a, year=YEAR, row=ROW, by=cast.manager)
    plan = plan_of(cast.manager)
    assert plan is not None
    assert (plan.of_locations, plan.own, plan.total) == (4, Decimal("12.5"), Decimal("16.5"))
    assert [one.kind for one in plan.kinds] == list(LibraryWorkKind)
    drop_library_work(id=work.pk, by=cast.manager)
    assert plan_of(cast.manager).own == 0
    restore_library_work(id=work.pk, by=cast.manager)
    assert plan_of(cast.consultant).own == Decimal("12.5")


def test_nobody_plans_for_another_library_or_a_year_that_is_over(cast) -> None:
    for actor, year in ((cast.other_library, YEAR), (cast.head, YEAR), (cast.manager, YEAR.previous)):
        with pytest.raises(NotAllowed):
            add_library_work(library=cast.library_a, year=year, row=ROW, by=actor)
    work = add_library_work(library=cast.library_a, year=YEAR, row=ROW, by=cast.manager)
    with pytest.raises(LibraryWork.DoesNotExist):
        drop_library_work(id=work.pk, by=cast.other_library)
    assert plan_of(cast.other_library).own == 0
    assert plan_of(cast.board) is None


def test_own_work_in_the_browser(cast, client_for) -> None:
    client = client_for(cast.manager)
    values = {"request_id": "een", "kind": "training", "what": "Open Boek", "hours": "40"}
    assert client.post("/plannen/eigen/nieuw/", values).status_code == 302
    page = client.get("/plannen/").content.decode()
    assert "Open Boek" in page
    assert "nog niets gepland" in page
    work = LibraryWork.objects.get()
    assert client_for(cast.other_library).post(f"/plannen/eigen/{work.pk}/weg/").status_code == 404
    assert client.post(f"/plannen/eigen/{work.pk}/weg/", {"request_id": "twee"}).status_code == 302
    assert "Open Boek: 40" not in client.get("/plannen/").content.decode()


@pytest.mark.parametrize(
    ("name", "status"), [("manager", 200), ("consultant", 200), ("board", 404), ("head", 404), ("poi", 403)]
)
def test_minutes_side_by_side(cast, client_for, name: str, status: int) -> None:
    minutes = {
        (5, Habit.FREE): Minutes(75, 60),
        (5, Habit.ALOUD): Minutes(30, 30),
        (6, Habit.FREE): Minutes(75, None),
    }
    set_structural(unit=cast.a1, year=YEAR, minutes=minutes, by=SYSTEM)
    client = client_for(getattr(cast, name))
    answer = client.get("/plannen/rooster/")
    assert answer.status_code == status
    if status == 200:
        page = answer.content.decode()
        assert "90 / 105" in page
        assert "? / 75" in page
        assert "60 / 75" in client.get("/plannen/rooster/?wat=free").content.decode()
        assert "90 / 105" in client.get("/plannen/rooster.csv").getvalue().decode()


def test_sums_of_groups(cast) -> None:
    minutes = {
        (4, Habit.FREE): Minutes(75, 80),
        (5, Habit.FREE): Minutes(75, 60),
        (6, Habit.FREE): Minutes(75, None),
    }
    set_structural(unit=cast.a1, year=YEAR, minutes=minutes, by=SYSTEM)
    sums = timetable_sums(timetables_of(cast.manager, YEAR), {cast.a1.pk})
    assert (sums.kept, sums.short, sums.unknown) == (1, 1, 1)
    assert timetables_of(cast.other_library, YEAR) == {}


WEEK = st.builds(WeekMinutes, st.integers(0, 300), st.none() | st.integers(0, 300))


@given(WEEK, WEEK)
def test_together_is_known_when_both_are(one: WeekMinutes, other: WeekMinutes) -> None:
    both = one + other
    assert both.agreed == one.agreed + other.agreed
    assert (both.real is None) == (one.real is None or other.real is None)
    assert not (both.is_kept and both.short)
    if both.real is not None:
        assert both.short <= one.short + other.short
