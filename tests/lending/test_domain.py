"""When a book comes back, how many one may have, and what a scan comes down to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.collection.enums import CopyStatus
from leesbouw.lending.domain.answers import Answer
from leesbouw.lending.domain.borrowers import Borrower
from leesbouw.lending.domain.cards import card_barcode, clean
from leesbouw.lending.domain.deciding import OpenLoan, Place, State, Waiting, Who, decide
from leesbouw.lending.domain.due import Because, due_day, fits
from leesbouw.lending.domain.rules import Holiday, Rules, books_at_a_time, cut_day, week_of
from leesbouw.lending.enums import BorrowerKind, Do, Fix, Mode, Why

SPRING = Holiday("Voorjaarsvakantie", date(2027, 3, 6), date(2027, 3, 14))
SUMMER = Holiday("Zomervakantie", date(2027, 7, 10), date(2027, 8, 22))
THURSDAY = 4

days = st.dates(date(2026, 8, 1), date(2028, 7, 31))
rules = st.builds(
    Rules,
    days=st.integers(1, 60),
    library_day=st.none() | st.integers(1, 7),
    holiday_lending=st.booleans(),
)


@st.composite
def holidays(draw) -> list[Holiday]:  # type: ignore[no-untyped-def]
    """Holidays in a row that do not touch, as in a school year."""
    found, day = [], date(2026, 8, 1)
    for number in range(draw(st.integers(0, 6))):
        day += timedelta(days=draw(st.integers(8, 90)))
        last = day + timedelta(days=draw(st.integers(0, 42)))
        found.append(Holiday(f"Vakantie {number}", day, last))
        day = last
    return found


def test_three_weeks_that_end_in_a_holiday_go_on_to_the_next_library_day() -> None:
    due = due_day(date(2027, 2, 18), Rules(days=21, library_day=THURSDAY), [SPRING])

    assert due.on == date(2027, 3, 18)
    assert [(step.because, step.on) for step in due.steps] == [
        (Because.PERIOD, date(2027, 3, 11)),
        (Because.AFTER_HOLIDAY, date(2027, 3, 15)),
        (Because.LIBRARY_DAY, date(2027, 3, 18)),
    ]
    assert due.steps[1].name == "Voorjaarsvakantie"


def test_a_library_day_in_the_next_holiday_is_passed_by_too() -> None:
    short = Holiday("Vrije week", date(2027, 3, 15), date(2027, 3, 19))
    due = due_day(date(2027, 2, 18), Rules(days=21, library_day=THURSDAY), [SPRING, short])

    assert due.on == date(2027, 3, 25)


def test_without_a_library_day_a_weekend_becomes_monday() -> None:
    due = due_day(date(2027, 1, 9), Rules(days=7), [])

    assert (due.on, due.steps[-1].because) == (date(2027, 1, 18), Because.WEEKEND)


def test_without_lending_over_holidays_everything_is_back_before_them() -> None:
    own = Rules(days=21, library_day=THURSDAY, holiday_lending=False)
    due = due_day(date(2027, 6, 24), own, [SUMMER])

    assert (due.on, due.steps[-1].because, due.steps[-1].name) == (
        date(2027, 7, 8),
        Because.BEFORE_HOLIDAY,
        "Zomervakantie",
    )
    assert due_day(date(2027, 7, 8), own, [SUMMER]).on == date(2027, 8, 26)  # too late to come back before


@given(days, rules, holidays())
def test_a_book_comes_back_later_on_a_fitting_day_outside_every_holiday(start, own, free) -> None:
    due = due_day(start, own, free)

    assert due.on > start
    assert fits(due.on, own)
    assert not any(due.on in one for one in free)
    assert due.steps[0].because == Because.PERIOD
    assert due.steps[-1].on == due.on or len(due.steps) == 1


@given(days, rules, holidays())
def test_over_holidays_nobody_gets_less_than_the_period(start, own, free) -> None:
    due = due_day(start, own, free)
    if own.holiday_lending:
        assert due.on >= start + timedelta(days=own.days)
    before = [step for step in due.steps if step.because == Because.BEFORE_HOLIDAY]
    assert not before or not own.holiday_lending


@given(days, rules, holidays(), st.integers(1, 30))
def test_a_longer_period_never_ends_sooner_over_holidays(start, own, free, more) -> None:
    if own.holiday_lending:
        longer = Rules(days=own.days + more, library_day=own.library_day)
        assert due_day(start, longer, free).on >= due_day(start, own, free).on


@given(days, holidays())
def test_one_day_later_never_ends_sooner(start, free) -> None:
    own = Rules(days=21, library_day=2)
    assert due_day(start + timedelta(days=1), own, free).on >= due_day(start, own, free).on


def test_a_year_group_has_its_own_number_and_more_before_a_holiday() -> None:
    own = Rules(books=2, limits={1: 1}, holiday_extra=2)

    assert books_at_a_time(own, 1, date(2027, 6, 1), [SUMMER]) == 1
    assert books_at_a_time(own, 5, date(2027, 6, 1), [SUMMER]) == 2
    assert books_at_a_time(own, 5, date(2027, 7, 2), [SUMMER]) == 4
    assert books_at_a_time(own, 5, SUMMER.starts_on, [SUMMER]) == 2
    assert books_at_a_time(own, None, date(2027, 6, 1), [SUMMER]) == 2


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_what_is_left_of_a_day_is_its_week_within_its_month(day) -> None:
    left = week_of(day)

    assert timedelta() <= day - left <= timedelta(days=6)
    assert (left.year, left.month) == (day.year, day.month)
    assert week_of(left) == left


def test_the_link_lasts_as_long_as_the_school_chose() -> None:
    assert cut_day(Rules(cut_days=30), date(2027, 1, 1)) == date(2027, 1, 31)
    assert cut_day(Rules(cut_days=0), date(2027, 1, 1)) == date(2027, 1, 1)


@given(st.integers(0, 10**10 - 1))
def test_a_card_begins_with_two_and_ends_with_a_check_digit(number) -> None:
    barcode = card_barcode(number)
    assert (len(barcode), barcode[0]) == (12, "2")
    assert clean(f" *{barcode}*\n") == barcode


@given(st.sampled_from(BorrowerKind), st.integers(0, 10**15))
def test_a_borrower_is_read_as_it_is_written(kind, number) -> None:
    assert Borrower.parse(str(Borrower(kind, number))) == Borrower(kind, number)


@pytest.mark.parametrize("text", ["", "pupil", "pupil:", "pupil:x", "king:1", "pupil:-1", "pupil:²", ":1"])
def test_nobody_is_read_from_nonsense(text) -> None:
    assert Borrower.parse(text) is None


# What a scan comes down to

FREE = State(place=Place.HERE, status=CopyStatus.IN_USE)
NOOR = Who(open=0, limit=2)
HERS, OTHERS = OpenLoan(True), OpenLoan(False)


@pytest.mark.parametrize(
    ("changes", "do", "why", "fix"),
    [
        ({"who": NOOR}, Do.LEND, None, None),
        ({}, Do.ASK, Why.NO_BORROWER, Fix.CHOOSE),
        ({"mode": Mode.RETURN}, Do.NOTHING, Why.NOT_LENT, None),
        ({"loan": HERS}, Do.GIVE_BACK, None, None),
        ({"loan": HERS, "who": NOOR}, Do.GIVE_BACK, None, None),
        ({"loan": OpenLoan(True, just_now=True), "who": NOOR}, Do.NOTHING, Why.JUST_DONE, None),
        ({"loan": OTHERS, "who": NOOR}, Do.ASK, Why.WITH_OTHER, Fix.MOVE),
        ({"loan": OTHERS, "who": NOOR, "allowed": {Why.WITH_OTHER}}, Do.MOVE, None, None),
        ({"loan": OTHERS, "who": NOOR, "mode": Mode.RETURN}, Do.GIVE_BACK, None, None),
        ({"loan": OTHERS, "who": NOOR, "mode": Mode.ROW}, Do.GIVE_BACK, None, None),
        ({"who": NOOR, "mode": Mode.ROW}, Do.LEND, None, None),
        ({"loan": OpenLoan(False, is_here=False), "who": NOOR}, Do.ASK, Why.OTHER_SCHOOL, Fix.ASIDE),
        ({"place": Place.ELSEWHERE, "who": NOOR}, Do.ASK, Why.OTHER_SCHOOL, Fix.ASIDE),
        ({"place": Place.ELSEWHERE, "loan": HERS}, Do.GIVE_BACK, None, None),
        ({"place": Place.LIBRARY, "who": NOOR}, Do.ASK, Why.OF_LIBRARY, Fix.LEND),
        ({"place": Place.LIBRARY, "who": NOOR, "allowed": {Why.OF_LIBRARY}}, Do.LEND, None, None),
        ({"status": CopyStatus.WITHDRAWN, "who": NOOR}, Do.ASK, Why.WITHDRAWN, Fix.USE_AGAIN),
        ({"status": CopyStatus.WITHDRAWN, "allowed": {Why.WITHDRAWN}}, Do.FOUND, None, None),
        ({"status": CopyStatus.REPAIR}, Do.ASK, Why.REPAIR, Fix.USE_AGAIN),
        ({"status": CopyStatus.LOST}, Do.FOUND, None, None),
        ({"status": CopyStatus.MISSING, "mode": Mode.RETURN}, Do.FOUND, None, None),
        ({"status": CopyStatus.MISSING, "who": NOOR}, Do.LEND, None, None),
        ({"status": CopyStatus.LOST, "loan": OTHERS}, Do.GIVE_BACK, None, None),
        ({"who": NOOR, "waiting": Waiting(others=True)}, Do.ASK, Why.RESERVED, Fix.LEND),
        ({"who": NOOR, "waiting": Waiting(borrower=True)}, Do.LEND, None, None),
        ({"who": Who(2, 2)}, Do.ASK, Why.TOO_MANY, Fix.LEND),
        ({"who": Who(2, 2), "allowed": {Why.TOO_MANY}}, Do.LEND, None, None),
        ({"who": Who(400, None)}, Do.LEND, None, None),
        ({"who": Who(0, 2, has_group=False)}, Do.ASK, Why.NO_GROUP, Fix.LEND),
        ({"who": Who(0, 2, is_here=False)}, Do.ASK, Why.LEFT, Fix.CHOOSE),
        ({"who": Who(2, 2), "loan": OTHERS, "allowed": {Why.WITH_OTHER}}, Do.ASK, Why.TOO_MANY, Fix.LEND),
        ({"loan": HERS, "mode": Mode.RENEW}, Do.RENEW, None, None),
        ({"loan": OpenLoan(True, renewals=1), "mode": Mode.RENEW}, Do.ASK, Why.NO_MORE_RENEWALS, Fix.RENEW),
        (
            {"loan": HERS, "mode": Mode.RENEW, "waiting": Waiting(others=True)},
            Do.ASK,
            Why.WAITED_FOR,
            Fix.RENEW,
        ),
        ({"mode": Mode.RENEW}, Do.NOTHING, Why.NOT_LENT, None),
    ],
)  # fmt: skip
def test_every_scan_has_one_answer(changes, do, why, fix) -> None:
    changes["allowed"] = frozenset(changes.get("allowed", ()))
    decision = decide(replace(FREE, **changes))

    assert (decision.do, decision.why, decision.fix) == (do, why, fix)


def test_who_brings_her_own_book_may_keep_it_longer() -> None:
    assert decide(replace(FREE, who=NOOR, loan=HERS)).offer == Fix.RENEW
    assert decide(replace(FREE, who=NOOR, loan=OpenLoan(True, renewals=1))).offer is None


states = st.builds(
    State,
    place=st.sampled_from(Place),
    status=st.sampled_from(CopyStatus),
    loan=st.none() | st.builds(OpenLoan, st.booleans(), st.booleans(), st.booleans(), st.integers(0, 3)),
    who=st.none()
    | st.builds(Who, st.integers(0, 5), st.none() | st.integers(0, 5), st.booleans(), st.booleans()),
    waiting=st.builds(Waiting, st.booleans(), st.booleans()),
    mode=st.sampled_from(Mode),
    renewals=st.integers(0, 3),
    allowed=st.frozensets(st.sampled_from(Why)),
)


@given(states)
def test_whatever_is_scanned_nothing_goes_out_that_is_out_and_nothing_comes_in_that_is_in(state) -> None:
    decision = decide(state)

    if decision.do == Do.LEND:
        assert state.loan is None
        assert state.who is not None
        assert state.who.is_here
    if decision.do in {Do.GIVE_BACK, Do.MOVE, Do.RENEW}:
        assert state.loan is not None
        assert state.loan.is_here
    if decision.do == Do.MOVE:
        assert state.who is not None
        assert state.who.is_here
    assert (decision.do == Do.ASK) == (decision.fix is not None)
    assert (decision.do in {Do.ASK, Do.NOTHING}) == (decision.why is not None)


@given(states)
def test_who_says_yes_is_not_asked_the_same_again(state) -> None:
    final = {Why.NO_BORROWER, Why.LEFT, Why.OTHER_SCHOOL}
    decision, asked = decide(state), []
    while decision.do == Do.ASK and decision.why not in final:
        assert decision.why not in asked
        asked.append(decision.why)
        decision = decide(replace(state, allowed=state.allowed | set(asked)))


@given(
    st.builds(
        Answer,
        do=st.sampled_from(Do),
        why=st.none() | st.sampled_from(Why),
        fix=st.none() | st.sampled_from(Fix),
        offer=st.none() | st.sampled_from(Fix),
        copy=st.none() | st.integers(1, 10**9),
        loan=st.none() | st.integers(1, 10**9),
        hold=st.none() | st.integers(1, 10**9),
        steps=st.lists(
            st.tuples(st.just("lend"), st.integers(1, 10**9), st.just("2027-01-01"), st.just("in_use")),
            max_size=2,
        ).map(tuple),
        undone=st.booleans(),
    )
)
def test_an_answer_is_read_as_it_was_kept(answer) -> None:
    text = answer.to_text()
    assert Answer.from_text(text) == answer
    assert len(text) <= 500


@pytest.mark.parametrize("text", ["", "/scholen/", "{}", "[]", '{"do":"x"}', "1"])
def test_the_answer_of_another_page_is_no_answer_of_the_desk(text) -> None:
    with pytest.raises(ValueError):
        Answer.from_text(text)
