"""Numbers from a form: what no database can hold is no number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.core.numbers import whole, whole_of


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("12", 12), ("9" * 18, 10**18 - 1), ("9" * 19, None), ("9" * 5000, None)]
    + [(wrong, None) for wrong in ("", "-1", "1.5", " 1", "٦", "²", "x", "1e3")],
)
def test_plain_digits_are_a_number(text: str, number: int | None) -> None:
    assert whole(text) == number


@given(st.lists(st.text() | st.integers()))
def test_whatever_comes_in_nothing_breaks_and_nothing_comes_twice(texts) -> None:
    found = whole_of(texts)
    assert len(found) == len(set(found))
    assert all(0 <= number < 10**18 for number in found)
