"""Why a book comes back on a day, said at the desk and to the child; and the papers of a new school year."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.core.access import SYSTEM, Actor
from leesbouw.core.time import AMSTERDAM, SchoolYear
from leesbouw.lending.actions import RulesRow, choose_rules, handle, lend, print_class, renew
from leesbouw.lending.domain.due import Because, due_day, reasons_of
from leesbouw.lending.domain.entries import Sent
from leesbouw.lending.domain.rules import Holiday, Rules
from leesbouw.lending.enums import Mode
from leesbouw.lending.models import Loan
from leesbouw.lending.queries.class_cards import card_lines
from leesbouw.lending.queries.desk import desk_of_actor
from leesbouw.lending.queries.rules import rules_at
from leesbouw.lending.queries.words import why_due
from leesbouw.organisations.year_steps import year_steps
from tests.factories.cast import add_person

DAYS = st.dates(date(2026, 8, 1), date(2027, 7, 1))


@given(
    start=DAYS, days=st.integers(1, 40), library_day=st.sampled_from([None, 1, 3, 5]), away=st.integers(0, 20)
)
def test_reasons_end_on_the_day_itself_and_are_there_only_when_there_is_something_to_tell(
    start, days, library_day, away
):
    rules = Rules(days=days, library_day=library_day)
    begin = start + timedelta(days=days - 3)
    holidays = [Holiday("kerst", begin, begin + timedelta(days=away))]
    due = due_day(start, rules, holidays)
    steps = reasons_of(due.on, start, rules, holidays)
    assert steps == () or steps[-1].on == due.on
    assert (len(steps) > 1) == (len(due.steps) > 1)
    assert not steps or steps[0].because == Because.PERIOD
    assert reasons_of(due.on + timedelta(days=1), start, rules, holidays) == ()


@pytest.fixture
def thursdays(shelf) -> None:
    row = RulesRow(days=21, renewals=1, books=3, region="middle", library_day=4)
    choose_rules(location=shelf.location, row=row, by=SYSTEM)


@pytest.fixture
def teacher(cast) -> Actor:
    return add_person("Eva Waarom", "teacher", cast.a1)


def test_the_desk_says_why_a_book_comes_back_later(shelf, thursdays, coordinator):
    desk = desk_of_actor(coordinator)
    with time_machine.travel(datetime(2026, 11, 9, 10, tzinfo=AMSTERDAM), tick=False):  # a Monday
        sent = Sent("q1", "scan", code=shelf.copies[0].barcode, borrower=shelf.noor, mode=Mode.LEND)
        reply = handle(entries=[sent], desk=desk)[0]
    assert reply.said.more == (
        "Terug op donderdag 3 december. 21 dagen later is het maandag 30 november."
        " De eerste biebdag daarna is donderdag 3 december."
    )


def test_a_child_reads_why_also_when_it_kept_the_book_longer(shelf, thursdays, coordinator):
    with time_machine.travel(datetime(2026, 11, 9, 10, tzinfo=AMSTERDAM), tick=False):
        done = lend(copy_id=shelf.copies[0].pk, to=shelf.noor, location_id=shelf.location.pk, by=coordinator)
        loan = Loan.objects.trusted("test").get(pk=done.answer.loan)
        rules = rules_at(shelf.location.pk)
        assert len(why_due(loan, rules)) == 2
        choose_rules(
            location=shelf.location,
            row=RulesRow(days=7, renewals=1, books=3, region="middle"),
            by=SYSTEM,
        )
        assert why_due(loan, rules_at(shelf.location.pk)) == []  # other rules now: nothing that is not so
        renew(copy_id=shelf.copies[0].pk, location_id=shelf.location.pk, by=coordinator)
        loan.refresh_from_db()
        assert len(why_due(loan, rules)) == 1


def test_the_papers_of_a_year_are_done_when_every_group_was_printed(shelf, coordinator, teacher, client_for):
    year, step = SchoolYear.running(), year_steps["cards"]

    def status() -> str:
        return str(step.state(coordinator, shelf.location, year).status)

    assert [
        (line.group.name, line.pupils, line.without) for line in card_lines(coordinator, shelf.location, year)
    ] == [
        ("5", 2, 0),
        ("6", 1, 0),
    ]
    assert status() == "not_begun"
    print_class(group_id=shelf.children.groups["5"].pk, by=coordinator)
    assert status() == "missing"
    print_class(group_id=shelf.children.groups["6"].pk, by=coordinator)
    assert status() == "done"
    browser = client_for(coordinator)
    assert browser.get(step.url(coordinator, shelf.location, year)).status_code == 200
    assert client_for(teacher).get(f"/school/{shelf.location.code}/klassenbladen/").status_code == 403


def test_before_the_year_begins_there_is_nothing_to_print(shelf, coordinator):
    ahead = SchoolYear(SchoolYear.running().first + 1)
    assert str(year_steps["cards"].state(coordinator, shelf.location, ahead).status) == "not_begun"


def test_the_papers_ask_as_many_questions_for_one_group_as_for_more(
    shelf, coordinator, django_assert_num_queries
):
    with django_assert_num_queries(4):
        card_lines(coordinator, shelf.location, SchoolYear.running())
