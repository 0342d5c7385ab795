"""Shares, means, differences, lines and links, against what was worked out by hand and what always holds."""

from __future__ import annotations

from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.indicators.domain.statistics import (
    DifferenceRule,
    Interval,
    Judgement,
    Observation,
    Point,
    Share,
    composite_score,
    difference_of_means,
    difference_of_shares,
    effective_n,
    equal_panel,
    lines,
    link,
    mean_of_sums,
    rescaled,
    share_of,
    share_of_answers,
    student_t,
    weighted_share,
    wilson,
)

RULE = DifferenceRule(clear_from=0.10, small_below=0.05, clear_effect=0.5, small_effect=0.2, link_schools=30)
COUNTS = st.tuples(st.integers(0, 400), st.integers(1, 400)).map(lambda two: (min(two), max(two)))


def rounded(interval: Interval | None, digits: int = 4) -> tuple[float, float]:
    assert interval is not None
    return round(interval.low, digits), round(interval.high, digits)


def made(numerator: float, denominator: float) -> Share:
    share = share_of(numerator, denominator)
    assert share is not None
    return share


# Shares


def test_the_base_is_who_gave_an_answer_that_counts() -> None:
    liked = [4, 3, 3, 2, 1, None, 98, 97]  # skipped; I do not know; we have none

    share = share_of_answers(liked, positive={3, 4}, counting={1, 2, 3, 4})

    assert share is not None
    assert (share.value, share.base, share.left_out) == (0.6, 5, 3)


