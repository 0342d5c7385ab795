"""Where each child goes when the year ends. Nobody is lost and nobody is doubled."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leesbouw.pupils.domain import LEAVES, Choices, Doubt, NewGroup, move_up
from leesbouw.pupils.domain.moving import Child

LAST = {1: (5,), 2: (7, 8), 3: (8,), 4: (1, 2)}
COMING = [NewGroup(11, (6,), 1), NewGroup(12, (8,), 2), NewGroup(14, (1, 2), 4), NewGroup(15, (3,), 4)]


def where(child: Child, **kwargs: object):
    plan = move_up([child], LAST, COMING, top=8, **kwargs)  # type: ignore[arg-type]
    return plan.moves.get(child.id) or plan.doubts.get(child.id) or "leaves"


def test_a_child_goes_along_with_the_group():
    assert where(Child(1, 1)) == (11, 6)


def test_the_highest_year_leaves():
    assert where(Child(1, 3)) == "leaves"


def test_a_combination_group_is_split_by_year():
    assert where(Child(1, 2, 7)) == (12, 8)
    assert where(Child(1, 2, 8)) == "leaves"
    assert where(Child(1, 4, 1)) == (14, 2)
    assert where(Child(1, 4, 2)) == (15, 3)


def test_without_a_year_a_child_of_a_split_group_is_asked_about():
    assert where(Child(1, 4)) == Doubt.NO_YEAR


def test_who_was_in_no_group_is_asked_about():
    assert where(Child(1)) == Doubt.NO_GROUP


def test_who_stays_goes_to_the_group_of_her_own_year():
    coming = [*COMING, NewGroup(16, (5,))]
    plan = move_up([Child(1, 1)], LAST, coming, top=8, choices=Choices(stays=frozenset({1})))

    assert plan.moves == {1: (16, 5)}
    assert where(Child(1, 1), choices=Choices(stays=frozenset({1}))) == Doubt.STAYS


def test_a_choice_goes_before_the_rule():
    assert where(Child(1, 1), choices=Choices(children={1: LEAVES})) == "leaves"
    assert where(Child(1, 1), choices=Choices(groups={1: 12})) == (12, 6)
    assert where(Child(1, 1), choices=Choices(children={1: 99})) == Doubt.NO_FOLLOWER


def test_a_group_that_ends_goes_to_the_only_group_of_its_year():
    plan = move_up([Child(1, 7)], {7: (5,)}, [NewGroup(11, (6,), 1)], top=8)

    assert plan.moves == {1: (11, 6)}


def test_special_schools_stay_together():
    coming = [NewGroup(21, (4, 5), 9)]

    assert move_up([Child(1, 9, 6)], {9: (3, 4)}, coming, top=8, together=True).moves == {1: (21, 7)}
    assert move_up([Child(1, 9, 6)], {9: (3, 4)}, coming, top=8).doubts == {1: Doubt.NO_FOLLOWER}


ids = st.integers(1, 6)
years = st.lists(st.integers(1, 8), max_size=3).map(lambda found: tuple(sorted(set(found))))


@given(
    st.lists(
        st.builds(Child, st.integers(1, 99), st.none() | ids, st.none() | st.integers(1, 8)),
        unique_by=lambda child: child.id,
        max_size=20,
    ),
    st.dictionaries(ids, years),
    st.lists(st.builds(NewGroup, st.integers(11, 16), years, st.none() | ids), unique_by=lambda one: one.id),
    st.none() | st.just(8),
    st.builds(
        Choices,
        st.frozensets(st.integers(1, 99)),
        st.dictionaries(st.integers(1, 99), st.integers(10, 17)),
        st.dictionaries(ids, st.integers(10, 17)),
    ),
    st.booleans(),
)
def test_every_child_is_in_exactly_one_place(children, last, coming, top, choices, together):
    plan = move_up(children, last, coming, top=top, choices=choices, together=together)

    assert sorted([*plan.moves, *plan.leaves, *plan.doubts]) == sorted(child.id for child in children)
    assert {group for group, _year in plan.moves.values()} <= {group.id for group in coming}
