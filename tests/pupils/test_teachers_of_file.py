"""Teachers in a school's file: what it says of one never touches another without saying so, and twice is once."""

from __future__ import annotations

import pytest

from leesbouw.accounts.enums import Level
from leesbouw.accounts.models import RoleAssignment
from leesbouw.accounts.queries import actor_for
from leesbouw.core.access import SYSTEM
from leesbouw.exchange.enums import RowKind
from leesbouw.exchange.models import ImportRow, ImportRun
from leesbouw.organisations.models import ClassGroup
from leesbouw.people.actions import ContactRow, TeacherRow, save_contacts, set_group_teachers
from leesbouw.people.models import Contact, GroupTeacher
from tests.exchange.steps import counts, store, take_back
from tests.factories import pupil_files as files
from tests.factories.pupil_files import Child, Teacher

from .test_standards import A1, YEAR, check, taught

CHILDREN = [
    Child("0001", "Noor", "de", "Vries", "5"),
    Child("0002", "Sem", "", "Bakker", "6"),
    Child("0003", "Li", "", "Chen", "7"),
]
SANNE = Teacher("L1", "Sanne", "de", "Wit", ("5",), "s.dewit@school.example")
OMAR = Teacher("L2", "Omar", "", "Aydin", ("5",), "")
ANS = Teacher("L3", "Ans", "", "Bos", ("6",), "")


@pytest.fixture
def look(cast, coordinator):  # type: ignore[no-untyped-def]
    def act(*teachers: Teacher) -> ImportRun:
        return check(files.edexml(CHILDREN, teachers, school=A1), coordinator, cast)

    return act


@pytest.fixture
def bring(look, coordinator):  # type: ignore[no-untyped-def]
    return lambda *teachers: store(look(*teachers), coordinator)


def told(run: ImportRun) -> dict[str, list[list[str]]]:
    """Name of a teacher → the groups she has and those she gets."""
    rows = ImportRow.objects.filter(run=run, kind=RowKind.CHANGED, cleaned__has_key="teaches")
    return {row.label: row.changes["teaches"] for row in rows}


def test_a_duo_partner_who_joins_leaves_the_other_where_she_is(bring) -> None:
    bring(SANNE, ANS)
    bring(SANNE, OMAR, ANS)
    assert taught() == {("Sanne de Wit", "5"), ("Omar Aydin", "5"), ("Ans Bos", "6")}
    assert counts(bring(SANNE, OMAR, ANS)) == {"same": 6}


def test_who_goes_to_another_group_leaves_the_old_one_also_when_nobody_comes(bring) -> None:
    bring(SANNE, ANS)
    moved = Teacher("L3", "Ans", "", "Bos", ("7",), "")
    bring(SANNE, moved)
    assert taught() == {("Sanne de Wit", "5"), ("Ans Bos", "7")}
    assert counts(bring(SANNE, moved)) == {"same": 5}


def test_whoever_lost_her_group_to_another_stands_in_the_check(bring, look, coordinator) -> None:
    bring(SANNE, ANS)
    run = look(Teacher("L9", "Piet", "", "Smit", ("5",), ""), ANS)
    assert told(run) == {"Sanne de Wit": [["5"], []]}
    done = store(run, coordinator)
    assert taught() == {("Piet Smit", "5"), ("Ans Bos", "6")}
    take_back(done, coordinator)
    assert taught() == {("Sanne de Wit", "5"), ("Ans Bos", "6")}


def test_a_file_without_a_teacher_of_a_group_leaves_who_is_there(bring) -> None:
    bring(SANNE, ANS)
    assert counts(bring(SANNE)) == {"same": 4}
    assert taught() == {("Sanne de Wit", "5"), ("Ans Bos", "6")}


