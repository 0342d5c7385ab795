"""Equal panels give away no single location, however they are held against the totals beside them."""

from __future__ import annotations

import os
from collections.abc import Hashable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leesbouw.indicators.domain.suppression import Atom, Counted, Place, PoolOf, key_of, pool_of
from leesbouw.indicators.domain.suppression import panel as panel_of

from .algebra import Known, indicator

EXAMPLES = int(os.environ.get("LEESBOUW_ATTACKS", "100"))
PLACES = {one: Place(one, 11 + one % 3, 21 + one % 3 // 2, 31 + one % 2, 41, 51) for one in range(1, 16)}
MUNICIPALITY = partial(pool_of, within_library=False)
BOARD = partial(key_of, level="board")


def year(alone: dict[int, int], *blocks: set[int]) -> Counted:
    return Counted(alone, [frozenset(block) for block in blocks], PLACES)


def panel(one: Counted, other: Counted, locations: int) -> dict[Hashable, Atom]:
    return panel_of(one, other, MUNICIPALITY, locations)


@st.composite
def years(draw: st.DrawFn) -> Counted:
    """Some locations alone, and perhaps a block of three of one municipality."""
    alone = draw(st.dictionaries(st.integers(1, 12), st.integers(10, 60)))
    return year(alone, *([{13, 10, 7} - alone.keys() | {13}] if draw(st.booleans()) else []))


@pytest.mark.parametrize("pool", [MUNICIPALITY, BOARD])
@given(one=years(), other=years())
@settings(max_examples=EXAMPLES)
def test_a_panel_beside_the_totals_gives_nobody_away(one: Counted, other: Counted, pool: PoolOf) -> None:
    found = panel_of(one, other, pool, 2)

    for at in (one, other):
        known = Known(indicator(total) for total in [*at.pools(pool, 2).values(), *found.values()])
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


def test_a_board_is_a_pool_of_its_own_across_municipalities() -> None:
    odd, even = {1: 20, 3: 30, 5: 40}, {2: 20, 4: 30}
    both = year({**odd, **even}, {13, 10, 7})  # the block lies at two boards
    assert panel_of(both, both, BOARD, 2) == {31: frozenset(even), 32: frozenset(odd)}
    assert panel_of(both, year(odd), BOARD, 2) == {32: frozenset(odd)}
