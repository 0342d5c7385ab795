"""Equal panels give away no single location, however they are held against the totals beside them."""

from __future__ import annotations

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from leesbouw.indicators.domain.suppression import Atom, Counted, Place, counted, panel

from .algebra import Known, indicator

EXAMPLES = int(os.environ.get("LEESBOUW_ATTACKS", "100"))
PLACES = {one: Place(one, 11 + one % 3, 21 + one % 3 // 2, None, 41, 51) for one in range(1, 16)}


def year(alone: dict[int, int], *blocks: set[int]) -> Counted:
    return counted(alone, [frozenset(block) for block in blocks], PLACES, 2)


@st.composite
def years(draw: st.DrawFn) -> Counted:
    """Some locations alone, and perhaps a block of three of one municipality."""
    alone = draw(st.dictionaries(st.integers(1, 12), st.integers(10, 60)))
    return year(alone, *([{13, 10, 7} - alone.keys() | {13}] if draw(st.booleans()) else []))


def pools(found: Counted) -> list[Atom]:
    return list(found.pools.values())


@given(years(), years())
@settings(max_examples=EXAMPLES)
def test_a_panel_beside_the_totals_gives_nobody_away(one: Counted, other: Counted) -> None:
    found = panel(one, other, 2)

    for at in (one, other):
        known = Known(indicator(total) for total in [*pools(at), *found.values()])
        assert [location for location in PLACES if known.gives(indicator([location]))] == []
    assert all(len(kept) >= 2 for kept in found.values())
    assert all(kept <= one.alone.keys() & other.alone.keys() for kept in found.values())


def test_the_same_schools_in_both_years_are_all_in_it() -> None:
    both = year({1: 20, 4: 30, 7: 40})
    assert panel(both, both, 2) == {(21, 12): frozenset({1, 4, 7})}


def test_where_one_is_new_the_smallest_goes_with_it() -> None:
    before, now = year({1: 20, 4: 30, 7: 40, 10: 50}), year({1: 60, 4: 30, 7: 40, 10: 50, 13: 12})
    assert panel(now, before, 2) == {(21, 12): frozenset({1, 10})}  # two go, or then one is left
    assert panel(year({1: 20, 4: 30, 7: 9}), year({1: 20, 4: 30}), 2) == {}


def test_a_municipality_with_one_school_is_in_no_panel() -> None:
    alone = year({1: 20, 4: 30, 2: 40})
    assert panel(alone, alone, 2) == {(21, 12): frozenset({1, 4})}


def test_a_block_is_in_the_total_and_not_in_the_panel() -> None:
    before, now = year({1: 20, 4: 30}, {7, 10}), year({1: 20, 4: 30}, {7, 10})
    assert panel(now, before, 2) == {(21, 12): frozenset({1, 4})}