def test_undo_leaves_the_groups_of_a_teacher_whose_days_somebody_chose_since(
    bring, cast, coordinator
) -> None:
    bring(SANNE)
    run = bring(SANNE, OMAR)
    group = ClassGroup.objects.get(location=cast.a1, year=YEAR, name="5")
    ids = dict(Contact.objects.visible_to(SYSTEM).values_list("name", "pk"))
    days = [TeacherRow(ids["Sanne de Wit"], (1, 2)), TeacherRow(ids["Omar Aydin"], (3, 4))]
    set_group_teachers(group=group, rows=days, by=coordinator)

    undone = take_back(run, coordinator)

    assert undone.counts["blocked"] == 1
    assert list(ImportRow.objects.filter(run=run).values_list("label", "errors")) == [
        ("Omar Aydin", [["", "changed_since"]])
    ]
    now = GroupTeacher.objects.visible_to(SYSTEM).filter(group=group, ends_on=None)
    assert set(now.values_list("contact__name", "days__0")) == {("Sanne de Wit", 1), ("Omar Aydin", 3)}


def test_undo_leaves_a_new_teacher_whose_facts_somebody_changed_since(bring, cast, coordinator) -> None:
    run = bring(SANNE, OMAR)
    omar = Contact.objects.visible_to(SYSTEM).get(name="Omar Aydin")
    row = ContactRow(
        id=omar.pk,
        version=omar.version,
        unit_id=cast.a1.pk,
        library_id=omar.library_id,
        name=omar.name,
        function=omar.function,
        level=Level.OPERATIONAL,
        phone="0101234567",
    )
    save_contacts([row], by=coordinator)

    assert take_back(run, coordinator).counts["blocked"] == 1

    there = Contact.objects.visible_to(SYSTEM).filter(unit=cast.a1)
    assert list(there.values_list("name", "phone")) == [("Omar Aydin", "0101234567")]


def test_one_address_for_the_whole_school_is_no_person(bring) -> None:
    staff = [
        Teacher(f"L{at}", name, "", "Smit", (group,), "info@school.example")
        for at, (name, group) in enumerate((("Piet", "5"), ("Roos", "6"), ("Tim", "7")))
    ]
    bring(*staff)
    assert taught() == {("Piet Smit", "5"), ("Roos Smit", "6"), ("Tim Smit", "7")}
    assert counts(bring(*staff)) == {"same": 6}


def test_a_new_name_under_the_same_address_is_the_same_teacher(bring) -> None:
    bring(SANNE)
    assert counts(bring(Teacher("L1", "Sanne", "", "Bakker", ("5",), SANNE.email))) == {"same": 4}


def test_a_teacher_who_stands_there_twice_has_the_groups_of_both(bring) -> None:
    bring(SANNE, Teacher("L7", "Sanne", "de", "Wit", ("6",), ""))
    assert taught() == {("Sanne de Wit", "5"), ("Sanne de Wit", "6")}


def test_a_group_without_a_pupil_makes_no_change_every_time(bring) -> None:
    staff = Teacher("L1", "Sanne", "de", "Wit", ("5", "Opvang"), "")
    bring(staff)
    assert counts(bring(staff)) == {"same": 4}


def test_the_summary_counts_pupils_and_tells_of_teachers_apart(bring, look, coordinator, client_for) -> None:
    bring(SANNE, ANS)
    run = look(Teacher("L1", "Sanne", "de", "Wit", ("5", "6"), ""), ANS, OMAR)
    page = client_for(coordinator).get(f"/import/run/{run.pk}/controle/").content.decode()
    text = " ".join(page.split())
    assert "3 blijven · 0 nieuw · 0 naar een andere groep · 0 weg · 0 fout · 0 twijfel." in text
    assert "1 leerkracht is nieuw. 1 leerkracht krijgt andere groepen." in text
    store(run, coordinator)
    receipt = client_for(coordinator).get(f"/import/run/{run.pk}/").content.decode()
    assert "<dt>Waarvan leerkrachten</dt><dd>1 nieuw · 1 veranderd · 1 gelijk</dd>" in receipt


def test_who_may_not_write_contacts_hears_that_teachers_are_left_out(
    cast, agreed, coordinator, client_for
) -> None:
    by = actor_for(RoleAssignment.objects.get(pk=cast.administrator.assignment_id))
    content = files.edexml(CHILDREN, [SANNE], school=A1)
    run = check(content, by, cast)
    assert counts(run) == {"new": 3}
    page = client_for(by).get(f"/import/run/{run.pk}/controle/").content.decode()
    assert "Leerkrachten blijven weg: met jouw rol verander je geen contacten van de school." in page
    store(run, by)
    assert counts(store(check(content, by, cast), by)) == {"same": 3}