def test_without_an_answer_that_counts_there_is_no_share() -> None:
    assert share_of_answers([None, 98], positive={3}, counting={1, 2, 3}) is None
    assert share_of(0, 0) is None


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [
        (5, 10, 0.2366, 0.7634),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, Statistics in Medicine 17, p. 861
        (15, 148, 0.0624, 0.1605),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_of_wilson(numerator: int, denominator: int, low: float, high: float) -> None:
    assert rounded(made(numerator, denominator).interval) == (low, high)


def test_who_asked_nearly_everybody_knows_nearly_everything() -> None:
    """20 of 24 children: m = 20 · 23 / 4 = 115, so the interval is that of 115 answers."""
    assert wilson(0.75, 20, population=24) == wilson(0.75, 115)
    assert wilson(0.75, 24, population=24) == Interval(0.75, 0.75)
    assert wilson(0.75, 26, population=24) == Interval(0.75, 0.75)


@given(COUNTS)
def test_an_interval_holds_its_share_and_lies_between_nothing_and_all(counts: tuple[int, int]) -> None:
    share = made(*counts)

    assert share.value in share.interval
    assert 0 <= share.interval.low <= share.interval.high <= 1


@given(COUNTS, st.integers(2, 9))
def test_more_answers_make_the_interval_smaller(counts: tuple[int, int], times: int) -> None:
    few, many = made(*counts).interval, made(counts[0] * times, counts[1] * times).interval

    assert many.high - many.low < few.high - few.low


@given(COUNTS, st.integers(1, 500))
def test_knowing_how_many_there_are_never_makes_it_larger(counts: tuple[int, int], more: int) -> None:
    share = made(*counts)
    known = wilson(share.value, counts[1], population=counts[1] + more)

    assert known.high - known.low <= share.interval.high - share.interval.low + 1e-12


@given(COUNTS)
def test_yes_and_no_are_each_others_mirror(counts: tuple[int, int]) -> None:
    yes, no = made(*counts).interval, made(counts[1] - counts[0], counts[1]).interval

    assert isclose(yes.low, 1 - no.high, abs_tol=1e-12)
    assert isclose(yes.high, 1 - no.low, abs_tol=1e-12)


# Weights


def test_weights_count_in_the_share_and_make_it_less_sure() -> None:
    """(2 + 1) / (2 + 1 + 1) = 0.75; effective n = 16 / 6."""
    share = weighted_share([True, True, False], [2, 1, 1])

    assert share is not None
    assert (share.value, share.base) == (0.75, 4)
    assert share.interval == wilson(0.75, 16 / 6)


@given(st.lists(st.tuples(st.booleans(), st.floats(0.01, 100)), min_size=1, max_size=40))
def test_weights_never_tell_more_than_as_many_answers_without(rows: list[tuple[bool, float]]) -> None:
    weights = [weight for _, weight in rows]

    n = effective_n(sum(weights), sum(weight**2 for weight in weights))

    assert 1 - 1e-9 <= n <= len(rows) + 1e-9


@given(st.lists(st.booleans(), min_size=1, max_size=40), st.floats(0.01, 100))
def test_the_same_weight_for_all_changes_nothing(hits: list[bool], weight: float) -> None:
    weighted, plain = weighted_share(hits, [weight] * len(hits)), made(sum(hits), len(hits))

    assert weighted is not None
    assert isclose(weighted.value, plain.value, abs_tol=1e-9)
    assert rounded(weighted.interval, 6) == rounded(plain.interval, 6)


# Means


def test_a_mean_from_three_sums() -> None:
    """2, 4, 4, 6: mean 4, s² = 8/3, error √(2/3), t of three degrees 3.182."""
    mean = mean_of_sums(4, 16, 72)

    assert mean is not None
    assert mean.value == 4
    assert (mean.deviation, mean.error) == (sqrt(8 / 3), sqrt(8 / 3 / 4))
    low, high = rounded(mean.interval, 2)
    assert (low, high) == (1.4, 6.6)


def test_a_mean_of_everybody_has_nothing_left_to_guess() -> None:
    mean = mean_of_sums(4, 16, 72, population=4)

    assert mean is not None
    assert mean.interval == Interval(4, 4)


def test_one_answer_has_no_interval_and_none_no_mean() -> None:
    one = mean_of_sums(1, 7, 49)

    assert one is not None
    assert (one.value, one.interval) == (7, None)
    assert mean_of_sums(0, 0, 0) is None


@given(st.lists(st.integers(0, 100), min_size=2, max_size=60))
def test_a_mean_is_that_of_the_answers(answers: list[int]) -> None:
    mean = mean_of_sums(len(answers), sum(answers), sum(number**2 for number in answers))

    assert mean is not None
    assert isclose(mean.value, sum(answers) / len(answers))
    assert mean.interval is not None
    assert mean.value in mean.interval


@pytest.mark.parametrize(
    ("degrees", "table"),
    [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (5, 2.571), (10, 2.228), (30, 2.042), (120, 1.980)],
)
def test_student_as_in_the_tables(degrees: int, table: float) -> None:
    assert student_t(degrees) == pytest.approx(table, rel=0.002)


# Differences


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [  # Newcombe 1998, Statistics in Medicine 17, table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_the_interval_of_newcombe(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    difference = difference_of_shares(made(*one), made(*other), RULE)

    assert (round(difference.low, 4), round(difference.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("one", "other", "judgement", "direction"),
    [
        ((700, 1000), (600, 1000), Judgement.CLEAR, "up"),  # exactly ten points
        ((600, 1000), (700, 1000), Judgement.CLEAR, "down"),
        ((699, 1000), (600, 1000), Judgement.UNCERTAIN, "none"),  # sure, but less than ten points
        ((7, 10), (5, 10), Judgement.UNCERTAIN, "none"),  # twenty points, of ten children
        ((650, 1000), (600, 1000), Judgement.UNCERTAIN, "none"),  # exactly five points
        ((649, 1000), (600, 1000), Judgement.SMALL, "none"),
        ((5, 10), (5, 10), Judgement.SMALL, "none"),
    ],
)
def test_a_difference_is_clear_uncertain_or_small(
    one: tuple[int, int], other: tuple[int, int], judgement: Judgement, direction: str
) -> None:
    difference = difference_of_shares(made(*one), made(*other), RULE)

    assert (difference.judgement, difference.direction) == (judgement, direction)


@given(COUNTS, COUNTS)
def test_a_difference_the_other_way_round_is_its_mirror(one: tuple[int, int], other: tuple[int, int]) -> None:
    there, back = (
        difference_of_shares(a, b, RULE) for a, b in ((made(*one), made(*other)), (made(*other), made(*one)))
    )

    assert there.low <= there.value <= there.high
    assert (there.value, there.low, there.high) == pytest.approx((-back.value, -back.high, -back.low))
    assert there.judgement == back.judgement


def test_means_are_judged_by_their_deviation() -> None:
    low, high = (
        mean_of_sums(100, 1000, 10_400),
        mean_of_sums(100, 1200, 14_800),
    )  # means 10 and 12, deviation 2
    assert low is not None
    assert high is not None

    difference = difference_of_means(high, low, RULE)

    assert difference is not None
    assert (difference.value, difference.judgement) == (2, Judgement.CLEAR)
    assert difference.low == pytest.approx(2 - 1.972 * sqrt(2 * (400 / 99) / 100), abs=0.001)


def test_means_of_one_answer_cannot_be_compared() -> None:
    one, more = mean_of_sums(1, 3, 9), mean_of_sums(4, 16, 72)
    assert one is not None
    assert more is not None

    assert difference_of_means(one, more, RULE) is None


def test_means_without_any_deviation_differ_or_do_not() -> None:
    three, four = mean_of_sums(5, 15, 45), mean_of_sums(5, 20, 80)
    assert three is not None
    assert four is not None

    assert getattr(difference_of_means(four, three, RULE), "judgement", None) == Judgement.CLEAR
    assert getattr(difference_of_means(four, four, RULE), "judgement", None) == Judgement.SMALL


# Scores


def test_a_scale_becomes_nought_to_a_hundred() -> None:
    assert [rescaled(value, 1, 4) for value in (1, 2, 4)] == [0, pytest.approx(33.33, abs=0.01), 100]
    with pytest.raises(ValueError, match="not on a scale"):
        rescaled(5, 1, 4)


def test_a_score_needs_half_of_its_parts() -> None:
    assert composite_score([100, 50, None, None]) == 75
    assert composite_score([100, None, None]) is None
    assert composite_score([]) is None


# Years


def test_a_line_is_cut_where_something_else_was_asked() -> None:
    points = [Point(2026, 3, 0.5), Point(2022, 1, 0.7), Point(2024, 1, 0.6), Point(2025, 2, 0.6)]

    assert [[one.year for one in part] for part in lines(points, {})] == [[2022, 2024], [2025], [2026]]
    assert [[one.year for one in part] for part in lines(points, {2: {1}})] == [[2022, 2024, 2025], [2026]]
    assert [[one.year for one in part] for part in lines(points, {2: {1}, 3: {1}})] == [
        [2022, 2024, 2025],
        [2026],
    ]


def test_a_year_without_a_figure_cuts_nothing() -> None:
    points = [Point(2022, 1, 0.7), Point(2023, 9, None), Point(2024, 1, 0.6)]

    assert [[one.year for one in part] for part in lines(points, {})] == [[2022, 2024]]


def test_an_equal_panel_took_part_in_every_year() -> None:
    assert equal_panel({2024: {1, 2, 3}, 2026: {2, 3, 4}}) == {2, 3}
    assert equal_panel({}) == frozenset()


# What goes together


def test_a_link_with_errors_by_school_as_worked_out_by_hand() -> None:
    """x 0-3, y 1, 2, 2, 4: slope 4.5/5, residuals 0.1, 0.2, -0.7, 0.4.

    By school Σ(x-1.5)e is -0.25 and 0.25; V = 3 · (0.0625 + 0.0625) / 25 with c = 2/1 · 3/2.
    """
    rows = [Observation(y, x, school) for x, y, school in ((0, 1, 1), (1, 2, 1), (2, 2, 2), (3, 4, 2))]

    found = link(rows, fewest_schools=2)

    assert found is not None
    assert found.slope == pytest.approx(0.9)
    assert found.error == pytest.approx(sqrt(0.015))
    assert (found.groups, found.schools, found.is_there) == (4, 2, False)
    assert found.interval.high - found.slope == pytest.approx(12.706 * sqrt(0.015), rel=1e-4)


def test_what_is_kept_equal_takes_its_part() -> None:
    """The outcome is 2 · factor + 5 · other, without noise."""
    rows = [
        Observation(2 * x + 5 * z, x, school, (z,))
        for school, (x, z) in enumerate([(0, 0), (1, 3), (2, 1), (3, 2), (4, 7), (5, 1)])
    ]

    found = link(rows, fewest_schools=5)

    assert found is not None
    assert found.slope == pytest.approx(2)
    assert found.is_there


def test_too_few_schools_or_a_factor_that_stands_still_say_nothing() -> None:
    rows = [Observation(y, x, school) for x, y, school in ((0, 1, 1), (1, 2, 1), (2, 2, 2), (3, 4, 2))]
    still = [Observation(row.outcome, 1.0, row.school) for row in rows]

    assert link(rows, fewest_schools=3) is None
    assert link(still, fewest_schools=2) is None
    assert link([], fewest_schools=2) is None


@given(
    st.lists(
        st.tuples(st.integers(-50, 50), st.integers(-50, 50), st.integers(0, 4)), min_size=8, max_size=30
    ),
    st.integers(-20, 20),
)
def test_moving_everything_up_moves_no_slope(rows: list[tuple[int, int, int]], up: int) -> None:
    before = link([Observation(y, x, school) for y, x, school in rows], fewest_schools=2)
    after = link([Observation(y + up, x + up, school) for y, x, school in rows], fewest_schools=2)

    assert (before is None) == (after is None)
    if before and after:
        assert after.slope == pytest.approx(before.slope, abs=1e-6)
        assert after.error == pytest.approx(before.error, abs=1e-6)
