"""Codes as registers write them, and rules about years and phases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.organisations import domain

DIGITS, LETTERS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
brins = st.builds(
    lambda a, b, c: f"{a:02d}{b}{c:02d}",
    st.integers(0, 99),
    st.text(LETTERS, min_size=2, max_size=2),
    st.integers(0, 99),
)


@given(brins)
def test_one_code_however_it_is_written(code):
    for brin, branch in (
        (code, ""),
        (code[:4], code[4:]),
        (code[:4].lower(), code[4:]),
        (f" {code[:4]} ", f" {int(code[4:])} "),
        (code[:4], code),
        ("", code),
    ):
        assert domain.clean_brin(brin, branch) == code


def test_a_brin_alone_is_the_main_location():
    assert domain.clean_brin("00AP") == "00AP00"


@pytest.mark.parametrize(
    ("brin", "branch"),
    [("", ""), ("0AP", ""), ("ABCD", "00"), ("00AP000", ""), ("00AP", "00BB00"), ("00AP", "x")],
)
def test_what_is_no_brin(brin, branch):
    with pytest.raises(ValueError, match="BRIN"):
        domain.clean_brin(brin, branch)


@pytest.mark.parametrize(("text", "code"), [(" 637", "0637"), ("9901", "9901"), ("3", "0003")])
def test_municipality_codes_have_four_digits(text, code):
    assert domain.clean_municipality(text) == code


@pytest.mark.parametrize("text", ["", "12345", "Elzen", "-1"])
def test_what_is_no_municipality(text):
    with pytest.raises(ValueError, match="municipality"):
        domain.clean_municipality(text)


@given(st.dictionaries(st.sampled_from(["1", "2", "3"]), st.integers(0, 500)))
def test_pupils_add_up(groups):
    assert domain.total_pupils(groups) == sum(groups.values())


def test_a_number_of_pupils_is_not_negative():
    with pytest.raises(ValueError, match="negative"):
        domain.total_pupils({"1": -1})


@given(st.lists(st.integers(1, 8), min_size=1, max_size=3, unique=True))
def test_groups_are_written_in_order(numbers):
    label = domain.group_label(numbers)
    assert [int(part) for part in label.split("/")] == sorted(numbers)


def test_phases_follow_each_other():
    assert domain.next_phase("acquisition") == "implementation"
    assert domain.next_phase("anchoring") is None


@given(st.dates(), st.dates())
def test_only_a_no_comes_back_and_only_on_its_day(review_on, today):
    assert not domain.review_is_due(outcome="yes", review_on=review_on, today=today)
    assert not domain.review_is_due(outcome="no", review_on=None, today=today)
    assert domain.review_is_due(outcome="no", review_on=review_on, today=today) == (review_on <= today)


def test_a_child_care_number_is_digits():
    assert domain.clean_lrk(" 123.456.789 ") == "123456789"
    with pytest.raises(ValueError, match="child-care"):
        domain.clean_lrk("12AB")
