"""From year plans to a diary: what is proposed keeps every rule, whatever is asked."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.activities.domain import Found, Map, Place, Refusal, Rhythm, Slot, Wish, propose, spread

TODAY = date(2026, 9, 1)  # a Tuesday
RHYTHM = Rhythm(frozenset({1, 2, 4}), time(9), time(15), 3, 30)


def wish(
    key: int = 1, unit: int = 1, minutes: int = 90, first: int = 1, last: int = 14, best: int = 7
) -> Wish:
    days = [TODAY + timedelta(days=n) for n in (first, last, best)]
    return Wish(key, unit, minutes, *days)


def place(*wishes: Wish, busy: tuple = (), closed: frozenset[date] = frozenset()) -> list[Found]:  # type: ignore[type-arg]
    return propose(wishes, RHYTHM, busy, closed, today=TODAY)


def test_a_visit_goes_to_the_working_day_nearest_to_its_best_day() -> None:
    (found,) = place(wish(best=4))  # Saturday 5 September
    assert (found.day, found.begin) == (date(2026, 9, 7), 9 * 60)


def test_one_activity_comes_twice_on_a_day_only_where_there_is_no_other() -> None:
    first, second = place(wish(1), wish(1))
    assert first.day != second.day
    first, second = place(wish(1, first=7, last=7), wish(1, first=7, last=7))
    assert (first.day, second.day, second.begin) == (date(2026, 9, 8), date(2026, 9, 8), first.end)


def test_between_two_schools_one_travels() -> None:
    first, second = place(wish(1, unit=1), wish(2, unit=2))
    assert first.day == second.day
    assert second.begin == first.end + 30


APART = Rhythm(frozenset({1, 2, 4}), time(9), time(15), 3, 30, 15, 60)
TOWNS = Map(
    {1: Place("1234", 1), 2: Place("1234", 1), 3: Place("1235", 1), 4: Place("9999", 2), 5: Place("", 1)}
)


@pytest.mark.parametrize(
    ("one", "other", "minutes"), [(1, 1, 0), (1, 2, 15), (1, 3, 30), (1, 4, 60), (1, 5, 30), (4, 77, 30)]
)
def test_how_long_one_travels_follows_from_where_schools_lie(one: int, other: int, minutes: int) -> None:
    assert TOWNS.minutes(APART, one, other) == TOWNS.minutes(APART, other, one) == minutes
    found = propose([wish(1, one), wish(2, other)], APART, (), (), today=TODAY, where=TOWNS)
    assert found[1].begin - found[0].end == minutes


def test_one_rather_goes_when_one_is_in_that_neighbourhood() -> None:
    tuesday = ((date(2026, 9, 8), Slot(2, 9 * 60, 10 * 60)),)
    days = {"first": 7, "last": 9, "best": 8}  # around a Wednesday, which is no day of hers
    (near,) = propose([wish(1, 1, **days)], APART, tuesday, (), today=TODAY, where=TOWNS)
    (far,) = propose([wish(1, 4, **days)], APART, tuesday, (), today=TODAY, where=TOWNS)
    assert [near.day, far.day] == [date(2026, 9, 8), date(2026, 9, 10)]


def test_each_school_has_its_own_holidays() -> None:
    where = Map(closed={1: {date(2026, 9, 8)}})
    first, second = propose([wish(1, 1), wish(2, 2)], RHYTHM, (), (), today=TODAY, where=where)
    assert [first.day, second.day] == [date(2026, 9, 7), date(2026, 9, 8)]


def test_at_one_school_the_next_visit_follows_at_once() -> None:
    first, second = place(wish(1), wish(2))
    assert (second.day, second.begin) == (first.day, first.end)


def test_one_rather_goes_when_one_is_at_that_school_anyway() -> None:
    thursday = date(2026, 9, 10)
    (found,) = place(wish(best=7), busy=((thursday, Slot(1, 9 * 60, 10 * 60)),))
    assert found.day == thursday


def test_holidays_are_left_free() -> None:
    closed = frozenset(TODAY + timedelta(days=n) for n in range(12))
    (found,) = place(wish(), closed=closed)
    assert found.day == date(2026, 9, 14)


@pytest.mark.parametrize(
    ("one", "refusal"),
    [
        (wish(first=-20, last=0), Refusal.OVER),
        (wish(minutes=400), Refusal.LONG),
        (wish(first=2, last=2), None),
        (wish(first=4, last=5, best=4), Refusal.FULL),
    ],
)
def test_what_has_no_place_says_why(one: Wish, refusal: Refusal | None) -> None:
    (found,) = place(one)
    assert found.refusal == refusal


def test_visits_of_an_activity_are_spread() -> None:
    first, last = date(2026, 9, 1), date(2026, 9, 11)
    assert spread(first, last, 1) == [date(2026, 9, 6)]
    assert spread(first, last, 2) == [date(2026, 9, 3), date(2026, 9, 9)]


WISHES = st.builds(
    lambda key, unit, quarters, first, length, best: wish(
        key, unit, quarters * 15, first, first + length, first + min(best, length)
    ),
    st.integers(0, 999),
    st.integers(1, 4),
    st.integers(1, 20),
    st.integers(-5, 60),
    st.integers(0, 40),
    st.integers(0, 40),
)


PLACES = st.dictionaries(
    st.integers(1, 4), st.builds(Place, st.sampled_from(["", "1234", "1235"]), st.sampled_from([None, 1, 2]))
)


@given(st.lists(WISHES, max_size=40), st.sets(st.integers(0, 60), max_size=20), PLACES)
def test_every_rule_holds_whatever_is_asked(
    wishes: list[Wish], closed: set[int], places: dict[int, Place]
) -> None:
    shut = {TODAY + timedelta(days=n) for n in closed}
    where = Map(places, {1: {TODAY + timedelta(days=3)}})
    found = propose(wishes, APART, (), shut, today=TODAY, where=where)
    assert [one.wish for one in found] == wishes
    by_day: dict[date, list[Found]] = {}
    for one in found:
        if one.day is None:
            assert one.refusal is not None
            continue
        assert one.wish.first <= one.day <= one.wish.last
        assert one.day > TODAY
        assert one.day.isoweekday() in RHYTHM.days
        assert one.day not in shut
        assert one.day not in where.closed.get(one.wish.unit, ())
        assert 9 * 60 <= one.begin <= one.end <= 15 * 60
        by_day.setdefault(one.day, []).append(one)
    for ones in by_day.values():
        assert len(ones) <= RHYTHM.most
        ones.sort(key=lambda one: one.begin)
        for before, after in pairwise(ones):
            gap = where.minutes(APART, before.wish.unit, after.wish.unit)
            assert before.end + gap <= after.begin
