"""Whether a plan can be done: its hours, its money and the campaigns that it meets."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.core.access import NotAllowed
from leesbouw.core.time import SchoolYear
from leesbouw.plans.actions import ActivityRow, add_activities, begin_plan, set_campaign_dates, set_money
from leesbouw.plans.domain import SHORT, meets, overlap, too_much
from leesbouw.plans.enums import PlanKind, Side
from leesbouw.plans.models import Plan
from leesbouw.plans.queries import activities_of, campaigns_between, campaigns_met, feasible

YEAR = SchoolYear.running()
PLAN = f"/school/99AA00/plan/jaarplan/{YEAR}/"
OCTOBER = date(YEAR.first, 10, 5)
days = st.dates(date(2026, 8, 1), date(2027, 7, 31))


@given(days, days, days, days)
def test_only_short_things_meet_and_then_as_they_overlap(a: date, b: date, c: date, d: date) -> None:
    first, last, begin, end = min(a, b), max(a, b), min(c, d), max(c, d)
    short = last - first <= SHORT and end - begin <= SHORT
    assert meets(first, last, begin, end) == (short and overlap(first, last, begin, end))
    assert meets(first, last, begin, end) == meets(begin, end, first, last)
    assert not meets(None, last, begin, end)


@given(st.integers(0, 10_000), st.none() | st.integers(0, 10_000))
def test_too_much_is_never_below_zero_and_nothing_where_nobody_said(asked: int, there: int | None) -> None:
    over = too_much(asked, there)
    assert over == (0 if there is None or asked <= there else asked - there)


@pytest.fixture
def plan(cast) -> Plan:  # type: ignore[no-untyped-def]
    """A year plan of A1 with an activity in the first days of October, and the campaign itself."""
    rows = [
        ActivityRow("Kring", Side.PARTNER, from_on=OCTOBER, hours=Decimal(60), cost_cents=80_00),
        ActivityRow(
            "Feest",
            Side.PARTNER,
            form="childrens-book-week",
            from_on=OCTOBER,
            until_on=OCTOBER + timedelta(9),
        ),
        ActivityRow("Elke week", Side.PARTNER, from_on=YEAR.starts_on, until_on=YEAR.ends_on),
    ]
    add_activities(unit=cast.a1, year=YEAR, rows=rows, by=cast.manager)
    campaign = {"form": "childrens-book-week", "starts_on": OCTOBER, "ends_on": OCTOBER + timedelta(days=9)}
    set_campaign_dates(unit=cast.library_a, year=YEAR, by=cast.manager, **campaign)
    return begin_plan(unit=cast.a1, kind=PlanKind.YEAR, year=YEAR, by=cast.manager)


def test_the_plan_says_what_does_not_fit(cast, plan) -> None:
    rows = list(activities_of(cast.manager, cast.a1, YEAR))
    found = feasible(cast.manager, cast.a1, YEAR, rows, hours=Decimal(50), money=50_00)
    assert found.hints[:2] == [
        "Het plan vraagt 10 uur meer dan is afgesproken.",
        "De activiteiten kosten €\u00a030 meer dan er is.",
    ]
    names = {row.pk: row.what for row in rows}
    assert {names[pk]: met for pk, met in found.campaigns.items()} == {"Kring": "Kinderboekenweek"}
    nothing = feasible(cast.manager, cast.a1, YEAR, rows, hours=None, money=None).hints
    assert not [hint for hint in nothing if "meer dan" in hint]


def test_a_diary_asks_the_same_rule(cast, plan) -> None:
    around = campaigns_between(cast.manager, OCTOBER, OCTOBER)
    assert campaigns_met(around, OCTOBER) == "Kinderboekenweek"
    assert campaigns_met(around, OCTOBER, form="childrens-book-week") == ""
    assert campaigns_met(around, OCTOBER - timedelta(days=1)) == ""


def test_money_is_written_down_and_told_on_the_page(cast, client_for, plan) -> None:
    client = client_for(cast.consultant)
    client.post(f"{PLAN}geld/", {"request_id": "een", "money_cents": "50"})
    plan.refresh_from_db()
    page = client.get(PLAN).content.decode()
    assert plan.money_cents == 50_00
    assert "De activiteiten kosten €\u00a030 meer dan er is." in page
    assert "valt in Kinderboekenweek" in page


@pytest.mark.parametrize("name", ["teacher", "other_head", "board"])
def test_who_may_not_write_sets_no_money(cast, plan, name: str) -> None:
    with pytest.raises((NotAllowed, Plan.DoesNotExist)):
        set_money(plan=plan, year=YEAR, cents=1, by=getattr(cast, name))


def test_hints_cost_the_same_for_one_activity_and_many(cast, client_for, plan, queries_of) -> None:
    client = client_for(cast.consultant)
    client.get(PLAN)
    few = queries_of(client, PLAN)
    more = [ActivityRow(f"Nog {n}", Side.PARTNER, from_on=OCTOBER) for n in range(9)]
    add_activities(unit=cast.a1, year=YEAR, rows=more, by=cast.manager)
    assert queries_of(client, PLAN) == few <= 25
