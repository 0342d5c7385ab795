"""What was lent by month: right before and after the links are cut, and told to the figures by their own rules."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.core.access import SYSTEM
from leesbouw.core.time import AMSTERDAM, SchoolYear, today
from leesbouw.indicators.actions import FactRow, store_facts
from leesbouw.indicators.queries import Hidden, Shown, facts, figures
from leesbouw.lending.actions import (
    MonthRow,
    PastLoan,
    bring_loans,
    count_months,
    cut_links,
    forget_pupils,
    store_months,
    tell_year,
)
from leesbouw.lending.domain.months import Month, last_day, month_after, month_of, months_of, sums_of
from leesbouw.lending.models import LendingMonth, Loan
from leesbouw.lending.queries import place_figures, unit_figures
from leesbouw.organisations.models import LocationYear

YEAR = SchoolYear.running()
THIS = month_of(today())
LAST = month_of(date.fromordinal(THIS.toordinal() - 1))

months = st.builds(
    Month,
    st.integers(0, 11).map(lambda number: months_of(YEAR, YEAR.ends_on)[number]),
    st.integers(0, 500),
    st.integers(0, 500) | st.none(),
    st.integers(0, 60) | st.none(),
    st.integers(0, 40) | st.none(),
    st.none(),
    st.booleans(),
)


@given(st.lists(months, unique_by=lambda one: one.month))
def test_a_year_is_its_months_and_no_share_passes_one(those: list[Month]) -> None:
    sums = sums_of(those)
    assert sums.loans == sum(one.loans for one in those)
    assert sums.borrowers <= sums.could
    assert sums.last_borrowers <= sums.last_could
    assert sums.months <= sum(one.is_over and one.month.month not in (7, 8) for one in those)
    assert sums_of(reversed(those)) == sums


def test_months_of_a_school_year() -> None:
    year = SchoolYear(2026)
    assert len(months_of(year, year.ends_on)) == 12
    assert months_of(year, date(2026, 10, 1))[-1] == date(2026, 10, 1)
    assert month_after(date(2026, 12, 1)) == date(2027, 1, 1)
    assert last_day(date(2028, 2, 1)) == date(2028, 2, 29)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=AMSTERDAM)


def read(shelf, lent: list[tuple[int, object]], *, month: date = LAST, back: int = 9) -> list[Loan]:  # type: ignore[no-untyped-def]
    """Books that were lent on the second of a month and came back: (copy, who)."""
    rows = [
        PastLoan(
            shelf.copies[number].pk,
            at(month.replace(day=2)),
            month.replace(day=20),
            who,
            ended_at=at(month.replace(day=back)),
        )
        for number, who in lent
    ]
    bring_loans(rows, location=shelf.location, by=SYSTEM)
    return list(Loan.objects.visible_to(SYSTEM).order_by("pk"))


def counted(month: date = LAST, *, of_group: bool = False) -> list[tuple[int, int | None, int | None]]:
    """(loans, borrowers, children) of a month, of the school or of its groups."""
    rows = LendingMonth.objects.trusted("figures of lending").filter(month=month)
    rows = rows.filter(group__isnull=not of_group).order_by("group")
    return [(row.loans, row.borrowers, row.children) for row in rows]


@pytest.mark.parametrize("when", ["before the cut", "after the cut"])
def test_a_month_comes_out_the_same_before_and_after_its_links_are_cut(shelf, when) -> None:
    with time_machine.travel(at(LAST.replace(day=12)), tick=False):
        loans = read(shelf, [(0, shelf.noor), (1, shelf.noor), (2, shelf.sem)])
        count_months(by=SYSTEM)
        if when == "after the cut":
            cut_links([loan.pk for loan in loans], by=SYSTEM)
        count_months(by=SYSTEM)
        during = counted(), counted(of_group=True)
    with time_machine.travel(at(THIS.replace(day=3)), tick=False):
        count_months(by=SYSTEM)
        cut_links([loan.pk for loan in loans], by=SYSTEM)
        count_months(by=SYSTEM)
    children = len(shelf.children.pupils)
    assert counted() == during[0] == [(3, 2, children)]
    assert counted(of_group=True) == during[1]
    assert sum(row[0] for row in counted(of_group=True)) == 3


def test_links_are_cut_before_anybody_counted_and_the_month_is_right(shelf) -> None:
    with time_machine.travel(at(LAST.replace(day=12)), tick=False):
        loans = read(shelf, [(0, shelf.noor), (1, shelf.noor), (2, shelf.sem)])
        cut_links([loans[0].pk], by=SYSTEM)  # another of hers stays
        cut_links([loan.pk for loan in loans[1:]], by=SYSTEM)
        count_months(by=SYSTEM)
        assert counted()[0][:2] == (3, 2)


def test_a_child_that_is_erased_stays_a_number(shelf) -> None:
    with time_machine.travel(at(LAST.replace(day=12)), tick=False):
        read(shelf, [(0, shelf.noor), (1, shelf.sem)])
        forget_pupils([shelf.noor.id])
        count_months(by=SYSTEM)
        assert counted()[0][:2] == (2, 2)


def test_of_a_month_that_was_cut_long_ago_nobody_knows_who_borrowed(shelf) -> None:
    with time_machine.travel(at(LAST.replace(day=12)), tick=False):
        rows = [PastLoan(shelf.copies[0].pk, at(LAST), LAST, None, year_group=5, ended_at=at(LAST))]
        bring_loans(rows, location=shelf.location, by=SYSTEM)
        read(shelf, [(1, shelf.noor)])
    count_months(by=SYSTEM)
    assert counted()[0][:2] == (2, None)
    assert not counted(of_group=True)
    found = figures(
        SYSTEM, ["loans-per-pupil", "borrowed-last-month"], [shelf.location], [SchoolYear.of(LAST)]
    )
    assert {one.code for one in found} == {"loans-per-pupil"}


def test_no_row_holds_a_child() -> None:
    names = {field.name for field in LendingMonth._meta.get_fields()}
    assert not names & {"pupil", "contact", "copy", "title", "card"}


def test_nobody_reads_a_month_itself(shelf, coordinator) -> None:
    read(shelf, [(0, shelf.noor)])
    count_months(by=SYSTEM)
    assert not LendingMonth.objects.visible_to(coordinator).exists()


def big() -> MonthRow:
    return MonthRow(LAST, 90, 45, 30, 40, 60)


def test_figures_leave_by_their_rules_with_the_origin(shelf, coordinator, cast) -> None:
    year = SchoolYear.of(LAST)
    group = shelf.children.groups["5"].pk
    store_months({shelf.location.pk: [big(), MonthRow(LAST, 3, 3, 2, 3, None, group)]}, by=SYSTEM)
    tell_year(year=year, by=SYSTEM)
    codes = [
        "loans-per-pupil",
        "borrowed-last-month",
        "borrows-in-month",
        "loans-at-home",
        "collection-turnover",
    ]
    found = {one.code: one.result for one in figures(coordinator, codes, [shelf.location], [year])}
    assert {code: round(one.value, 3) for code, one in found.items() if isinstance(one, Shown)} == {
        "loans-per-pupil": 2.25,
        "borrowed-last-month": 0.75,
        "borrows-in-month": 0.75,
        "loans-at-home": 0.5,
        "collection-turnover": 22.5,  # four copies stand in Leesbouw, and those count
    }
    of_group = figures(coordinator, ["borrowed-last-month"], [shelf.location], [year], "group")
    assert all(isinstance(one.result, Hidden) for one in of_group)
    assert not figures(cast.outsider, codes, [shelf.location], [year])

    page = place_figures(coordinator, shelf.location, year)
    assert page.counted[1].now == "75%"
    assert "bestand" in page.origin or "file" in page.origin
    assert unit_figures(coordinator, year)[2][0].texts[1] == "75%"
    if year == YEAR:
        told = facts(coordinator, shelf.location, YEAR)
        assert (told["borrowed-last-month"].value, told["lending-system"].value) == (75, 3)


def test_a_school_without_books_in_leesbouw_has_the_figures_of_its_file(cast) -> None:
    year = SchoolYear.of(LAST)
    LocationYear.objects.get_or_create(
        location=cast.b1, year=year, defaults={"municipality": cast.b1.municipality}
    )
    store_months({cast.b1.pk: [MonthRow(LAST, 120, None, None, 40, 200)]}, by=SYSTEM)
    tell_year(year=year, by=SYSTEM)
    codes = ["loans-per-pupil", "collection-turnover", "shelf-books-per-pupil", "borrowed-last-month"]
    found = {one.code: one.result.value for one in figures(SYSTEM, codes, [cast.b1], [year])}  # type: ignore[union-attr]
    assert found == {"loans-per-pupil": 3, "collection-turnover": 0.6, "shelf-books-per-pupil": 5}


def test_what_was_counted_goes_before_what_a_list_told(cast) -> None:
    before = YEAR.previous
    store_months({cast.a1.pk: [MonthRow(before.starts_on.replace(month=10), 700, None, 30, 40)]}, by=SYSTEM)
    tell_year(year=before, by=SYSTEM)
    store_facts(year=YEAR, rows=[FactRow(cast.a1.pk, "loans-last-year", 6, "uit de lijst")], by=SYSTEM)
    count_months(by=SYSTEM)
    assert facts(SYSTEM, cast.a1, YEAR)["loans-last-year"].value == 700
