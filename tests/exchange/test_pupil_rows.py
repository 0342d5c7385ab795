"""One row of a file of pupils: keys, names, years, and what is wrong with them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.exchange.domain.columns import Cleaned, Column, doors
from leesbouw.exchange.domain.facts import brin_of, day_of, school_year_of, system_of
from leesbouw.exchange.domain.pupils import bsn_among, clean_pupil, cleaning, year_number, years
from leesbouw.exchange.enums import ROW_REASONS
from leesbouw.pupils.domain import is_bsn
from tests.factories.pupil_files import bsn_as_keys


def cleaned(options: dict[str, Any] | None = None, **texts: str) -> Cleaned:
    raw = {"key": "1", "first_name": "Noor", **texts}
    return clean_pupil(1, {code: [text] for code, text in raw.items()}, options or {})


def reason(clean: Any, text: str, *more: str) -> str:
    code = ""
    try:
        clean(text, *more)
    except ValueError as error:
        code = str(error)
    assert code in {"", *ROW_REASONS}
    return code


# Keys


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1234", "1234"),
        ("001234", "001234"),
        (" 00 12 ", "00 12"),
        ("1234.0", "1234"),
        ("12.50", "12.50"),
        ("a" * 256, "a" * 256),
        ("{GUID-1}", "{GUID-1}"),
        ("e\u0301", "é"),
        ("\u200b12", "12"),
    ],
)
def test_a_key_is_a_text(text: str, key: str) -> None:
    assert cleaning.key(text) == key


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a" * 257, "too_long"),
        ("1,23457E+11", "key_rounded"),
        ("1.2E5", "key_rounded"),
        ("1\x072", "control"),
    ],
)
def test_a_key_that_cannot_be_right(text: str, code: str) -> None:
    assert reason(cleaning.key, text) == code


def test_leading_zeros_make_another_child() -> None:
    assert cleaned(key="1234").values["key"] != cleaned(key="001234").values["key"]


def test_a_child_without_key_and_eck_id_needs_leave_to_be_known_by_name() -> None:
    assert cleaned(key="").errors == [("key", "no_key")]
    assert cleaned({"by_name": True}, key="").errors == []
    assert cleaned(key="", eck_id="https://ketenid.nl/x/1").errors == []
    assert cleaned(key="", eck_id="twee woorden").errors == [("eck_id", "eck_id")]


def test_citizen_service_numbers_are_recognised_among_other_keys() -> None:
    keys = [child.key for child in bsn_as_keys(10)]
    assert bsn_among(keys) == keys
    assert bsn_among([*keys, "", " ", "1", "2", "3", "leerling 4"]) == keys
    assert bsn_among(keys[:1]) == keys[:1]
    assert bsn_among([*keys, "123456789", "123456788"]) == keys
    assert bsn_among([*keys, "123456789", "123456788", "123456787"]) == []
    assert bsn_among([]) == []
    assert bsn_among(["000000000"] * 20) == []
    dotted = [f"{key[:4]}.{key[4:6]}.{key[6:]}" for key in keys]
    assert bsn_among(dotted) == dotted


def test_a_citizen_service_number_that_lost_its_zero_is_recognised() -> None:
    assert is_bsn("012345672")
    assert is_bsn("12345672")
    assert not is_bsn("123456789")
    assert not is_bsn("A12345672")


@given(st.lists(st.integers(1, 999_999).map(str), min_size=10, max_size=60, unique=True))
def test_numbers_of_schools_are_never_taken_for_citizen_service_numbers(keys: list[str]) -> None:
    assert bsn_among(keys) == []


# Names


def test_a_name_is_tidied_and_stays_what_it_is() -> None:
    row = cleaned(first_name="  Noe\u0308l\u200b  Jan ", infix=" van  ’t ", last_name="O’Brien")
    assert row.values == {
        "kind": "pupil",
        "key": "1",
        "first_name": "Noël Jan",
        "infix": "van 't",
        "last_name": "O'Brien",
    }


def test_one_part_of_a_name_is_enough_and_none_is_not() -> None:
    assert cleaned(last_name="").errors == []
    assert cleaned(first_name="", last_name="Jansen").errors == []
    row = cleaned(first_name="", infix="van")
    assert row.errors == [("last_name", "missing")]
    assert row.raw == {"key": "1", "first_name": "", "infix": "van"}


@pytest.mark.parametrize(
    ("part", "text", "code"),
    [
        ("first_name", "x" * 101, "too_long"),
        ("infix", "x" * 21, "too_long"),
        ("last_name", "No\x1bor", "control"),
        ("group", "g" * 65, "too_long"),
        ("who", "hond", "who"),
        ("full_name", "x" * 300, "too_long"),
    ],
)
def test_a_text_that_cannot_be_right_is_told_with_its_column(part: str, text: str, code: str) -> None:
    assert (part, code) in cleaned(**{part: text}).errors
    assert code in ROW_REASONS


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("Jansen, Noor", ("Noor", "", "Jansen")),
        ("Noor Jansen", ("Noor", "", "Jansen")),
        ("Berg, Noor van den", ("Noor", "van den", "Berg")),
        ("van den Berg, Noor", ("Noor", "van den", "Berg")),
        ("Noor van den Berg", ("Noor", "van den", "Berg")),
        ("Anna Maria van 't Hof", ("Anna Maria", "van 't", "Hof")),
        ("Noor", ("Noor", "", "")),
        ("Bakker-de Vries, Noor", ("Noor", "", "Bakker-de Vries")),
        ("El Amrani, Yasmina", ("Yasmina", "El", "Amrani")),
        ("Noor de", ("Noor", "", "de")),
        ("Jansen,", ("", "", "Jansen")),
        ("Jansen, van", ("van", "", "Jansen")),
    ],
)
def test_a_whole_name_falls_apart(whole: str, parts: tuple[str, str, str]) -> None:
    assert cleaning.split_name(whole) == parts


def test_a_whole_name_only_fills_in_what_the_file_does_not_tell() -> None:
    row = cleaned(full_name="Noor van den Berg")
    assert (row.values["first_name"], row.values["infix"], row.values["last_name"]) == (
        "Noor",
        "van den",
        "Berg",
    )
    row = cleaned(first_name="Noortje", full_name="Berg, Noor van den")
    assert (row.values["first_name"], row.values["last_name"]) == ("Noortje", "Berg")
    row = cleaned(infix="de", full_name="Wit")
    assert (row.values["first_name"], row.values["infix"], row.values["last_name"]) == ("Noor", "de", "Wit")
    row = cleaned(last_name="Jansen", full_name="Heel anders")
    assert row.values["last_name"] == "Jansen"


def test_an_infix_behind_the_last_name_is_taken_out() -> None:
    row = cleaned(last_name="Berg, van den")
    assert (row.values["infix"], row.values["last_name"]) == ("van den", "Berg")
    assert cleaned(last_name="Berg, Jan").values["last_name"] == "Berg, Jan"


# Years


@pytest.mark.parametrize(
    ("text", "sector", "code"),
    [
        ("5", "po", "5"),
        ("groep 5", "po", "5"),
        ("Groep 05", "po", "5"),
        ("Leerjaar 3", "sbo", "3"),
        ("5/6", "po", "C"),
        ("Groep 5 en 6", "po", "C"),
        ("1-2", "po", "C"),
        ("0", "po", "0"),
        ("peuters", "ko", "0"),
        ("b", "ko", "B"),
        ("H", "po", "H"),
        ("vso", "so", "V"),
        ("14", "so", "14"),
        ("2", "vo", "12"),
        ("12", "vo", "12"),
        ("2 havo", "vo", "12"),
        ("2e klas", "vo", "12"),
        ("Brugklas 1", "vo", "11"),
        ("havo/vwo 3", "vo", "13"),
        ("3 vmbo-tl", "vo", "13"),
        ("VMBO-T 3", "vo", "13"),
        ("vmbo bbl 2", "vo", "12"),
        ("H/V 1", "vo", "11"),
        ("4", "pro", "14"),
        ("C", "vo", "C"),
    ],
)
def test_a_year_group_as_schools_write_it(text: str, sector: str, code: str) -> None:
    assert years.year_group(text, sector) == code
    assert code in years.CODES


@pytest.mark.parametrize(
    ("text", "sector", "code"),
    [
        ("9", "po", "year_group"),
        ("99", "vo", "year_group"),
        ("7", "vo", "year_group_sector"),
        ("12", "po", "year_group_sector"),
        ("Vlinders", "po", "year_group"),
        ("x" * 65, "po", "year_group"),
        ("havo", "vo", "year_group"),
        ("hv" * 32, "vo", "year_group"),
    ],
)
def test_a_year_group_that_cannot_be_right(text: str, sector: str, code: str) -> None:
    assert reason(years.year_group, text, sector) == code


@pytest.mark.parametrize(
    ("name", "sector", "code"),
    [
        ("5a", "po", "5"),
        ("Groep 5", "po", "5"),
        ("groep 1/2 B", "po", "C"),
        ("3-4", "po", "C"),
        ("Vlinders", "po", ""),
        ("De 8 Vlinders", "po", ""),
        ("h2b", "vo", "12"),
        ("2hv1", "vo", "12"),
        ("G1A", "vo", "11"),
        ("mentor", "vo", ""),
    ],
)
def test_a_group_name_tells_the_year_only_where_it_is_plain(name: str, sector: str, code: str) -> None:
    assert years.year_in_group_name(name, sector) == code


def test_a_child_without_a_year_of_its_own_takes_that_of_the_group() -> None:
    assert cleaned(group="Vlinders", group_year_group="4").values["year_group"] == "4"
    assert cleaned(group="Vlinders", group_year_group="C").values["year_group"] == "C"
    assert cleaned(group="Vlinders", group_year_group="C", year_group="6").values["year_group"] == "6"
    assert cleaned(group="5/6").values["year_group"] == "C"
    assert cleaned(group="h3c", group_year_group="").values.get("year_group") is None
    assert cleaned({"sector": "vo"}, group="h3c").values["year_group"] == "13"


def test_an_odd_year_of_the_group_is_a_mistake_only_for_a_child_that_needs_it() -> None:
    assert cleaned(group="5a", group_year_group="99").errors == [("group_year_group", "year_group")]
    row = cleaned(group="5a", group_year_group="99", year_group="5")
    assert (row.errors, row.values["year_group"]) == ([], "5")
    assert cleaned(group="5a", group_year_group="4", year_group="??").errors == [("year_group", "year_group")]


def test_a_child_of_history_is_left_out() -> None:
    assert cleaned(year_group="H").left_out == "left"
    assert cleaned(year_group="5").left_out == ""


def test_a_code_as_a_number_within_its_kind_of_school() -> None:
    told = {code: year_number(code) for code in years.CODES}
    assert {code for code, number in told.items() if number is None} == {
        "B",
        "D",
        "0",
        "S",
        "V",
        "C",
        "N",
        "H",
    }
    assert (told["1"], told["8"], told["11"], told["16"]) == (1, 8, 1, 6)


@given(st.text(max_size=80), st.sampled_from(["po", "vo", "so", "ko", "mbo"]))
def test_any_text_is_a_year_or_a_reason(text: str, sector: str) -> None:
    if not reason(years.year_group, text, sector):
        assert years.year_group(text, sector) in years.CODES
    assert years.year_in_group_name(text, sector) in {"", *years.CODES}


# Births


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2015-03-01", "2015"),
        ("2015-03-01 00:00:00", "2015"),
        ("20150301", "2015"),
        ("1-3-2015", "2015"),
        ("01/03/2015", "2015"),
        ("01.03.2015", "2015"),
        ("2015", "2015"),
        ("1-3-15", ""),
        ("maart 2015", ""),
        ("42064", ""),
        ("201503011", ""),
        ("3015-03-01", ""),
    ],
)
def test_a_date_of_birth_is_cut_to_its_year(text: str, year: str) -> None:
    assert cleaning.year_of_birth(text) == year


def test_a_year_of_birth_is_kept_only_when_the_school_wants_it() -> None:
    assert cleaned({"birth_years": True}, birth_year="2015").values["birth_year"] == 2015
    assert "birth_year" not in cleaned(birth_year="2015").values
    assert cleaned({"birth_years": True}, birth_year="1950").errors == [("birth_year", "birth_year")]
    assert cleaned(birth_year="1950").errors == []


def test_a_door_stands_at_every_position_of_its_column() -> None:
    columns = [Column("a", ("een",)), Column("b", ("geboren", "dag"), door=cleaning.year_of_birth)]
    assert set(doors(["Een", "Dag", "Geboren", "x"], {"b": [3]}, columns)) == {1, 2, 3}
    assert doors(["Een"], {"a": [0]}, columns) == {}


# Teachers


def test_a_teacher_has_groups_and_an_address_and_no_year() -> None:
    row = cleaned(
        who="teacher", email="s.wit@school.example", groups="A | B | A | ", year_group="??", birth_year="x"
    )
    assert row.errors == []
    assert row.values == {
        "kind": "teacher",
        "key": "1",
        "first_name": "Noor",
        "email": "s.wit@school.example",
        "groups": ["A", "B"],
    }
    assert "email" not in cleaned(who="teacher", email="geen adres").values
    assert cleaned(who="teacher", groups="|".join(f"g{n}" for n in range(50))).errors == [
        ("groups", "too_long")
    ]


def test_a_pupil_keeps_no_address() -> None:
    assert "email" not in cleaned(email="noor@school.example").values
    assert "groups" not in cleaned(groups="A").values


# Facts


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2026-2027", "2026-2027"),
        ("2026/27", "2026-2027"),
        ("1999/00", ""),
        ("2026 - 2027", "2026-2027"),
        ("2026-2028", ""),
        ("2026", ""),
        ("1899-1900", ""),
    ],
)
def test_a_school_year_names_two_consecutive_years(text: str, year: str) -> None:
    assert school_year_of(text) == year


@pytest.mark.parametrize(
    ("brin", "branch", "code"),
    [
        ("99za", "", "99ZA00"),
        ("99ZA", "1", "99ZA01"),
        ("99ZA03", "", "99ZA03"),
        ("99 ZA-03", "", "99ZA03"),
        ("ZA99", "", ""),
        ("", "00", ""),
        ("99ZA", "x", ""),
    ],
)
def test_a_brin_has_six_signs_or_is_empty(brin: str, branch: str, code: str) -> None:
    assert brin_of(brin, branch) == code


def test_days_and_programs_are_recognised_and_names_of_people_are_not() -> None:
    assert day_of("2026-09-01T08:00:00+02:00") == "2026-09-01"
    assert day_of("2026-09-011") == ""
    assert day_of("gisteren") == ""
    assert system_of("Topicus ParnasSys v5") == "ParnasSys"
    assert system_of("SOM today") == "SOMtoday"
    assert system_of("Geert Evers") == ""
