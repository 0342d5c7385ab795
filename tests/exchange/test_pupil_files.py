"""EDEXML and UWLR: every version gives the same children, and nothing hostile is opened."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leesbouw.exchange.domain.columns import propose, raw_values
from leesbouw.exchange.domain.limits import Unreadable
from leesbouw.exchange.domain.pupils import (
    COLUMNS,
    PupilFacts,
    clean_pupil,
    edex,
    read_pupils,
    reading,
)
from leesbouw.exchange.domain.pupils import door as doors
from leesbouw.exchange.enums import FILE_REASONS, FILE_WARNINGS
from tests.factories import pupil_files as files
from tests.factories.pupil_files import Child, School

from .pupils import (
    NOOR,
    NOOR_VALUES,
    SANNE,
    SANNE_VALUES,
    YEARS,
    ZOE,
    ZOE_VALUES,
    facts,
    reason,
    values,
)

# EDEXML and UWLR


@pytest.mark.parametrize(
    ("version", "told"), [("1.03", "edexml 1.0.3"), ("2.0", "edexml 2.0"), ("2.1", "edexml 2.1")]
)
def test_each_version_of_edexml_gives_the_same_children(version: str, told: str) -> None:
    table = read_pupils(
        files.edexml([NOOR, ZOE], [SANNE], version=version, group_years=YEARS), birth_years=False
    )
    without = {"eck_id"} if version != "2.1" else set()
    noor = {name: value for name, value in NOOR_VALUES.items() if name not in without}
    assert values(table) == [noor, ZOE_VALUES, SANNE_VALUES]
    assert table.numbers == [1, 2, 3]
    assert table.facts == PupilFacts(
        school_year="2026-2027",
        brin="99ZA00",
        system="ParnasSys",
        schema=told,
        created_on="2026-09-01",
        dropped={"geboortedatum": 2},
    )


@pytest.mark.parametrize("envelope", [True, False])
@pytest.mark.parametrize("prefix", ["", "ns2"])
def test_a_uwlr_message_gives_the_same_children(envelope: bool, prefix: str) -> None:
    content = files.uwlr([NOOR, ZOE], [SANNE], group_years=YEARS, envelope=envelope, prefix=prefix)
    table = read_pupils(content, birth_years=True)
    noor, zoe = NOOR_VALUES | {"birth_year": 2015}, ZOE_VALUES | {"birth_year": 2014}
    assert values(table, birth_years=True) == [noor, zoe, SANNE_VALUES]
    assert table.facts
    assert table.facts.schema == "uwlr 2.2"


def test_bare_data_of_uwlr_without_an_answer_around_it_is_read() -> None:
    content = files.uwlr([NOOR], group_years=YEARS, envelope=False)
    bare = content.replace(b'<leerlinggegevens_antwoord xmlns="', b'<leerlinggegevens xmlns="', 1).replace(
        b"><leerlinggegevens>", b">", 1
    )
    bare = bare.replace(b"</leerlinggegevens></leerlinggegevens_antwoord>", b"</leerlinggegevens>")
    assert values(read_pupils(bare, birth_years=False)) == [NOOR_VALUES]


@pytest.mark.parametrize("content", ["<geenwijzigingen/>", "<geengegevens/>"])
def test_an_answer_without_pupils_says_so(content: str) -> None:
    assert reason(files.uwlr([], content=content)) == "no_pupils"


def test_a_question_or_a_failure_of_uwlr_is_no_file_of_pupils() -> None:
    question = f'<leerlinggegevens_verzoek xmlns="{files.standards.UWLR}"><schooljaar>2026-2027</schooljaar>'
    assert reason(f"{question}</leerlinggegevens_verzoek>".encode()) == "uwlr_request"
    fault = f'<s:Envelope xmlns:s="{files.standards.SOAP}"><s:Body><s:Fault/></s:Body></s:Envelope>'.encode()
    assert reason(fault) == "uwlr_fault"


def test_another_xml_file_is_told_apart() -> None:
    assert reason(b"<?xml version='1.0'?><Workbook><leerlingen/></Workbook>") == "xml_other"
    assert reason(b"<s:Envelope xmlns:s='urn:x'><s:Body/></s:Envelope>") == "xml_other"
    assert reason(files.edexml([])) == "no_pupils"
    assert reason(b"<html><body/></html>") == "web_page"


def test_a_file_with_teachers_alone_makes_nobody_a_leaver() -> None:
    assert reason(files.edexml([], [SANNE])) == "no_pupils"
    assert reason(files.uwlr([], [SANNE])) == "no_pupils"


def test_a_child_without_a_first_name_gets_the_first_of_all_its_names() -> None:
    content = (
        files.edexml([NOOR])
        .replace(b"<roepnaam>Noor", b"<voornamen>Noortje Maria Anna")
        .replace(b"</roepnaam>", b"</voornamen>")
    )
    table = read_pupils(content, birth_years=False)
    assert values(table)[0]["first_name"] == "Noortje"
    assert "Maria" not in repr(table)
    both = files.edexml([NOOR]).replace(b"<roepnaam>", b"<voornamen>Noortje Maria</voornamen><roepnaam>")
    table = read_pupils(both, birth_years=False)
    assert values(table)[0]["first_name"] == "Noor"
    assert "Maria" not in repr(table)
    assert table.facts
    assert table.facts.dropped["voornamen"] == 1


def test_the_order_of_sections_does_not_matter() -> None:
    content = files.edexml([NOOR], group_years=YEARS)
    start, end = content.index(b"<groepen>"), content.index(b"</groepen>") + len(b"</groepen>")
    groups = content[start:end]
    late = content.replace(groups, b"").replace(b"</EDEX>", groups + b"</EDEX>")
    assert values(read_pupils(late, birth_years=False)) == [NOOR_VALUES]


def test_a_child_that_left_before_the_day_of_the_file_is_history_and_the_day_is_not_kept() -> None:
    child = files.edexml([NOOR, ZOE])
    left = child.replace(b"</leerling>", b"<uitstroomdatum>2026-08-31</uitstroomdatum></leerling>", 1)
    table = read_pupils(left, birth_years=False)
    mapping = propose(table.headers, COLUMNS)
    records = [clean_pupil(1, raw_values(row, mapping), {}) for row in table.rows]
    assert [record.left_out for record in records] == ["left", ""]
    assert "2026-08-31" not in repr(table)
    leaves = child.replace(b"</leerling>", b"<uitstroomdatum>2027-07-01</uitstroomdatum></leerling>", 1)
    table = read_pupils(leaves, birth_years=False)
    assert clean_pupil(1, raw_values(table.rows[0], mapping), {}).left_out == ""


def test_what_the_school_says_wrong_is_a_warning_and_no_refusal() -> None:
    odd = files.edexml(
        [NOOR, ZOE],
        school=School(brin="XX", school_year="2026-2028", author="Geert Evers", created_at="gisteren"),
    )
    told = facts(odd)
    assert (told.school_year, told.brin, told.system, told.created_on) == ("", "", "", "")
    assert set(told.warnings) == {"school_year_odd", "brin_odd"}
    assert "Geert" not in repr(read_pupils(odd, birth_years=True))
    silent = files.edexml([NOOR], version="", school=School("", None, "", "", ""))
    assert set(facts(silent).warnings) == {"school_year_missing", "brin_missing", "version_missing"}
    assert facts(files.edexml([NOOR], school=School(branch=None))).warnings == ("branch_missing",)
    assert facts(files.edexml([NOOR], school=School(branch="03"))).brin == "99ZA03"


@pytest.mark.parametrize("year", ["1998-1999", "2025-2026", "2031-2032", "2025/2026"])
def test_school_years_beyond_the_list_of_the_schema_are_fine(year: str) -> None:
    assert facts(files.edexml([NOOR], school=School(school_year=year))).school_year == year.replace("/", "-")


def test_mistakes_against_the_schema_are_warnings() -> None:
    content = files.edexml([NOOR, ZOE], [SANNE])
    unknown = content.replace(b'<groep key="g1"/></leerling>', b'<groep key="g9"/></leerling>')
    assert facts(unknown).warnings == ("unknown_group",)
    assert values(read_pupils(unknown, birth_years=False))[0].get("group") is None
    assert facts(content.replace(b"<jaargroep>5<", b"<jaargroep>99<")).warnings == ("year_group_odd",)
    assert facts(content.replace(b'key="0012" ', b"")).warnings == ("key_missing",)
    assert facts(content.replace(b'key="g2"', b'key="g1"')).warnings == ("double_group",)
    assert facts(content.replace(b"<naam>Muizen<", b"<naam>Vlinders<")).warnings == ("same_group_name",)
    birth = content.replace(b"2015-03-01", b"geheim")
    assert facts(birth, birth_years=True).warnings == ("birth_date_odd",)
    branches = content.replace(b"</leerling>", b'<vestiging key="A"/></leerling>', 1).replace(
        b"</leerling>\n</leerlingen>", b'<vestiging key="B"/></leerling></leerlingen>'
    )
    assert facts(branches).warnings == ("several_branches",)


def test_every_warning_of_the_readers_has_a_sentence() -> None:
    source = "".join(Path(module.__file__).read_text() for module in (edex, doors, reading))
    assert {code for code in FILE_WARNINGS if f'"{code}"' not in source} <= {"school_year_odd", "brin_odd"}


# Encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1252", "iso-8859-15"])
def test_each_encoding_that_tells_the_truth_is_read(encoding: str) -> None:
    declared = {"utf-8-sig": "utf-8", "cp1252": "windows-1252"}.get(encoding, encoding)
    content = files.edexml([ZOE], encoding=encoding, declared=declared, group_years=YEARS)
    table = read_pupils(content, birth_years=False)
    assert values(table) == [ZOE_VALUES]
    assert table.facts
    assert table.facts.warnings == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32"])
def test_wide_letters_without_a_mark_are_read(encoding: str) -> None:
    content = files.edexml([ZOE], encoding=encoding, group_years=YEARS)
    assert values(read_pupils(content, birth_years=False)) == [ZOE_VALUES]


@pytest.mark.parametrize("make", [files.latin_declared_utf8, files.utf8_declared_latin])
def test_a_wrong_declaration_is_a_warning(make: Callable[[Iterable[Child]], bytes]) -> None:
    table = read_pupils(make([ZOE]), birth_years=False)
    assert values(table)[0]["first_name"] == "Zoë"
    assert table.facts
    assert table.facts.warnings == ("encoding_differs",)


# Hostile and broken


@pytest.mark.parametrize(
    "content",
    [
        files.bomb(),
        files.external_entity(),
        files.parameter_entity(),
        files.with_doctype(files.edexml([NOOR])),
        files.edexml([NOOR], encoding="utf-16", head="<!DOCTYPE EDEX>"),
        b"<!DOCTYPE EDEX><EDEX/>",
        files.uwlr([NOOR]).replace(b"<soap:Env", b"<!DOCTYPE x><soap:Env", 1),
    ],
)
def test_a_file_with_rules_of_its_own_is_refused_before_it_is_opened(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*args: object) -> None:
        raise AssertionError("somebody wanted the network")

    monkeypatch.setattr(socket.socket, "connect", never)
    assert reason(content) == "doctype"


def test_a_doctype_over_the_edge_of_two_pieces_is_seen() -> None:
    for room in range(64 * 1024 - 30, 64 * 1024 + 2, 3):
        content = b"<EDEX>" + b" " * (room - 6) + b"<!DOCTYPE x></EDEX>"
        assert reason(content) == "doctype"


def test_odd_shapes_are_refused() -> None:
    assert reason(files.undeclared_entity()) == "broken"
    assert reason(files.deep()) == "xml_shape"
    assert reason(files.deep(100_000)) in {"xml_shape", "broken"}
    assert reason(files.many_attributes()) == "xml_shape"
    assert reason(files.edexml([Child(first_name="x" * 6000)])) == "long_cell"
    assert reason(files.edexml([Child(key="x" * 6000)])) == "long_cell"
    assert reason(b"<EDEX><leerlingen>\x01</leerlingen></EDEX>") == "broken"
    assert reason(files.edexml([NOOR]) + files.edexml([NOOR])) == "broken"


def test_more_elements_or_rows_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = files.edexml([NOOR, ZOE])
    monkeypatch.setattr(edex, "MOST_ELEMENTS", 20)
    assert reason(content) == "xml_shape"
    monkeypatch.undo()
    monkeypatch.setattr(edex, "MOST_ROWS", 2)
    assert reason(content) == "too_many_rows"


def test_a_file_above_64_mb_is_refused_before_it_is_looked_at() -> None:
    assert reason(b"<EDEX>" + bytes(64 * 1024 * 1024)) == "too_large"


def test_a_bomb_in_excel_is_refused() -> None:
    assert reason(files.excel_bomb()) == "bomb"


def test_a_file_that_stopped_anywhere_is_broken_and_never_half_read() -> None:
    content = files.edexml([NOOR, ZOE], [SANNE])
    for end in range(40, len(content) - 8, 17):
        assert reason(content[:end]) in {"broken", "xml_other"}


@given(st.binary(max_size=400), st.integers(0, 600))
@settings(max_examples=150)
def test_no_bytes_lead_to_another_error(noise: bytes, at: int) -> None:
    content = files.edexml([NOOR], [SANNE])
    for damaged in (noise, content[:at] + noise + content[at:], b"<EDEX>" + noise):
        code = ""
        try:
            read_pupils(damaged, birth_years=True)
        except Unreadable as error:
            code = error.code
        assert code in {"", *FILE_REASONS}


# The official example


def test_the_official_example_is_read(shared_data: Path) -> None:
    example = shared_data / "edexml" / "2.1" / "samples" / "EDEXML.Voorbeeld.2.1.xml"
    table = read_pupils(example.read_bytes(), birth_years=True)
    assert table.facts
    assert (table.facts.brin, table.facts.school_year, table.facts.schema) == (
        "99ZZ00",
        "2014-2015",
        "edexml 2.1",
    )
    assert table.facts.created_on == "2014-11-25"
    assert table.facts.warnings == ("several_branches",)
    assert {"bsn", "land_vader", "postcodenl", "geslacht", "toevoegingen"} <= set(table.facts.dropped)
    told = values(table, birth_years=True)
    assert [(row["kind"], row["key"]) for row in told] == [
        ("pupil", "00001"),
        ("pupil", "00002"),
        ("pupil", "12345"),
        ("teacher", "LK1"),
        ("teacher", "LK2"),
        ("teacher", "LK3"),
    ]
    assert told[0]["group"] == "4B"
    assert told[0]["birth_year"] == 2006
    assert (told[1]["first_name"], told[1]["year_group"]) == ("Ismaël", "4")
    assert told[4]["groups"] == ["Muizen", "Kabouters"]
    for secret in ("133456785", "6971VB", "2006-06-21", "Geert", "Hassan", "Opmerking"):
        assert secret not in repr(table)


def test_what_we_make_ourselves_is_what_the_schema_asks(shared_data: Path) -> None:
    from lxml import etree

    for version in ("2.0", "2.1"):
        path = shared_data / "edexml" / version / "xsd" / "EDEXML.structuur.xsd"
        schema = etree.XMLSchema(etree.parse(str(path)))
        school = School(school_year="2024-2025")
        made = files.edexml([NOOR, ZOE], [SANNE], version=version, school=school, group_years=YEARS)
        schema.assertValid(etree.fromstring(made))
    path = shared_data / "uwlr" / "Schemas" / "Profiel smalle set"
    schema = etree.XMLSchema(etree.parse(str(path / "Profiel_Smalle_set_UWLR_Leerlinggegevens_v2p2.xsd")))
    school = School(school_year="2019-2020")
    made = files.uwlr([NOOR, ZOE], [SANNE], envelope=False, school=school, group_years=YEARS)
    schema.assertValid(etree.fromstring(made))
