"""EDEXML and UWLR through the whole import: groups, combination groups, duo teachers, and files that are not meant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leesbouw.core.access import SYSTEM
from leesbouw.core.errors import Sentence
from leesbouw.core.time import SchoolYear
from leesbouw.exchange import actions as imports
from leesbouw.exchange.models import ImportPart, ImportRow, ImportRun
from leesbouw.organisations.models import ClassGroup, Location
from leesbouw.people.models import Contact, GroupTeacher
from leesbouw.pupils.models import Enrolment, Pupil
from tests.exchange.steps import counts, store, take_back
from tests.factories import pupil_files as files
from tests.factories.pupil_files import Child, School, Teacher

YEAR = SchoolYear.running()
A1 = School(brin="99AA", branch="00", school_year=str(YEAR))
CHILDREN = [
    Child("0001", "Noor", "de", "Vries", "5/6", "5"),
    Child("0002", "Sem", "", "Bakker", "5/6", "6"),
    Child("0003", "Li", "", "Chen", "Vlinders"),
]
TEACHERS = [
    Teacher("L1", "Sanne", "de", "Wit", ("5/6", "Vlinders"), "s.dewit@school.example"),
    Teacher("L2", "Omar", "", "Aydin", ("5/6",), ""),
]


def check(content: bytes, by, cast, name: str = "EDEX.XML") -> ImportRun:  # type: ignore[no-untyped-def]
    run = imports.begin_run(
        content=content,
        file_name=name,
        importer_code="pupils",
        by=by,
        options={"location": cast.a1.pk, "leavers": "left"},
    )
    return imports.preview_run(run=run, by=by)


def taught() -> set[tuple[str, str]]:
    rows = GroupTeacher.objects.visible_to(SYSTEM).filter(ends_on=None, group__year=YEAR)
    return set(rows.values_list("contact__name", "group__name"))


@pytest.mark.parametrize("version", ["1.0.3", "2.0", "2.1"])
def test_every_version_of_edexml_brings_the_same_school(cast, coordinator, version: str) -> None:
    run = store(
        check(files.edexml(CHILDREN, TEACHERS, school=A1, version=version), coordinator, cast), coordinator
    )

    assert run.options["year"] == YEAR.first
    assert counts(run) == {"new": 5}
    assert {group.name: group.year_groups for group in ClassGroup.objects.filter(year=YEAR)}["5/6"] == [5, 6]
    where = Enrolment.objects.visible_to(SYSTEM).values_list("pupil__key", "group__name", "year_group")
    assert set(where) >= {("0001", "5/6", 5), ("0002", "5/6", 6)}
    assert taught() == {("Sanne de Wit", "5/6"), ("Sanne de Wit", "Vlinders"), ("Omar Aydin", "5/6")}


def test_uwlr_brings_them_too_and_twice_is_once(cast, coordinator) -> None:
    content = files.uwlr(CHILDREN, TEACHERS, school=A1)
    store(check(content, coordinator, cast), coordinator)
    before = taught()
    run = store(check(content, coordinator, cast), coordinator)
    assert counts(run) == {"same": 5}
    assert taught() == before


def test_who_no_longer_teaches_a_group_ends_and_undo_brings_it_back(cast, coordinator) -> None:
    store(check(files.edexml(CHILDREN, TEACHERS, school=A1), coordinator, cast), coordinator)
    before = taught()
    moved = [
        Teacher("L1", "Sanne", "de", "Wit", ("Vlinders",)),
        Teacher("L3", "Ans", "", "Bos", ("5/6",), ""),
    ]
    run = store(check(files.edexml(CHILDREN, moved, school=A1), coordinator, cast), coordinator)
    assert taught() == {("Sanne de Wit", "Vlinders"), ("Ans Bos", "5/6")}

    undone = take_back(run, coordinator)

    assert undone.counts["blocked"] == 0
    assert taught() == before
    assert not Contact.objects.visible_to(SYSTEM).filter(name="Ans Bos").exists()


def test_undoing_the_first_file_leaves_nobody(cast, coordinator) -> None:
    run = store(check(files.edexml(CHILDREN, TEACHERS, school=A1), coordinator, cast), coordinator)
    take_back(run, coordinator)
    assert not Pupil.objects.visible_to(SYSTEM).exists()
    assert not Contact.objects.visible_to(SYSTEM).filter(unit=cast.a1).exists()
    assert not ClassGroup.objects.filter(location=cast.a1, year=YEAR).exists()


def test_the_file_of_another_school_stops_with_its_number(cast, coordinator) -> None:
    other = School(brin="99ZZ", branch="00", school_year=str(YEAR))
    with pytest.raises(Sentence, match="99ZZ00"):
        check(files.edexml(CHILDREN, TEACHERS, school=other), coordinator, cast)
    assert not ImportRun.objects.exists()


def test_two_schools_in_one_file_stop(cast, coordinator) -> None:
    first, other = (
        files.edexml(CHILDREN, school=one) for one in (A1, School(brin="99ZZ", school_year=str(YEAR)))
    )
    second = other[other.index(b"<school>") : other.index(b"</school>")] + b"</school>"
    with pytest.raises(Sentence, match="meer dan één school"):
        check(first.replace(b"</EDEX>", second + b"</EDEX>"), coordinator, cast)


def test_a_file_without_a_branch_number_is_of_any_location_of_its_school(cast, coordinator) -> None:
    Location.objects.filter(pk=cast.a1.pk).update(code="99AA03")
    bare = School(brin="99AA", branch=None, school_year=str(YEAR))
    assert counts(check(files.edexml(CHILDREN, school=bare), coordinator, cast)) == {"new": 3}
    with pytest.raises(Sentence, match="99AA00"):
        check(files.edexml(CHILDREN, school=A1), coordinator, cast)


@pytest.mark.parametrize(
    "broken",
    [
        files.bomb(),
        files.external_entity(),
        files.parameter_entity(),
        files.undeclared_entity(),
        files.deep(),
        files.truncated(files.edexml(CHILDREN, TEACHERS, school=A1)),
        files.with_doctype(files.edexml(CHILDREN, TEACHERS, school=A1)),
        files.parnassys_csv(files.bsn_as_keys()),
        b"",
        b"\x00\x01\x02",
        b"%PDF-1.7",
    ],
    ids=[
        "bomb",
        "external",
        "parameter",
        "undeclared",
        "deep",
        "cut off",
        "doctype",
        "bsn",
        "empty",
        "noise",
        "pdf",
    ],
)
def test_what_is_no_such_file_is_one_sentence_and_nothing_is_stored(cast, coordinator, broken: bytes) -> None:
    with pytest.raises(Sentence):
        check(broken, coordinator, cast)
    assert not ImportRun.objects.exists()
    assert not ImportPart.objects.exists()
    assert not ImportRow.objects.exists()


def test_a_formula_in_a_name_stays_a_text_and_runs_in_no_sheet(cast, coordinator, client_for) -> None:
    run = check(files.parnassys_csv(files.formulas()), coordinator, cast, "leerlingen.csv")
    sheet = client_for(coordinator).get(f"/import/run/{run.pk}/fouten.csv").getvalue().decode("utf-8-sig")
    assert not any(
        cell.startswith(("=", "+", "@")) for line in sheet.splitlines() for cell in line.split(";")
    )


def test_the_page_says_what_of_an_xml_file_is_thrown_away(cast, coordinator, client_for) -> None:
    content = files.edexml(CHILDREN, TEACHERS, school=A1, secrets=True)
    run = check(content, coordinator, cast)
    page = client_for(coordinator).get(f"/import/run/{run.pk}/controle/").content.decode()
    for words in ("burgerservicenummer", "jongen of meisje", "adres en postcode", "gewicht van de leerling"):
        assert words in page
    assert "NEEDLE" not in page + repr(list(ImportPart.objects.values())) + repr(run.options)


def test_the_official_example_comes_in_as_its_own_school(cast, coordinator, shared_data) -> None:
    Location.objects.filter(pk=cast.a1.pk).update(code="99ZZ00")
    content = (shared_data / "edexml/2.1/samples/EDEXML.Voorbeeld.2.1.xml").read_bytes()
    run = check(content, coordinator, cast)
    assert run.options["year"] == 2014
    assert counts(run) == {"new": 5}
    store(run, coordinator)
    pupils = Pupil.objects.visible_to(SYSTEM)
    assert set(pupils.values_list("first_name", flat=True)) == {"Wimpie", "Ismaël"}
    assert set(pupils.values_list("key", flat=True)) == {"00001", "00002"}


def test_a_group_that_another_program_writes_otherwise_is_the_same_group(cast, coordinator) -> None:
    store(check(files.edexml(CHILDREN, TEACHERS, school=A1), coordinator, cast), coordinator)
    other = {"5/6": "Groep 5/6", "Vlinders": "VLINDERS"}
    children = [replace(child, group=other[child.group]) for child in CHILDREN]
    teachers = [replace(one, groups=tuple(other[name] for name in one.groups)) for one in TEACHERS]
    run = check(files.edexml(children, teachers, school=A1), coordinator, cast)
    assert counts(run) == {"same": 5}


def test_two_groups_of_one_file_are_two_however_alike_their_names(cast, coordinator) -> None:
    store(check(files.edexml(CHILDREN, school=A1), coordinator, cast), coordinator)
    children = [*CHILDREN, Child("0004", "Zoë", "", "Smit", "Groep 5/6", "5")]
    store(check(files.edexml(children, school=A1), coordinator, cast), coordinator)
    names = ClassGroup.objects.filter(location=cast.a1, year=YEAR).values_list("name", flat=True)
    assert set(names) == {"5/6", "Groep 5/6", "Vlinders"}
