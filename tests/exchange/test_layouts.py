"""The layouts of each register, year by year, and what of them is kept."""

from __future__ import annotations

from typing import Any

import pytest

from leesbouw.exchange.domain import boards, childcare, columns, schools, sizes
from leesbouw.exchange.domain.reading import read_table
from leesbouw.exchange.engine import all_importers
from leesbouw.exchange.enums import COLUMN_LABELS, DROPPED_LABELS, ROW_REASONS, column_label, kept_labels

from . import files


def read(content: bytes, kind: Any, **options: Any) -> list[columns.Cleaned]:
    table = read_table(content, columns.known_headers(kind.COLUMNS))
    mapping = columns.propose(table.headers, kind.COLUMNS)
    return [
        kind.clean_row(number, columns.raw_values(row, mapping), **options)
        for number, row in zip(table.numbers, table.rows, strict=True)
    ]


# Schools


def test_the_layout_of_2021_with_both_codes_in_one() -> None:
    (row,) = read(files.schools({}), schools, sector="po")

    assert row.errors == []
    assert row.values == {
        "code": "99ZA00",
        "sector": "po",
        "name": "De Wilg",
        "street": "Wilgenlaan 4-A",
        "postcode": "1234 AB",
        "town": "Elzen aan de Vaart",
        "municipality": "9901",
        "municipality_name": "Elzen",
        "province": "Waterland",
        "board": "99001",
        "denomination": "Openbaar",
        "phone": "0201234567",
        "website": "https://www.dewilg.example",
    }


@pytest.mark.parametrize(
    "renamed",
    [
        {
            "BRIN NUMMER": "INSTELLINGSCODE",
            "VESTIGINGSNUMMER": "VESTIGINGSCODE",
            "BEVOEGD GEZAG NUMMER": "BEVOEGD GEZAG CODE",
        },
        {
            "BRIN NUMMER": "BRIN_NUMMER",
            "VESTIGINGSNAAM": "INSTELLINGSNAAM_VESTIGING",
            "BEVOEGD GEZAG NUMMER": "BEVOEGD_GEZAG_NUMMER",
        },
        {
            "VESTIGINGSNAAM": "INSTELLINGSNAAM",
            "POSTCODE": "POSTCODE_VESTIGING",
            "DENOMINATIE": "DENOMINATIE_VESTIGING",
        },
    ],
)
def test_other_years_call_the_columns_otherwise(renamed: dict[str, str]) -> None:
    wanted = read(files.schools({}), schools, sector="po")[0].values
    row = {renamed.get(name, name): value for name, value in files.SCHOOL.items()}

    assert read(files.csv_text([row]).encode(), schools, sector="po")[0].values == wanted


def test_codes_apart_and_a_code_alone() -> None:
    apart = {"VESTIGINGSNUMMER": "1"}
    alone = {name: value for name, value in files.SCHOOL.items() if name != "VESTIGINGSNUMMER"}

    assert read(files.schools(apart), schools, sector="po")[0].values["code"] == "99ZA01"
    assert read(files.csv_text([alone]).encode(), schools, sector="po")[0].values["code"] == "99ZA00"


@pytest.mark.parametrize(
    ("column", "value", "sector"),
    [
        ("SOORT_PO", "Bo", "po"),
        ("SOORT_PO", "Sbo", "sbo"),
        ("SOORT_PO", "So", "so"),
        ("SOORT PRIMAIR ONDERWIJS", "Vso", "so"),
        ("ONDERWIJSSTRUCTUUR", "VBO/MAVO/HAVO/VWO", "vo"),
        ("ONDERWIJSSTRUCTUUR", "PRO/VBO", "vo"),
        ("ONDERWIJSSTRUCTUUR", "PRO", "pro"),
    ],
)
def test_the_kind_of_school_from_its_columns(column: str, value: str, sector: str) -> None:
    content = files.csv_text([{**files.SCHOOL, column: value}]).encode()

    assert read(content, schools, sector="")[0].values["sector"] == sector


