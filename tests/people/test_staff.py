"""Colleagues: who they are, where they work, and who teaches a group."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from leesbouw.core import search
from leesbouw.core.access import NotAllowed
from leesbouw.core.audit import AuditEvent, undo_event
from leesbouw.core.errors import Sentence, Stale
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.actions import GroupRow, save_groups
from leesbouw.people.actions import (
    AssignmentRow,
    ContactRow,
    StaffRow,
    TeacherRow,
    assign_consultant,
    assign_consultants,
    end_assignment,
    end_staff,
    save_contacts,
    save_staff,
    set_group_teachers,
)
from leesbouw.people.models import ConsultantAssignment, GroupTeacher
from leesbouw.people.queries import (
    consultants_of,
    my_staff_ids,
    people_of,
    staff_for,
    staff_page,
    teachers_of,
)
from leesbouw.people.queries.indexing import contact_key, staff_key

YEAR = SchoolYear.running()


def staff_row(cast, **values) -> StaffRow:  # type: ignore[no-untyped-def]
    return StaffRow(**({"library_id": cast.library_a.pk, "name": "Ria Postma"} | values))


@pytest.fixture
def ria(cast):  # type: ignore[no-untyped-def]
    row = staff_row(cast, functions=("reading-consultant",), email="Consultant@voorbeeld.example")
    return save_staff([row], by=cast.manager)[0]


def hours(cast, ria, number="40") -> AssignmentRow:  # type: ignore[no-untyped-def]
    return AssignmentRow(cast.with_a1.pk, ria.pk, "reading-consultant", Decimal(number))


def test_a_colleague_is_tied_to_her_account_by_her_address(cast, ria) -> None:
    assert ria.user_id == cast.consultant.user_id
    assert my_staff_ids(cast.consultant) == [ria.pk]
    assert my_staff_ids(cast.manager) == []
    second = save_staff(
        [staff_row(cast, name="Dubbel", email="consultant@voorbeeld.example")], by=cast.manager
    )[0]
    assert second.user_id is None  # one account is one colleague


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("consultant", True),
        ("administrator", True),
        ("other_library", False),
        ("head", False),
        ("other_head", False),
        ("board", False),
        ("municipality", False),
        ("nation", False),
        ("outsider", False),
    ],
)
def test_colleagues_see_each_other(cast, ria, name: str, sees: bool) -> None:
    assert staff_for(getattr(cast, name)).filter(pk=ria.pk).exists() is sees


def test_a_school_sees_who_comes_to_it_as_long_as_she_does(cast, ria) -> None:
    assignment = assign_consultant(hours(cast, ria), by=cast.manager)
    assert [
        (line.staff.name, line.role, line.hours_per_year) for line in people_of(cast.head, cast.a1).staff
    ] == [("Ria Postma", "leesconsulent", Decimal(40))]
    assert not staff_for(cast.other_head).exists()

    end_assignment(assignment=assignment, by=cast.manager, ends_on=today() - timedelta(days=1))
    row = ConsultantAssignment.objects.visible_to(cast.manager).get()
    assert row.ends_on == row.starts_on == today()  # never before it began
    ConsultantAssignment.objects.visible_to(cast.manager).update(
        starts_on=date(2024, 1, 1), ends_on=date(2024, 6, 1)
    )
    assert people_of(cast.head, cast.a1).staff == []
    assert not staff_for(cast.head).exists()


def test_assigning_twice_changes_the_hours(cast, ria) -> None:
    assign_consultant(hours(cast, ria), by=cast.manager)
    assign_consultant(hours(cast, ria, "60"), by=cast.manager)

    lines = consultants_of(cast.manager, [cast.with_a1.pk])[cast.with_a1.pk]
    assert [line.hours_per_year for line in lines] == [Decimal(60)]


def test_an_assignment_is_undone_with_one_press(cast, ria) -> None:
    assign_consultants([hours(cast, ria)], by=cast.manager)
    undo_event(event_id=AuditEvent.objects.get(verb="people.assign_consultants").pk, by=cast.manager)

    assert consultants_of(cast.manager, [cast.with_a1.pk]) == {}


def test_who_assigns_whom(cast, ria) -> None:
    for name in ("consultant", "head", "administrator"):
        with pytest.raises(NotAllowed):
            assign_consultant(hours(cast, ria), by=getattr(cast, name))
    with pytest.raises(NotAllowed):
        assign_consultant(hours(cast, ria), by=cast.other_library)


def test_who_leaves_ends_everywhere_and_may_come_back(cast, ria) -> None:
    assign_consultant(hours(cast, ria), by=cast.manager)
    end_staff(staff=ria, by=cast.manager)
    with pytest.raises(Sentence):
        end_staff(staff=ria, by=cast.manager)

    page = staff_page(cast.manager, staff_for(cast.manager).get())
    assert [line.assignment.ends_on for line in page.assignments] == [today()]
    assert search.find(cast.manager, "ria postma") == []
    undo_event(event_id=AuditEvent.objects.get(verb="people.end_staff").pk, by=cast.manager)
    page = staff_page(cast.manager, staff_for(cast.manager).get())
    assert [line.assignment.ends_on for line in page.assignments] == [None]
    assert len(search.find(cast.manager, "ria postma")) == 1


def test_a_stale_form_changes_nothing(cast, ria) -> None:
    save_staff([staff_row(cast, id=ria.pk, version=1, phone="0612345678")], by=cast.manager)
    with pytest.raises(Stale):
        save_staff([staff_row(cast, id=ria.pk, version=1)], by=cast.manager)


def test_nobody_writes_into_another_library(cast, ria) -> None:
    with pytest.raises(NotAllowed):
        save_staff([staff_row(cast, id=ria.pk)], by=cast.other_library)
    with pytest.raises(NotAllowed):
        save_staff([staff_row(cast, library_id=cast.library_b.pk)], by=cast.manager)


def test_contacts_and_colleagues_share_an_index_without_meeting(cast, ria) -> None:
    contact = save_contacts([ContactRow(cast.a1.pk, "Ria Jansen", "head", "strategic")], by=cast.manager)[0]

    assert len({contact_key(7), staff_key(7), contact_key(8), staff_key(8)}) == 4
    urls = {hit.title: hit.url for hit in search.find(cast.manager, "ria")}
    assert urls == {
        "Ria Postma": f"/mensen/medewerker/{ria.pk}/",
        "Ria Jansen": f"/mensen/contact/{contact.pk}/",
    }


@pytest.fixture
def group(cast):  # type: ignore[no-untyped-def]
    return save_groups([GroupRow("5/6", (5, 6))], location=cast.a1, year=YEAR, by=cast.manager)["5/6"]


@pytest.fixture
def teachers(cast):  # type: ignore[no-untyped-def]
    rows = [ContactRow(cast.a1.pk, name, "teacher", "operational") for name in ("Eva", "Bas", "Noor")]
    return save_contacts(rows, by=cast.manager)


def test_two_teachers_are_duo_partners(cast, group, teachers) -> None:
    eva, bas, noor = teachers
    rows = [TeacherRow(eva.pk, (2, 1)), TeacherRow(bas.pk, (3, 4, 5))]
    set_group_teachers(group=group, rows=rows, by=cast.head)
    line = teachers_of(cast.head, cast.a1, YEAR)[0]
    assert [(contact.name, days) for contact, days in line.teachers] == [("Eva", (1, 2)), ("Bas", (3, 4, 5))]

    set_group_teachers(group=group, rows=[TeacherRow(eva.pk), TeacherRow(noor.pk, (5,))], by=cast.head)
    line = teachers_of(cast.manager, cast.a1, YEAR)[0]
    assert [(contact.name, days) for contact, days in line.teachers] == [("Eva", ()), ("Noor", (5,))]
    assert GroupTeacher.objects.visible_to(cast.manager).count() == 3  # that Bas taught here stays


def test_only_people_of_the_school_teach_there(cast, group, teachers) -> None:
    other = save_contacts(
        [ContactRow(cast.k1.pk, "Anders", "childcare_worker", "operational")], by=cast.manager
    )[0]

    with pytest.raises(Sentence):
        set_group_teachers(group=group, rows=[TeacherRow(other.pk)], by=cast.manager)
    with pytest.raises(NotAllowed):
        set_group_teachers(group=group, rows=[], by=cast.other_head)


def test_people_of_a_unit_cost_five_questions_at_most(
    cast, ria, teachers, django_assert_max_num_queries
) -> None:
    assign_consultant(hours(cast, ria), by=cast.manager)

    with django_assert_max_num_queries(5):
        people_of(cast.manager, cast.a1)
