"""Tables of pupils: every layout gives the same children, there and back; nothing forbidden comes in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leesbouw.exchange.actions import drafts
from leesbouw.exchange.domain.columns import thrown_away
from leesbouw.exchange.domain.pupils import (
    COLUMNS,
    DROPPED,
    columns_for,
    read_pupils,
)
from leesbouw.exchange.domain.pupils import door as doors
from leesbouw.exchange.domain.pupils.cleaning import INFIXES
from leesbouw.exchange.engine import Importer
from leesbouw.exchange.enums import COLUMN_LABELS, DROPPED_LABELS, ROW_REASONS
from tests.factories import pupil_files as files
from tests.factories.cast import Cast
from tests.factories.pupil_files import Child

from .pupils import (
    NOOR,
    NOOR_VALUES,
    PRIMARY,
    SANNE,
    SECONDARY,
    ZOE,
    ZOE_VALUES,
    facts,
    reason,
    values,
    vars_of,
)

# Tables


@pytest.mark.parametrize("make", PRIMARY.values(), ids=PRIMARY)
def test_tables_of_primary_schools_give_the_same_children(make: Callable[..., bytes]) -> None:
    noor = Child(**{**vars_of(NOOR), "year_group": "5"})
    table = read_pupils(make([noor, ZOE]), birth_years=True)
    expected = [
        {name: value for name, value in child.items() if name != "group_year_group"} | {"birth_year": year}
        for child, year in ((NOOR_VALUES, 2015), (ZOE_VALUES, 2014))
    ]
    assert values(table, birth_years=True) == expected
    assert table.facts
    assert table.facts.schema == "csv"


@pytest.mark.parametrize("make", SECONDARY.values(), ids=SECONDARY)
def test_tables_of_secondary_schools_give_the_year_as_edexml_counts(make: Callable[..., bytes]) -> None:
    child = Child("000456", "Ali", "", "Kaya", "H2b", "12", "", "2012-05-06")
    told = values(read_pupils(make([child]), birth_years=True), sector="vo", birth_years=True)
    assert told == [
        {
            "kind": "pupil",
            "key": "000456",
            "first_name": "Ali",
            "last_name": "Kaya",
            "group": "H2b",
            "year_group": "12",
            "group_year_group": "12",
            "birth_year": 2012,
        }
    ]


def test_numbers_of_excel_come_as_texts_without_a_tail() -> None:
    table = read_pupils(files.magister_xlsx([Child("4567")], numbers=True), birth_years=False)
    assert values(table)[0]["key"] == "4567"


def test_one_column_with_the_whole_name_is_taken_apart() -> None:
    told = values(read_pupils(files.one_name_csv([NOOR, ZOE]), birth_years=False))
    assert [(row["first_name"], row.get("infix"), row["last_name"]) for row in told] == [
        ("Noor", "van den", "Berg"),
        ("Zoë", None, "Éclair"),
    ]


def test_a_table_says_its_school_and_year_where_it_has_them() -> None:
    content = files.parnassys_csv([NOOR, ZOE], extra={"BRIN": "99ZA01", "Schooljaar": "2026/2027"})
    told = facts(content)
    assert (told.brin, told.school_year, told.warnings) == ("99ZA01", "2026-2027", ())
    assert "99ZA01" not in repr(read_pupils(content, birth_years=False).rows)
    two = content.replace(b"99ZA01", b"99ZB00", 1).replace(b"2026/2027", b"2025/2026", 1)
    assert set(facts(two).warnings) == {"several_schools", "several_school_years"}
    assert (facts(two).brin, facts(two).school_year) == ("", "")
    assert facts(content.replace(b"99ZA01", b"99ZA")).warnings == ("branch_missing",)


def test_all_first_names_are_cut_to_the_first_and_go_where_there_is_another() -> None:
    alone = b"Stamnummer;Voornamen;Achternaam\n1;Noortje Maria;Berg\n"
    assert read_pupils(alone, birth_years=False).rows == [["1", "Noortje", "Berg"]]
    beside = b"Stamnummer;Voornamen;Roepnaam\n1;Noortje Maria;Noor\n2;Sem Jan;\n"
    assert read_pupils(beside, birth_years=False).rows == [["1", "", "Noor"], ["2", "", "Sem"]]


def test_an_address_of_a_pupil_is_not_taken_for_that_of_a_teacher() -> None:
    teacher = "E-mailadres van de leerkracht;Groepen van de leerkracht"
    content = (
        f"Leerling of leerkracht;Leerlingnummer;Roepnaam;{teacher}\n"
        "leerling;1;Noor;noor@x.example;A\nleerkracht;2;Sanne;s@x.example;A | B\n"
    ).encode()
    table = read_pupils(content, birth_years=False)
    assert table.rows == [
        ["leerling", "1", "Noor", "", ""],
        ["leerkracht", "2", "Sanne", "s@x.example", "A | B"],
    ]
    without = b"Leerlingnummer;Roepnaam;E-mailadres van de leerkracht\n1;Noor;noor@x.example\n"
    assert read_pupils(without, birth_years=False).rows == [["1", "Noor", ""]]


def test_a_file_without_a_known_column_is_refused() -> None:
    assert reason(b"a;b\n1;2\n") == "no_known_columns"


def test_a_chosen_column_is_kept_unless_it_is_forbidden() -> None:
    content = b"Code;Kind heet;BSN;Dag\n7;Noor;111222333;1-2-2015\n"
    mapping = {"key": ["Code"], "first_name": ["Kind heet"], "last_name": ["BSN"], "birth_year": ["Dag"]}
    assert reason(content) == "no_known_columns"
    assert read_pupils(content, birth_years=True, mapping=mapping).rows == [["7", "Noor", "", "2015"]]
    assert read_pupils(content, birth_years=False, mapping=mapping).rows == [["7", "Noor", "", ""]]


@pytest.mark.parametrize(
    "content",
    [
        files.edexml(files.bsn_as_keys()),
        files.parnassys_csv(files.bsn_as_keys()),
        files.magister_xlsx(files.bsn_as_keys(), numbers=True),
    ],
)
def test_keys_that_are_citizen_service_numbers_are_refused(content: bytes) -> None:
    assert reason(content) == "keys_are_bsn"


@pytest.mark.parametrize("strays", [1, 3])
def test_a_few_citizen_service_numbers_are_left_out_and_the_screen_says_so(strays: int) -> None:
    bsn = [child.key for child in files.bsn_as_keys()][:strays]
    lines = "".join(f"{key};Noor\n" for key in ["17", *bsn])
    table = read_pupils(f"Leerlingnummer;Roepnaam\n{lines}".encode(), birth_years=False)
    assert table.rows == [["17", "Noor"], *[["", "Noor"]] * strays]
    assert table.facts is not None
    assert table.facts.warnings == ("bsn_left_out",)


def test_a_column_chosen_by_hand_is_looked_at_as_well() -> None:
    rows = "\n".join(f"{child.key};Noor" for child in files.bsn_as_keys())
    content = f"Nummertje;Roepnaam\n{rows}\n".encode()
    assert read_pupils(content, birth_years=False).rows[0] == ["", "Noor"]
    assert reason(content, mapping={"key": ["Nummertje"]}) == "keys_are_bsn"


def test_rows_with_the_same_key_all_come_through_and_zeros_count() -> None:
    for content in (
        files.edexml(files.twice_the_same_key()),
        files.parnassys_csv(files.twice_the_same_key()),
    ):
        told = values(read_pupils(content, birth_years=False))
        assert [row["key"] for row in told] == ["1", "1", "001"]


def test_formulas_stay_texts() -> None:
    expected = [(child.first_name, child.last_name) for child in files.formulas()]
    for content in (files.edexml(files.formulas()), files.parnassys_csv(files.formulas())):
        told = values(read_pupils(content, birth_years=False))
        assert [(row["first_name"], row["last_name"]) for row in told] == expected


# Nothing forbidden

WITH_SECRETS: dict[str, bytes] = {
    "edexml-1.03": files.edexml([NOOR, ZOE], [SANNE], secrets=True, version="1.03"),
    "edexml-2.1": files.edexml([NOOR, ZOE], [SANNE], secrets=True),
    "uwlr": files.uwlr([NOOR, ZOE], [SANNE], secrets=True, prefix="u"),
    **{name: make([NOOR, ZOE], secrets=True) for name, make in (PRIMARY | SECONDARY).items()},
}


@pytest.mark.parametrize("content", WITH_SECRETS.values(), ids=WITH_SECRETS)
@pytest.mark.parametrize("birth_years", [True, False])
def test_no_value_of_a_dropped_field_is_anywhere_in_the_table(content: bytes, birth_years: bool) -> None:
    table = read_pupils(content, birth_years=birth_years)
    assert "NEEDLE" not in repr(table)
    assert "03-01" not in repr(table.rows)
    assert "01-03" not in repr(table.rows)
    assert ("2015" in repr(table.rows)) is birth_years
    assert table.facts
    secrets = files.SECRET_HEADERS if table.facts.schema in {"csv", "excel"} else files.SECRET_ELEMENTS
    assert set(secrets) <= set(table.facts.dropped)
    assert all(table.facts.dropped[name] >= 2 for name in secrets)


@pytest.mark.parametrize("content", WITH_SECRETS.values(), ids=WITH_SECRETS)
def test_what_is_thrown_away_is_told_in_words(content: bytes) -> None:
    told = facts(content)
    groups, unknown = thrown_away(list(told.dropped), {}, DROPPED)
    assert {"bsn", "sex", "weight", "contact", "login", "birth_date"} <= set(groups)
    assert set(groups) <= set(DROPPED_LABELS)
    assert unknown == (["Iets van de school zelf"] if told.schema in {"csv", "excel"} else [])


def test_every_column_and_group_has_words() -> None:
    assert {column.code for column in COLUMNS} <= set(COLUMN_LABELS)
    assert {group.code for group in DROPPED} <= set(DROPPED_LABELS)
    assert "birth_year" not in {column.code for column in columns_for(birth_years=False)}
    assert columns_for(birth_years=True) == COLUMNS


def test_no_header_is_both_kept_and_forbidden() -> None:
    kept = {name for column in COLUMNS for name in column.folded}
    doubtful = {name for group in DROPPED for name in map(doors.fold, group.synonyms) if name in kept}
    cut = {doors.fold(name) for name in (*doors.BIRTH_HEADERS, *doors.ALL_NAMES)}
    assert doubtful == cut


# There and back

LETTERS = "abcdefghij ABCéëñÀ'-"
WORD = st.text(LETTERS, min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
PLAIN = WORD.filter(lambda text: not set(text.lower().split()) & INFIXES)
KEY = st.text("0123456789abAB-", min_size=1, max_size=12)
INFIX = st.sampled_from(["", "van", "van der", "de", "'t"])


@st.composite
def some_children(draw: st.DrawFn) -> list[Child]:
    keys = draw(st.lists(KEY, min_size=1, max_size=6, unique=True))
    return [
        Child(
            key=key,
            first_name=draw(PLAIN),
            infix=draw(INFIX),
            last_name=draw(PLAIN),
            group=draw(st.sampled_from(["Vlinders", "Muizen", "De <Uil> & co"])),
            year_group=draw(st.sampled_from(["3", "4", "8"])),
            eck_id=draw(st.sampled_from(["", f"https://ketenid.nl/a/{key}"])),
            birth_date=draw(st.sampled_from(["", "2015-03-01", "2016-12-31"])),
        )
        for key in keys
    ]


def expected(child: Child, **more: Any) -> Mapping[str, Any]:
    told = {name: value for name, value in vars_of(child).items() if value and name != "birth_date"} | {
        "kind": "pupil"
    }
    if child.birth_date:
        told["birth_year"] = int(child.birth_date[:4])
    return told | more


@given(some_children(), st.sampled_from(["utf-8", "utf-16", "iso-8859-1"]))
@settings(max_examples=60)
def test_children_survive_edexml_and_uwlr(children: list[Child], encoding: str) -> None:
    for content in (files.edexml(children, encoding=encoding), files.uwlr(children, prefix="x")):
        table = read_pupils(content, birth_years=True)
        assert values(table, birth_years=True) == [
            expected(child, group_year_group="5") for child in children
        ]


@given(some_children(), st.sampled_from(["cp1252", "utf-8-sig", "utf-16"]), st.sampled_from(";,\t"))
@settings(max_examples=60)
def test_children_survive_every_table(children: list[Child], encoding: str, delimiter: str) -> None:
    for make in PRIMARY.values():
        content = make(children, encoding=encoding, delimiter=delimiter)
        assert values(read_pupils(content, birth_years=True), birth_years=True) == [
            expected(child) for child in children
        ]


@given(some_children())
@settings(max_examples=20)
def test_children_survive_excel(children: list[Child]) -> None:
    table = read_pupils(files.magister_xlsx(children), birth_years=True)
    assert values(table, birth_years=True) == [expected(child) for child in children]


def test_every_reason_of_a_row_has_a_sentence() -> None:
    assert {"who", "control", "no_key", "key_rounded", "eck_id", "year_group", "birth_year"} <= set(
        ROW_REASONS
    )


# Into a draft


class _Pupils(Importer):
    code = "children"
    columns = COLUMNS
    dropped = DROPPED


def test_a_draft_holds_a_year_and_never_a_date_of_birth(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also of a column that somebody chose by hand, and without the help of `read_pupils`."""
    monkeypatch.setattr(drafts, "importer", lambda code: _Pupils())
    content = b"Leerlingnummer;Roepnaam;Dag;Geboortedatum;BSN\n1;Noor;1-2-2015;3-4-2016;9\n"
    file = {"content": content, "file_name": "x.csv", "importer_code": "children", "by": cast.administrator}
    assert drafts.read_file(**file).rows == [[2, "1", "Noor", "2016"]]
    chosen = {"key": ["Leerlingnummer"], "birth_year": ["Dag"]}
    assert drafts.read_file(**file, mapping=chosen).rows == [[2, "1", "Noor", "2015", "2016"]]


@pytest.mark.parametrize("content", [files.edexml([NOOR], [SANNE]), files.uwlr([NOOR], [SANNE])])
def test_an_xml_file_is_shown_in_dutch(content: bytes) -> None:
    table = read_pupils(content, birth_years=True)
    assert table.headers == [
        *("leerling of leerkracht", "leerlingnummer", "ECK iD", "roepnaam", "tussenvoegsel", "achternaam"),
        *("groep", "jaargroep", "jaargroep van de groep", "geboortejaar"),
        *("e-mailadres van de leerkracht", "groepen van de leerkracht"),
    ]
    assert [row[0] for row in table.rows] == ["leerling", "leerkracht"]
