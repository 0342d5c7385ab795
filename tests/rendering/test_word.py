"""Tables in Word are as wide as the page, and break no word as long as the page holds them all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leesbouw.rendering.word.files import CELL_EDGES, SIGN, TEXT_WIDTH, column_widths

cells = st.text("abcdefgh ijkl", max_size=60)
tables = st.integers(1, 8).flatmap(
    lambda columns: st.lists(st.lists(cells, min_size=columns, max_size=columns), min_size=1, max_size=6)
)


@given(tables)
def test_a_table_is_as_wide_as_the_page_and_holds_each_longest_word(lines: list[list[str]]) -> None:
    widths = column_widths(lines)
    longest = [
        max((len(word) for text in column for word in text.split()), default=0)
        for column in zip(*lines, strict=True)
    ]
    assert abs(sum(widths) - TEXT_WIDTH) < 0.001
    if sum(CELL_EDGES + SIGN * word for word in longest) < TEXT_WIDTH:
        assert all(
            width >= CELL_EDGES + SIGN * word - 1e-9 for width, word in zip(widths, longest, strict=True)
        )


def test_the_first_column_of_a_timetable_holds_its_words() -> None:
    lines = [
        ["Minuten per week", *"12345678"],
        ["Voorlezen", *["60"] * 8],
        ["Praten over boeken", *["20"] * 8],
    ]
    first, *rest = column_widths(lines)
    assert first > CELL_EDGES + SIGN * len("Voorlezen") > max(rest)
