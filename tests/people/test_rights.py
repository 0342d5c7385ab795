"""What a contact may ask: everything as a file, and to be erased for good."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from leesbouw.accounts.models import TaskLink
from leesbouw.core import erasures, search
from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent
from leesbouw.core.erasures import Erasure
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.actions import GroupRow, save_groups
from leesbouw.people import actions
from leesbouw.people.actions import (
    ContactRow,
    StaffRow,
    TeacherRow,
    relate,
    save_contact,
    save_staff,
    set_group_teachers,
)
from leesbouw.people.models import Contact, GroupTeacher, Relation

NEEDLE = "Wilgenroosje"


@pytest.fixture(autouse=True)
def _own_log(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(erasures, "path", lambda: tmp_path / erasures.LOG)


@pytest.fixture
def contact(cast) -> Contact:  # type: ignore[no-untyped-def]
    row = ContactRow(
        cast.a1.pk,
        f"Joke {NEEDLE}",
        "reading_coordinator",
        "tactical",
        email="joke@school.example",
        phone="0612345678",
        starts_on=today() - timedelta(days=400),
    )
    saved = save_contact(row, by=cast.manager)
    staff = save_staff([StaffRow(cast.library_a.pk, "Ria Postma", ("reading-consultant",))], by=cast.manager)[
        0
    ]
    relate(contact=saved, staff=staff, by=cast.manager)
    return saved


@pytest.mark.parametrize("page", ["meenemen/", "wissen/"])
@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("manager", 200),
        ("head", 404),
        ("other_head", 404),
        ("other_library", 404),
        ("outsider", 404),
        ("administrator", 403),
        ("board", 403),
    ],
)
def test_only_her_own_library_answers(cast, client_for, contact, page: str, name: str, status: int) -> None:
    client = client_for(getattr(cast, name))
    path = f"/mensen/contact/{contact.pk}/{page}"

    assert client.get(path).status_code == status
    if status != 200:
        assert client.post(path, {"request_id": "een"}).status_code in {status, 405}
        assert Contact.objects.visible_to(cast.manager).filter(pk=contact.pk).exists()


def test_the_file_holds_what_is_kept_and_its_name_does_not_say_who(cast, client_for, contact) -> None:
    answer = client_for(cast.manager).get(f"/mensen/contact/{contact.pk}/meenemen/")

    assert json.loads(answer.content) == {
        "made_on": today().isoformat(),
        "name": f"Joke {NEEDLE}",
        "email": "joke@school.example",
        "phone": "0612345678",
        "works_at": cast.a1.name,
        "function": "leescoördinator",
        "level": "Tactisch",
        "network_roles": [],
        "policy_fields": [],
        "contact_since": (today() - timedelta(days=400)).isoformat(),
        "left_on": None,
        "talks_to": [{"name": "Ria Postma", "from": today().isoformat(), "until": None}],
        "groups": [],
        "more": [{"title": "Gesprekken", "rows": []}],
    }
    assert (
        answer["Content-Disposition"]
        == f'attachment; filename="leesbouw_contactpersoon-{contact.pk}_{today().isoformat()}.json"'
    )
    assert answer["Cache-Control"] == "private, no-store"
    event = AuditEvent.objects.get(verb="people.export_contact")
    assert (event.subject_id, event.unit_id, event.data) == (contact.pk, cast.a1.pk, {})


def test_two_clicks_and_she_is_gone(cast, client_for, contact) -> None:
    client = client_for(cast.manager)
    page = f"/mensen/contact/{contact.pk}/wissen/"
    assert f'href="{page}"' in client.get(f"/mensen/contact/{contact.pk}/").text
    question = client.get(page).text
    assert f"Wis Joke {NEEDLE}" in question
    assert "Dit kun je niet ongedaan maken." in question

    sent = {"request_id": "een", "version": contact.version}
    assert client.post(page, sent)["Location"] == "/mensen/"
    assert client.post(page, sent)["Location"] == "/mensen/", "sent twice is done once"

    assert not Contact.objects.visible_to(cast.manager).filter(pk=contact.pk).exists()
    assert not Relation.objects.visible_to(cast.manager).exists()
    assert search.find(cast.manager, NEEDLE) == []
    assert client.get(f"/mensen/contact/{contact.pk}/").status_code == 404
    note = Erasure.objects.get()
    assert (note.kind, note.ref) == ("contact", str(contact.pk))
    event = AuditEvent.objects.get(verb="people.erase_contact")
    assert (event.subject_id, event.unit_id, event.count, event.data) == (contact.pk, cast.a1.pk, 1, {})
    assert not event.can_be_undone


def test_her_groups_and_links_go_with_her_and_others_keep_theirs(cast, contact) -> None:
    other = save_contact(
        ContactRow(cast.a1.pk, "Bea Blijft", "head", "tactical", email="bea@school.example"), by=cast.manager
    )
    year = SchoolYear.running()
    group = save_groups([GroupRow("5", (5,))], location=cast.a1, year=year, by=cast.manager)["5"]
    set_group_teachers(group=group, rows=[TeacherRow(contact.pk), TeacherRow(other.pk)], by=cast.manager)
    for one in (contact, other):
        actions.ask_to_confirm(contact=one, by=cast.manager)

    actions.erase_contact(contact=contact, by=cast.manager)

    assert [row.contact_id for row in GroupTeacher.objects.visible_to(cast.manager)] == [other.pk]
    assert [link.args["contact_id"] for link in TaskLink.objects.all()] == [other.pk]


def test_a_restore_does_not_bring_her_back(cast, contact) -> None:
    kept = Contact.objects.visible_to(cast.manager).get(pk=contact.pk)
    actions.erase_contact(contact=contact, by=cast.manager)
    erasures.complete()
    Erasure.objects.all().delete()  # the database of the backup knows nothing of it
    kept.save(force_insert=True)

    assert erasures.sync(by=SYSTEM) == 1
    assert not Contact.objects.visible_to(cast.manager).filter(pk=contact.pk).exists()


@pytest.mark.parametrize("name", ["head", "board"])
def test_the_actions_refuse_who_does_not_keep_her(cast, contact, name: str) -> None:
    for action in (actions.erase_contact, actions.note_export):
        with pytest.raises(NotAllowed):
            action(contact=contact, by=getattr(cast, name))


def test_another_library_does_not_reach_her(cast, contact) -> None:
    for action in (actions.erase_contact, actions.note_export):
        with pytest.raises(Contact.DoesNotExist):
            action(contact=contact, by=cast.other_library)
