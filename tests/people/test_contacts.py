"""Contacts: made, changed, double, gone; and who of us talks to them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from leesbouw.core import search
from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent, undo_event
from leesbouw.core.errors import Sentence, Stale
from leesbouw.core.time import today
from leesbouw.people.actions import (
    ContactRow,
    StaffRow,
    contact_left,
    relate,
    save_contact,
    save_contacts,
    save_staff,
    unrelate,
)
from leesbouw.people.models import Contact, Relation
from leesbouw.people.queries import contacts_for, people_of


def joke(cast, **values) -> ContactRow:  # type: ignore[no-untyped-def]
    row = {
        "unit_id": cast.a1.pk,
        "name": "Joke van Dam",
        "function": "reading_coordinator",
        "level": "tactical",
    }
    return ContactRow(**(row | values))


@pytest.fixture
def contact(cast) -> Contact:  # type: ignore[no-untyped-def]
    return save_contact(joke(cast), by=cast.manager)


@pytest.fixture
def ria(cast):  # type: ignore[no-untyped-def]
    rows = [
        StaffRow(
            cast.library_a.pk, "Ria Postma", ("reading-consultant",), email="consultant@voorbeeld.example"
        )
    ]
    return save_staff(rows, by=cast.manager)[0]


def test_a_contact_becomes_the_librarys_own(cast, contact: Contact) -> None:
    assert contact.library_id == cast.library_a.pk
    event = AuditEvent.objects.get(verb="people.save_contacts")
    assert (event.unit_id, event.count, event.data) == (cast.a1.pk, 1, {})


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("manager", True),
        ("consultant", True),
        ("head", True),
        ("teacher", True),
        ("other_head", False),
        ("childcare_manager", False),
        ("other_library", False),
        ("municipality", False),
        ("board", False),
        ("poi", False),
        ("nation", False),
        ("outsider", False),
    ],
)
def test_who_sees_a_contact(cast, contact: Contact, name: str, sees: bool) -> None:
    assert contacts_for(getattr(cast, name)).filter(pk=contact.pk).exists() is sees


def test_a_head_adds_somebody_of_her_own_school_only(cast) -> None:
    made = save_contact(joke(cast), by=cast.head)

    assert made.library_id == cast.library_a.pk
    with pytest.raises(NotAllowed):
        save_contact(joke(cast, unit_id=cast.a2.pk), by=cast.head)


def test_a_school_without_a_library_hears_why(cast) -> None:
    with pytest.raises(Sentence):
        save_contact(joke(cast, unit_id=cast.a2.pk), by=cast.other_head)


def test_another_library_cannot_write_into_ours(cast, contact: Contact) -> None:
    with pytest.raises(NotAllowed):
        save_contact(joke(cast, id=contact.pk), by=cast.other_library)
    with pytest.raises(NotAllowed):
        save_contact(joke(cast, library_id=cast.library_a.pk, unit_id=cast.b1.pk), by=cast.other_library)


def test_nobody_is_there_twice(cast, contact: Contact) -> None:
    with pytest.raises(Sentence):
        save_contact(joke(cast, name="joke van  dam"), by=cast.manager)
    with pytest.raises(Sentence):
        save_contacts([joke(cast, name="Fatima"), joke(cast, name="fatima")], by=cast.manager)

    assert Contact.objects.visible_to(cast.manager).count() == 1


def test_two_libraries_may_know_the_same_person(cast) -> None:
    for library in (cast.library_a, cast.library_b):
        save_contact(joke(cast, unit_id=cast.board_x.pk, library_id=library.pk), by=SYSTEM)

    assert contacts_for(cast.manager).count() == 1
    assert contacts_for(cast.other_library).count() == 1


def test_a_stale_form_changes_nothing(cast, contact: Contact) -> None:
    save_contact(joke(cast, id=contact.pk, version=1, phone="0612345678"), by=cast.manager)
    with pytest.raises(Stale):
        save_contact(joke(cast, id=contact.pk, version=1, phone="0687654321"), by=cast.manager)

    row = contacts_for(cast.manager).get()
    assert (row.version, row.phone) == (2, "0612345678")


def test_two_thousand_contacts_are_one_event(cast) -> None:
    save_contacts([joke(cast, name=f"Naam {n}") for n in range(300)], by=cast.manager, run="demo")

    event = AuditEvent.objects.get(verb="people.save_contacts")
    assert (event.count, event.run) == (300, "demo")


def test_search_finds_her_for_library_and_school_alone(cast, contact: Contact) -> None:
    def found(actor) -> list[str]:  # type: ignore[no-untyped-def]
        return [hit.title for hit in search.find(actor, "joke") if hit.kind == "person"]

    assert found(cast.consultant) == ["Joke van Dam"]
    assert found(cast.head) == ["Joke van Dam"]
    for name in ("volunteer", "other_head", "other_library", "board", "municipality", "outsider", "nation"):
        assert found(getattr(cast, name)) == [], name


def test_who_leaves_takes_her_relations_along_and_comes_back_with_them(cast, contact: Contact, ria) -> None:
    relation = relate(contact=contact, staff=ria, by=cast.manager)
    contact_left(contact=contact, by=cast.manager)

    relation = Relation.objects.visible_to(cast.manager).get(pk=relation.pk)
    assert relation.ends_on == today()
    assert people_of(cast.manager, cast.a1).contacts == []
    assert search.find(cast.manager, "joke") == []

    event = AuditEvent.objects.get(verb="people.contact_left")
    undo_event(event_id=event.pk, by=cast.manager)
    relation = Relation.objects.visible_to(cast.manager).get(pk=relation.pk)
    assert relation.ends_on is None
    assert [line.contact.pk for line in people_of(cast.manager, cast.a1).contacts] == [contact.pk]
    assert len(search.find(cast.manager, "joke")) == 1


def test_a_relation_is_there_once_and_its_end_can_be_undone(cast, contact: Contact, ria) -> None:
    first = relate(contact=contact, staff=ria, by=cast.manager, starts_on=today() - timedelta(days=10))
    assert relate(contact=contact, staff=ria, by=cast.manager).pk == first.pk

    unrelate(relation=first, by=cast.manager)
    assert people_of(cast.manager, cast.a1).staff == []
    undo_event(event_id=AuditEvent.objects.get(verb="people.unrelate").pk, by=cast.manager)
    assert people_of(cast.manager, cast.a1).contacts[0].talkers == (ria,)


def test_the_head_sees_who_of_the_library_talks_at_her_school(cast, contact: Contact, ria) -> None:
    assert people_of(cast.head, cast.a1).staff == []
    relate(contact=contact, staff=ria, by=cast.manager)

    people = people_of(cast.head, cast.a1)
    assert [line.staff.name for line in people.staff] == ["Ria Postma"]
    assert people.contacts[0].talkers == (ria,)
    assert people_of(cast.other_head, cast.a1).contacts == []


def test_nothing_but_work_is_kept_of_a_contact() -> None:
    assert {field.name for field in Contact._meta.get_fields()} == {
        "id",
        "library",
        "unit",
        "name",
        "function",
        "level",
        "network_roles",
        "policy_fields",
        "email",
        "phone",
        "starts_on",
        "left_on",
        "created_at",
        "version",
    }


def test_a_relation_between_two_libraries_is_refused(cast, ria) -> None:
    theirs = save_contact(
        joke(cast, unit_id=cast.board_x.pk, library_id=cast.library_b.pk, name="Hans"), by=cast.other_library
    )
    with pytest.raises(Sentence):
        relate(contact=theirs, staff=ria, by=SYSTEM)


def test_the_past_day_of_leaving_may_be_told_later(cast, contact: Contact) -> None:
    row = contact_left(contact=contact, by=cast.manager, left_on=date(2020, 1, 1))

    assert row.left_on == row.starts_on
