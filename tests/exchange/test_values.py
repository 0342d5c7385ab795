"""One text at a time, as registers write it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.exchange.domain import values as v
from leesbouw.exchange.enums import ROW_REASONS


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("BERGEN OP ZOOM", "Bergen op Zoom"),
        ("'S-GRAVENHAGE", "'s-Gravenhage"),
        ("S GRAVENHAGE", "'s-Gravenhage"),
        ("IJSSELSTEIN", "IJsselstein"),
        ("OUDE IJSSELSTREEK", "Oude IJsselstreek"),
        ("'T HARDE", "'t Harde"),
        ("REUSEL-DE MIERDEN", "Reusel-De Mierden"),
        ("WEHE-DEN HOORN", "Wehe-den Hoorn"),
        ("SUDWEST-FRYSLAN", "Súdwest-Fryslân"),
        ("NIEUWERKERK AD IJSSEL", "Nieuwerkerk a/d IJssel"),
        ("ST.-ANNAPAROCHIE", "St.-Annaparochie"),
        ("Zoetermeer", "Zoetermeer"),
        ("de Bilt", "de Bilt"),
    ],
)
def test_a_place_in_capitals_becomes_a_name(text: str, name: str) -> None:
    assert v.place(text) == name


def test_two_municipalities_of_one_name_are_told_apart() -> None:
    assert [v.municipality_name(text) for text in ("BERGEN NH", "BERGEN LB", "NUENEN CA", "Bergen (L)")] == [
        "Bergen (NH.)",
        "Bergen (L.)",
        "Nuenen c.a.",
        "Bergen (L)",
    ]


def test_a_province_has_one_name() -> None:
    assert {v.province(text) for text in ("Friesland", "FRYSLAN", "Fryslân")} == {"Fryslân"}
    assert v.province("noord-brabant") == "Noord-Brabant"


def test_codes_are_padded_and_checked() -> None:
    assert v.municipality_code(" 637") == v.municipality_code("GM0637") == "0637"
    assert v.board_number("1234") == "01234"
    assert v.kvk_number("1234567") == "01234567"
    assert v.lrk_number("141 870 283") == "141870283"
    assert (
        v.school_code("00ap", "0")
        == v.school_code("00AP", "00AP00")
        == v.school_code("00AP00", "")
        == "00AP00"
    )


@pytest.mark.parametrize(
    ("clean", "text", "code"),
    [
        (v.brin4, "12A", "brin"),
        (v.branch_number, "ZZ", "brin"),
        (lambda text: v.school_code("12AB", text), "99ZZ00", "brin"),
        (v.municipality_code, "x", "municipality_code"),
        (v.board_number, "12-3", "board_number"),
        (v.kvk_number, "00000000", "kvk"),
        (v.lrk_number, "abc", "lrk"),
        (v.postcode, "1234", "postcode"),
        (v.number, "-1", "number"),
        (v.number, "99999999", "number"),
        (v.number, "<5", "hidden"),
        (v.number, "1,5", "number"),
        (v.day, "31-02-2016", "day"),
        (v.day, "99999999", "day"),
        (v.name_text, "x" * 161, "too_long"),
    ],
)
def test_what_cannot_be_right_has_a_reason(clean, text: str, code: str) -> None:
    with pytest.raises(ValueError) as caught:
        clean(text)

    assert str(caught.value) == code
    assert code in ROW_REASONS


@pytest.mark.parametrize("text", ["20161001", "2016-10-01", "1-10-2016", "01/10/2016", "2016-10-01 00:00:00"])
def test_a_day_in_every_spelling(text: str) -> None:
    assert v.day(text) == date(2016, 10, 1)


def test_numbers_with_a_point_or_a_needless_fraction() -> None:
    assert [v.number(text) for text in ("1.234", "80", "80.0", "80,00", "0")] == [1234, 80, 80, 80, 0]


def test_a_phone_or_site_that_is_none_is_left_out() -> None:
    assert [v.phone(text) for text in ("020-123 45 67", "+31 20 1234567", "0031201234567", "bel ons")] == [
        "0201234567",
        "0201234567",
        "0201234567",
        "",
    ]
    assert v.website("www.School.nl/") == "https://www.school.nl"
    assert v.website("http://school.nl/groep/") == "http://school.nl/groep"
    assert v.website("javascript:alert(1)") == v.website("www.school,nl") == ""


def test_invisible_signs_go() -> None:
    assert v.name_text("De\u200b  Wilg\u202e\t!") == "De Wilg !"


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("03-alle-vestigingen-bo_2021.csv", 2021),
        ("01.-leerlingen-2016-2017.csv", 2016),
        ("x20231001.csv", 2023),
        ("lrk.csv", None),
    ],
)
def test_the_year_in_a_name(name: str, year: int | None) -> None:
    assert v.year_in_name(name) == year


@given(st.text(max_size=60))
def test_no_text_breaks_a_cleaning(text: str) -> None:
    for clean in (
        v.place,
        v.municipality_name,
        v.province,
        v.postcode,
        v.phone,
        v.number,
        v.day,
        v.name_text,
    ):
        assert outcome(clean, text) in {"", *ROW_REASONS}


def outcome(clean, text: str) -> str:
    """The reason code, or nothing when the text was fine."""
    try:
        clean(text)
    except ValueError as error:
        return str(error)
    return ""
