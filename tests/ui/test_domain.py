"""What people type is understood, or refused; never misunderstood, never a crash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.ui import domain

TODAY = date(2026, 10, 14)


@pytest.mark.parametrize(
    "text",
    [
        "14-10-2026",
        "14/10/26",
        "14.10.2026",
        "14 10 2026",
        "14 okt 2026",
        "14 okt. 2026",
        "14 oktober '26",
        "14-okt-2026",
        "2026-10-14",
        "20261014",
        "14102026",
        "wo 14 oktober 2026",
        "woensdag 14 oktober",
        "14-10",
        " 14  OKT ",
        "14e oktober",
        "vandaag",
    ],
)
def test_date_in_many_hands(text: str) -> None:
    assert domain.parse_date(text, TODAY) == TODAY


def test_year_is_the_nearest() -> None:
    assert domain.parse_date("5 jan", TODAY) == date(2027, 1, 5)
    assert domain.parse_date("1 mei", TODAY) == date(2026, 5, 1)
    assert domain.parse_date("1-5-98", TODAY) == date(1998, 5, 1)
    assert domain.parse_date("morgen", TODAY) == TODAY + timedelta(days=1)
    assert domain.parse_date("29 feb", date(2027, 10, 14)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "14",
        "1410",
        "31-2-2026",
        "14-13-2026",
        "14-10-26-1",
        "1e",
        "40 okt",
        "14 foo 2026",
        "0-0-0",
        "14-10-1026",
        "²-1-2026",
        "٣-١-2026",
        "13-14",
    ],
)
def test_no_date(text: str) -> None:
    with pytest.raises(ValueError):
        domain.parse_date(text, TODAY)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_written_dates_are_read_back(day: date, today: date) -> None:
    assert domain.parse_date(domain.format_date(day), today) == day
    assert domain.parse_date(day.isoformat(), today) == day


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("1:30", "1.5"),
        ("1u30", "1.5"),
        ("1 uur 30 min", "1.5"),
        ("90 min", "1.5"),
        ("1½", "1.5"),
        ("1½ uur", "1.5"),
        ("¾", "0.75"),
        ("3 kwartier", "0.75"),
        ("2 u", "2"),
        ("1.250", "1250"),
        ("0", "0"),
        ("0:20", "0.33"),
    ],
)
def test_hours(text: str, hours: str) -> None:
    assert domain.parse_hours(text) == Decimal(hours)


@pytest.mark.parametrize(
    "text", ["", "-1", "1:75", "een", "1,234", "1,2,3", "1..2", "½½", "999999999", "1:", "∞"]
)
def test_no_hours(text: str) -> None:
    with pytest.raises(ValueError):
        domain.parse_hours(text)


@given(st.integers(0, 10_000_000).map(lambda n: Decimal(n) / 100))
def test_written_hours_are_read_back(hours: Decimal) -> None:
    assert domain.parse_hours(domain.format_number(hours)) == hours


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("€ 1.234,56", 123456),
        ("1234,56", 123456),
        ("1234,5", 123450),
        ("1.234", 123400),
        ("1,234.56", 123456),
        ("12,-", 1200),
        ("12,–", 1200),
        ("EUR 12", 1200),
        ("12 euro", 1200),
        ("0,05", 5),
        ("-€ 3,50", -350),
        ("€ -3,50", -350),
        ("1 234,56", 123456),
        ("1.234.567", 123456700),
        ("12,", 1200),
    ],
)
def test_euros(text: str, cents: int) -> None:
    assert domain.parse_euros(text) == cents


@pytest.mark.parametrize(
    "text", ["", "€", "12,345", "1.23.4", "1,2,3", "12.3456", "1.2345,6", "gratis", "٣", "1e5", "9" * 30]
)
def test_no_euros(text: str) -> None:
    with pytest.raises(ValueError):
        domain.parse_euros(text)


@given(st.integers(-(10**12), 10**12))
def test_written_euros_are_read_back(cents: int) -> None:
    assert domain.parse_euros(domain.format_euros(cents)) == cents


@pytest.mark.parametrize(
    ("text", "digits", "shown"),
    [
        ("06-12345678", "0612345678", "06 12345678"),
        ("+31 6 12 34 56 78", "0612345678", "06 12345678"),
        ("0031612345678", "0612345678", "06 12345678"),
        ("+31 (0)6 12345678", "0612345678", "06 12345678"),
        ("(0512) 34 56 78", "0512345678", "0512 345678"),
        ("030 - 1234567", "0301234567", "030 1234567"),
        ("088.123.4567", "0881234567", "088 1234567"),
        ("0900 1234", "09001234", "0900 1234"),
        ("14 030", "14030", "14030"),
        ("+49 30 1234567", "+49301234567", "+49 301234567"),
        ("tel. 06 12345678", "0612345678", "06 12345678"),
    ],
)
def test_phone(text: str, digits: str, shown: str) -> None:
    assert domain.parse_phone(text) == digits
    assert domain.format_phone(digits) == shown
    assert domain.parse_phone(shown) == digits


@pytest.mark.parametrize(
    "text", ["", "12345", "06123456789", "+3161234567", "bel me", "06-1234567a", "+", "++31612345678", "0012"]
)
def test_no_phone(text: str) -> None:
    with pytest.raises(ValueError):
        domain.parse_phone(text)


def test_postcode() -> None:
    assert {domain.parse_postcode(text) for text in ("1234ab", "1234 AB", " 1234-Ab ")} == {"1234 AB"}
    for text in ("0123 AB", "1234 A", "1234 SS", "12345 AB", "ABCD EF", ""):
        with pytest.raises(ValueError):
            domain.parse_postcode(text)


def test_names_stay_as_they_are() -> None:
    assert domain.clean_text("  Jo\u00eblle \t van  't   Hof\u200b\n") == "Joëlle van 't Hof"
    assert domain.clean_text("Joe\u0308lle") == "Joëlle"
    assert domain.clean_text("DE REGENBOOG") == "DE REGENBOOG"


def _code_of(parse: Callable[[], object]) -> str:
    try:
        parse()
    except ValueError as error:
        return str(error)
    return ""


@given(st.text(max_size=30))
def test_nothing_typed_ever_crashes(text: str) -> None:
    for parse in (
        lambda: domain.parse_date(text, TODAY),
        lambda: domain.parse_hours(text),
        lambda: domain.parse_euros(text),
        lambda: domain.parse_phone(text),
        lambda: domain.parse_postcode(text),
        lambda: domain.parse_number(text),
    ):
        assert _code_of(parse) in {"", "format", "range"}
    assert domain.clean_text(domain.clean_text(text)) == domain.clean_text(text)


@given(st.from_regex(r"[0-9 .,:;/€+\-uhmin½'’()]{1,14}", fullmatch=True))
def test_half_typed_figures_never_crash(text: str) -> None:
    test_nothing_typed_ever_crashes.hypothesis.inner_test(text)
