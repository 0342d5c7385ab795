"""ISBN, names of writers, barcodes, sounds: the rules without a database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.collection.domain import (
    TitleFacts,
    as_isbn,
    as_shown,
    barcode_of,
    is_own_barcode,
    kind_of,
    problems_of,
    said_name,
    sort_name,
    sound_of,
    words_of,
)
from leesbouw.collection.enums import TitleKind


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("9789055666508", "9789055666508"),
        ("978-90-5566-650-8 (geb.)", "9789055666508"),
        ("9055666505", "9789055666508"),
        ("90 5566 650 5", "9789055666508"),
        ("080442957X", "9780804429573"),
        ("", ""),
        ("zonder nummer", ""),
    ],
)
def test_an_isbn_is_thirteen_digits(text: str, number: str) -> None:
    assert as_isbn(text) == number


def test_a_wrong_check_digit_is_said() -> None:
    with pytest.raises(ValueError, match="isbn"):
        as_isbn("9789055666509")


def test_an_isbn_is_shown_as_it_stands_on_the_book() -> None:
    assert as_shown("9789055666508") == "978-90-5566-650-8"
    assert as_shown("") == ""


@pytest.mark.parametrize(
    ("register", "said", "sorted_"),
    [
        ("Loon, Paul van, 1955-", "Paul van Loon", "Loon, Paul van"),
        ("Schmidt, Annie M.G.", "Annie M.G. Schmidt", "Schmidt, Annie M.G."),
        ("Haeringen, Annemarie van", "Annemarie van Haeringen", "Haeringen, Annemarie van"),
        ("Sophocles.", "Sophocles.", "Sophocles."),
        ("Clarke, Rebecca Sophia, 1833-1906.", "Rebecca Sophia Clarke", "Clarke, Rebecca Sophia"),
    ],
)
def test_names_are_said_and_sorted(register: str, said: str, sorted_: str) -> None:
    assert said_name(register) == said
    assert sort_name(said) == sorted_


@given(st.integers(1, 9999), st.integers(1, 999_999), st.integers(0, 11), st.integers(1, 9))
def test_a_barcode_notices_one_wrong_digit(library: int, number: int, place: int, by: int) -> None:
    code = barcode_of(library, number)
    assert len(code) == 12
    assert is_own_barcode(code)
    wrong = code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :]
    assert not is_own_barcode(wrong)


def test_there_is_an_end_to_barcodes() -> None:
    with pytest.raises(ValueError, match="no barcode"):
        barcode_of(1, 1_000_000)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("geitje", "gijtje"),
        ("blauw", "blouw"),
        ("hond", "hont"),
        ("lach", "lag"),
        ("kameleon", "cameleon"),
        ("vos", "fos"),
        ("zon", "son"),
        ("weerwolf", "werwolf"),
        ("kikker", "kiker"),
        ("school", "sgool"),
        ("griezel", "griesel"),
        ("bakker", "backer"),
    ],
)
def test_what_sounds_alike_has_one_key(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other)


@pytest.mark.parametrize(
    ("one", "other"), [("kat", "kast"), ("boom", "beer"), ("vis", "vos"), ("maan", "man2")]
)
def test_other_words_keep_their_own(one: str, other: str) -> None:
    assert sound_of(one) != sound_of(other)


def test_words_have_no_signs_and_no_accents() -> None:
    assert words_of("Afke's tiental: Één héél bijzonder boek!") == [
        "afkes",
        "tiental",
        "een",
        "heel",
        "bijzonder",
        "boek",
    ]


def test_the_kind_of_a_book_comes_from_its_words() -> None:
    assert kind_of(["Stripverhaal"]) == TitleKind.COMIC
    assert kind_of(["Dieren", "Juvenile fiction"]) == TitleKind.STORY
    assert kind_of(["iets"], TitleKind.OTHER) == TitleKind.OTHER


def test_what_cannot_be_right_is_named() -> None:
    assert problems_of(TitleFacts("Pluk", published=1971, pages=166), 2026) == []
    assert problems_of(TitleFacts("", published=3000, pages=0), 2026) == [
        ("title", "missing"),
        ("published", "year"),
        ("pages", "number"),
    ]