def test_without_a_column_the_choice_counts_and_without_a_choice_it_is_a_mistake() -> None:
    assert read(files.schools({}), schools, sector="sbo")[0].values["sector"] == "sbo"
    assert read(files.schools({}), schools, sector="")[0].errors == [("kind", "sector")]


@pytest.mark.parametrize(
    ("name", "sector"),
    [
        ("03-alle-vestigingen-bo_2021.csv", "po"),
        ("vestigingenbo.csv", "po"),
        ("alle-vestigingen-sbo.csv", "sbo"),
        ("vestigingen-vo-2024.csv", "vo"),
        ("alle vestigingen (v)so.csv", "so"),
        ("lijst.csv", ""),
    ],
)
def test_the_kind_of_school_from_the_name_of_the_file(name: str, sector: str) -> None:
    assert schools.sector_in_name(name) == sector


def test_every_mistake_of_a_row_is_told_with_what_stood_there() -> None:
    (row,) = read(
        files.schools({"POSTCODE": "12", "VESTIGINGSNAAM": " ", "VESTIGINGSNUMMER": "x"}),
        schools,
        sector="po",
    )

    assert set(row.errors) == {("postcode", "postcode"), ("name", "missing"), ("branch", "brin")}
    assert row.raw["postcode"] == "12"
    assert "Postbus" not in row.raw.values()


# Child care


def test_the_open_layout_of_the_child_care_register() -> None:
    (row,) = read(files.childcare({}), childcare, types=childcare.TYPES)

    assert row.values == {
        "code": "990000101",
        "sector": "ko",
        "name": "Het Nest",
        "places": 32,
        "street": "Nestweg 2",
        "postcode": "1234 AC",
        "town": "Elzen",
        "municipality": "9901",
        "municipality_name": "Elzen",
        "phone": "0207654321",
        "website": "https://nest.example",
        "board": "99123456",
        "board_name": "Nestjes B.V.",
    }


def test_a_childminder_may_not_be_kept_nor_may_what_we_do_not_know() -> None:
    kinds = {
        kind: childcare.may_be_kept({"type": [kind]}) for kind in ("KDV", "bso", "VGO", "GOB", "", "anders")
    }

    assert kinds == {"KDV": True, "bso": True, "VGO": False, "GOB": False, "": False, "anders": False}
    assert not childcare.may_be_kept({})


def test_only_the_kinds_of_care_one_asked_for() -> None:
    content = files.childcare(
        {"type_oko": "BSO", "ve": ""}, {"type_oko": "KDV", "ve": "Nee"}, {"type_oko": "KDV", "ve": "Ja"}
    )

    assert [row.left_out for row in read(content, childcare, types=["bso"])] == ["", "type", "type"]
    assert [row.left_out for row in read(content, childcare, types=["ve"])] == ["type", "type", ""]


def test_a_location_whose_registration_ended() -> None:
    (row,) = read(
        files.childcare({"status": "Uitgeschreven", "uitschrijfdatum": "31-07-2024"}),
        childcare,
        types=childcare.TYPES,
    )

    assert (row.values["is_closed"], row.values["closed_on"]) == (True, "2024-07-31")


# Numbers of pupils


def test_rows_of_one_location_are_added_up() -> None:
    content = files.sizes(
        {}, {"GEWICHT": "1.20", "LEEFTIJD_4": "0", "LEEFTIJD_5": "2", "TOTAAL": "2"}, {"BRIN_NUMMER": "99AB"}
    )
    first, second = sizes.combine(read(content, sizes))

    assert first.values["code"] == "99AA00"
    assert first.values["pupils"] == 20
    assert first.values["by_age"] == {"4": 7, "5": 13}
    assert first.values["weight"] == "2.40"
    assert first.values["counted_on"] == "2016-10-01"
    assert (second.values["code"], second.number) == ("99AB00", 4)


