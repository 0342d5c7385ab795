"""A contact without an account mends what is kept about her, once, by a link."""

import re

import pytest

from leesbouw.core import mail, search
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence
from leesbouw.core.mail import Outgoing
from leesbouw.people import actions
from leesbouw.people.actions import ContactRow
from leesbouw.people.models import Contact


@pytest.fixture
def contact(cast):
    row = ContactRow(
        unit_id=cast.a1.pk,
        name="Joke Hendriks",
        function="reading_coordinator",
        level="tactical",
        email="joke@voorbeeld.example",
    )
    return actions.save_contact(row, by=cast.consultant)


def link_of(address: str) -> str:
    body = Outgoing.objects.filter(to=address).latest("pk").body
    return re.search(r"/taak/[\w-]+/", body)[0]


ANSWER = {"name": "Joke de Vries", "email": "joke@school.example", "phone": "0612345678", "works_here": "yes"}


def now(contact) -> Contact:
    return Contact.objects.trusted("test").get(pk=contact.pk)


def test_from_the_button_to_the_answer(cast, contact, client_for, client):
    answer = client_for(cast.consultant).post(f"/mensen/contact/{contact.pk}/navragen/", {"request_id": "a"})
    assert answer.status_code == 302
    address = link_of("joke@voorbeeld.example")
    page = client.get(address).content.decode()
    assert "Joke Hendriks" in page
    assert "leescoördinator" in page
    assert now(contact).name == "Joke Hendriks"  # opening changes nothing
    assert client.post(address, ANSWER).status_code == 200
    row = now(contact)
    assert (row.name, row.email, row.version) == ("Joke de Vries", "joke@school.example", 2)
    assert search.find(cast.consultant, "joke de vries")[0].title == "Joke de Vries"
    event = AuditEvent.objects.filter(verb="people.confirm_contact").get()
    assert (event.by_kind, event.by_user_id, event.subject_id) == ("link", None, contact.pk)


def test_once_and_never_again(cast, contact, client):
    actions.ask_to_confirm(contact=contact, by=cast.consultant)
    address = link_of(contact.email)
    client.post(address, ANSWER)
    again = client.post(address, {**ANSWER, "name": "Iemand Anders"})
    assert now(contact).name == "Joke de Vries"
    assert b"Iemand Anders" not in again.content  # it reads that it was done, and changes nothing
    assert client.get(address).status_code in {404, 410}


def test_she_left(cast, contact, client):
    actions.ask_to_confirm(contact=contact, by=cast.consultant)
    client.post(link_of(contact.email), {**ANSWER, "works_here": "no"})
    assert now(contact).left_on is not None
    assert search.find(cast.consultant, "joke de vries") == []


def test_a_mistake_is_told_and_the_link_lives_on(cast, contact, client):
    actions.ask_to_confirm(contact=contact, by=cast.consultant)
    address = link_of(contact.email)
    page = client.post(address, {**ANSWER, "email": "geen adres"}).content.decode()
    assert "aria-invalid" in page
    assert now(contact).email == "joke@voorbeeld.example"
    client.post(address, ANSWER)
    assert now(contact).email == "joke@school.example"


def test_without_an_address_nobody_is_asked(cast, contact):
    Contact.objects.trusted("test").filter(pk=contact.pk).update(email="")
    with pytest.raises(Sentence):
        actions.ask_to_confirm(contact=now(contact), by=cast.consultant)


def test_the_message_can_be_taken_back(cast, contact):
    actions.ask_to_confirm(contact=contact, by=cast.consultant)
    message = Outgoing.objects.latest("pk")
    mail.take_back(message_id=message.pk, by=cast.consultant)
    message.refresh_from_db()
    assert message.taken_back_at


@pytest.mark.parametrize("who", ["other_library", "outsider", "volunteer", "municipality"])
def test_who_has_nothing_to_do_with_her(cast, contact, client_for, who):
    before = Outgoing.objects.count()
    answer = client_for(cast.actors[who]).post(f"/mensen/contact/{contact.pk}/navragen/", {"request_id": "b"})
    assert answer.status_code in {403, 404}
    assert Outgoing.objects.count() == before