def test_later_years_have_ages_of_another_name_and_a_row_per_postcode() -> None:
    row = {
        "PEILDATUM": "1-10-2019",
        "BRIN_NUMMER": "99AA",
        "VESTIGINGSNUMMER": "0",
        "POSTCODE_LEERLING": "1234",
    }
    content = files.csv_text(
        [
            {**row, "L4": 3, "L5": 4, "L25_PLUS": 0, "TOTAAL": 7},
            {**row, "L4": 1, "L5": 0, "L25_PLUS": 0, "TOTAAL": 1},
        ]
    )
    (record,) = sizes.combine(read(content.encode(), sizes))

    assert (record.values["pupils"], record.values["by_age"]) == (8, {"4": 4, "5": 4})
    assert "1234" not in record.raw.values()


def test_year_groups_and_two_columns_for_one() -> None:
    po = {"BRIN": "99AA", "LEERJAAR 1": 10, "LEERJAAR 2": 12}
    vo = {
        "INSTELLINGSCODE": "99BA",
        "VESTIGINGSCODE": "00",
        "LEER- OF VERBLIJFSJAAR 1 - MAN": 50,
        "LEER- OF VERBLIJFSJAAR 1 - VROUW": 60,
    }

    assert sizes.combine(read(files.csv_text([po]).encode(), sizes))[0].values["by_group"] == {
        "1": 10,
        "2": 12,
    }
    assert sizes.combine(read(files.csv_text([vo]).encode(), sizes))[0].values["pupils"] == 110


def test_a_hidden_number_is_a_mistake_only_without_a_total() -> None:
    with_total, without = ({"LEEFTIJD_4": "<5"}, {"LEEFTIJD_4": "<5", "TOTAAL": "<5"})

    assert read(files.sizes(with_total), sizes)[0].errors == []
    assert ("total", "hidden") in read(files.sizes(without), sizes)[0].errors


def test_a_location_with_a_faulty_row_is_faulty_as_a_whole() -> None:
    (record,) = sizes.combine(read(files.sizes({}, {"TOTAAL": "veel"}), sizes))

    assert record.errors == [("total", "number")]


def test_two_counting_dates_for_one_location_are_a_mistake() -> None:
    (record,) = sizes.combine(read(files.sizes({}, {"PEILDATUM": "20151001"}), sizes))

    assert record.errors == [("counted_on", "two_days")]


# Boards


def test_the_name_of_a_board() -> None:
    content = files.csv_text(
        [{"BEVOEGD GEZAG NUMMER": "1234", "BEVOEGD GEZAG NAAM": "Stichting Z", "PLAATSNAAM": "ELZEN"}]
    )

    assert read(content.encode(), boards)[0].values == {"code": "01234", "name": "Stichting Z"}


# Columns


def test_what_is_thrown_away_is_told_by_group_and_what_is_unknown_by_name() -> None:
    headers = [*files.SCHOOL, "SCHOENMAAT DIRECTEUR"]
    mapping = columns.propose(headers, schools.COLUMNS)

    assert columns.thrown_away(headers, mapping, schools.DROPPED) == (
        ["correspondence", "regions"],
        ["SCHOENMAAT DIRECTEUR"],
    )
    assert headers.index("SCHOENMAAT DIRECTEUR") not in columns.kept_positions(headers, schools.COLUMNS)


def test_every_column_reason_and_group_has_words() -> None:
    for kind in all_importers():
        for column in kind.columns:
            assert column_label(column.code)
            assert column.code.startswith(("age_", "group_")) or column.code in COLUMN_LABELS
        assert {group.code for group in kind.dropped} <= set(DROPPED_LABELS)
        assert kept_labels(column.code for column in kind.columns)
    assert "double" in ROW_REASONS


def test_no_two_columns_of_an_importer_claim_one_header() -> None:
    for kind in all_importers():
        names = [name for column in kind.columns for name in column.folded]
        assert len(names) == len(set(names)), kind.code
