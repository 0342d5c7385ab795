"""Task links: one task for one person, once; with a mailed code where it binds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django import forms
from django.test import Client

from leesbouw.accounts.actions import create_task_link, perform_task, revoke_task_link, send_code
from leesbouw.accounts.models import TaskLink
from leesbouw.accounts.queries import open_task_links
from leesbouw.accounts.tasks import Task, tasks
from leesbouw.core.access import NotAllowed, require
from leesbouw.core.audit import AuditEvent, undo_event
from leesbouw.core.errors import Sentence
from leesbouw.core.mail import Outgoing
from leesbouw.core.time import now
from tests.factories.forgetting import forgotten

from .conftest import newest_link

TO = "hans@school.example"


class Answer(forms.Form):
    phone = forms.CharField(label="Telefoon")


class Done(list):
    """What the test tasks did."""


@pytest.fixture
def done() -> Iterator[Done]:
    did = Done()

    def perform(*, by, link, **answers):
        require(by, "people.edit_contacts")
        did.append((by, link.task_args(), answers))

    kinds = {
        "test.confirm": Task("Kloppen je gegevens?", "accounts/tests/task.html", perform),
        "test.agree": Task("Ga je akkoord?", "accounts/tests/task.html", perform, binding=True),
        "test.fill_in": Task("Vul in", "accounts/tests/task.html", perform, form_class=Answer),
    }
    for code, task in kinds.items():
        tasks.add(code, Task(**{**fields(task), "permissions": frozenset({"people.edit_contacts"})}))
    yield did
    for code in kinds:
        del tasks._items[code]


def fields(task: Task) -> dict:
    return {name: getattr(task, name) for name in Task.__slots__}


@pytest.fixture(autouse=True)
def _template(settings) -> None:
    """A fragment for the test tasks, without a file."""
    loader = "django.template.loaders.locmem.Loader"
    engine = {**settings.TEMPLATES[0], "APP_DIRS": False}
    engine["OPTIONS"] = {
        **engine["OPTIONS"],
        "loaders": [
            (loader, {"accounts/tests/task.html": "<p>Kamer {{ link.args.room }}</p>"}),
            "django.template.loaders.app_directories.Loader",
        ],
    }
    settings.TEMPLATES = [engine]


def ask(cast, task="test.confirm", **more) -> str:
    create_task_link(
        unit=cast.a1,
        email=TO,
        name="Hans",
        task=task,
        args={"room": 4},
        by=more.pop("by", cast.consultant),
        **more,
    )
    return newest_link(TO)


def code_in_mail() -> str:
    return re.search(r"\b\d{6}\b", Outgoing.objects.filter(to=TO).latest("pk").subject)[0]


def token_of(link: str) -> str:
    return link.split("/")[-2]


# Without a code


def test_opening_shows_and_sending_acts_once(cast, done, client) -> None:
    link = ask(cast)

    page = client.get(link)
    assert "Kloppen je gegevens?" in page.text
    assert "Kamer 4" in page.text
    assert "Hans, dit vragen we je voor De Regenboog." in page.text
    assert done == []

    assert "We hebben je antwoord bewaard." in client.post(link).text
    assert "We hebben je antwoord bewaard." in client.post(link).text  # who presses twice did it once
    assert client.get(link).status_code == 410
    with time_machine.travel(now() + timedelta(minutes=11), tick=False):
        assert client.post(link).status_code == 410
    [(by, args, answers)] = done
    assert (args, answers) == ({"room": 4}, {})
    assert (by.kind, by.unit_id, by.locations) == ("link", cast.a1.pk, frozenset({cast.a1.pk}))


def test_whoever_holds_the_link_has_the_rights_of_the_task_and_no_others(cast, done, client) -> None:
    client.post(ask(cast))

    by = done[0][0]
    assert by.permissions == {"people.edit_contacts"}
    assert (by.user_id, by.libraries) == (None, frozenset())


def test_the_letter_says_who_asks_and_for_how_long(cast, done) -> None:
    ask(cast)

    letter = Outgoing.objects.get()
    assert letter.subject == "Kloppen je gegevens? (De Regenboog)"
    assert "Consultant vraagt je iets voor De Regenboog: Kloppen je gegevens?\n" in letter.body
    assert "14 dagen" in letter.body


def test_answers_are_asked_and_checked(cast, done, client) -> None:
    link = ask(cast, "test.fill_in")

    assert "Telefoon" in client.get(link).text
    assert client.post(link, {"phone": ""}).status_code == 200
    assert done == []
    client.post(link, {"phone": "06 1"})
    assert done[0][2] == {"phone": "06 1"}


def test_what_happened_is_written_down_without_names(cast, done, client) -> None:
    client.post(ask(cast))

    event = AuditEvent.objects.get(verb="accounts.perform_task")
    assert (event.by_kind, event.by_user_id, event.unit_id) == ("link", None, cast.a1.pk)
    assert event.data == {"task": "test.confirm", "binding": False}


def test_when_the_task_fails_the_link_lives_on(cast, done, client) -> None:
    def fail(**_):
        raise Sentence("Dat kan nu niet.")

    tasks._items["test.confirm"] = Task(**{**fields(tasks["test.confirm"]), "perform": fail})
    link = ask(cast)

    assert "Dat kan nu niet." in client.post(link).text
    assert client.get(link).status_code == 200


def test_it_lives_two_weeks(cast, done, client) -> None:
    link = ask(cast)

    with time_machine.travel(now() + timedelta(days=14, minutes=1), tick=False):
        assert (client.get(link).status_code, client.post(link).status_code) == (410, 410)
    assert done == []


def test_a_task_nobody_registers_any_more_is_a_dead_link(cast, done, client) -> None:
    link = ask(cast)
    TaskLink.objects.update(task="test.gone")

    assert (client.get(link).status_code, client.post(link).status_code) == (410, 410)


def test_an_unknown_task_cannot_be_asked(cast) -> None:
    with pytest.raises(LookupError):
        ask(cast, "test.unknown")


# With a code


def test_a_binding_task_asks_the_code_that_was_mailed(cast, done, client) -> None:
    link = ask(cast, "test.agree")
    assert "Mail me de code" in client.get(link).text
    assert client.post(link, {"code": "123456"}).status_code == 200
    assert done == []

    assert client.post(link, {"send_code": "1"})["Location"] == link
    assert "De code uit het bericht" in client.get(link).text
    letter = Outgoing.objects.latest("pk")
    assert letter.send_after <= now(), "somebody waits for it"

    done_page = client.post(link, {"code": f" {code_in_mail()[:3]} {code_in_mail()[3:]} "})
    assert "We hebben je antwoord bewaard." in done_page.text
    assert len(done) == 1
    assert AuditEvent.objects.get(verb="accounts.perform_task").data["binding"] is True


def test_a_task_may_be_made_binding_but_never_less(cast, done) -> None:
    ask(cast, "test.confirm", binding=True)
    assert TaskLink.objects.latest("pk").binding
    ask(cast, "test.agree", binding=False)
    assert TaskLink.objects.latest("pk").binding


def test_after_five_wrong_codes_the_right_one_is_refused_too(cast, done, client) -> None:
    link = ask(cast, "test.agree")
    client.post(link, {"send_code": "1"})
    right = code_in_mail()
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"

    pages = [client.post(link, {"code": wrong}).text for _ in range(5)]

    assert all("Deze code klopt niet." in page for page in pages)
    assert "Deze code werkt niet meer." in client.post(link, {"code": right}).text
    assert done == []
    client.post(link, {"send_code": "1"})
    client.post(link, {"code": code_in_mail()})
    assert len(done) == 1


def test_a_code_lives_a_quarter_of_an_hour(cast, done, client) -> None:
    link = ask(cast, "test.agree")
    client.post(link, {"send_code": "1"})
    code = code_in_mail()

    with time_machine.travel(now() + timedelta(minutes=16), tick=False):
        assert "Mail me de code" in client.post(link, {"code": code}).text
    assert done == []


def test_a_new_code_ends_the_earlier_one_and_there_is_a_limit(cast, done, client) -> None:
    link = ask(cast, "test.agree")
    client.post(link, {"send_code": "1"})
    first = code_in_mail()
    for _ in range(9):
        client.post(link, {"send_code": "1"})

    assert "te veel codes" in client.post(link, {"send_code": "1"}).text
    if first != code_in_mail():
        with pytest.raises(Sentence):
            perform_task(token=token_of(link), code=first)
    assert done == []


def test_the_code_of_one_link_opens_no_other(cast, done) -> None:
    first, second = ask(cast, "test.agree"), ask(cast, "test.agree")
    send_code(token=token_of(second))
    other = code_in_mail()
    send_code(token=token_of(first))
    if code_in_mail() != other:
        with pytest.raises(Sentence):
            perform_task(token=token_of(first), code=other)


def test_no_code_is_sent_for_a_dead_link(cast, done) -> None:
    with pytest.raises(Sentence):
        send_code(token="verzonnen")


# Withdrawing, and the list


def test_who_asked_sees_it_open_and_may_withdraw_it(cast, done, client, client_for) -> None:
    link = ask(cast)
    row = TaskLink.objects.get()
    assert list(open_task_links(cast.consultant, cast.a1)) == [row]
    assert list(open_task_links(cast.head, cast.a1)) == [row]
    for name in ("other_head", "other_library", "outsider"):
        assert list(open_task_links(getattr(cast, name), cast.a1)) == []

    answer = client_for(cast.consultant).post(f"/beheer/taaklinks/{row.pk}/intrekken/")

    assert answer["Location"] == "/school/99AA00/"
    assert client.get(link).status_code == 410
    assert list(open_task_links(cast.consultant, cast.a1)) == []
    with pytest.raises(Sentence):
        revoke_task_link(link_id=row.pk, by=cast.consultant)


def test_asking_can_be_undone(cast, done, client) -> None:
    link = ask(cast)
    undo_event(event_id=AuditEvent.objects.get(verb="accounts.create_task_link").pk, by=cast.consultant)

    assert client.get(link).status_code == 410


def test_an_administrator_may_withdraw_it_and_a_colleague_may_not(cast, done, client_for) -> None:
    ask(cast)
    row = TaskLink.objects.get()

    with pytest.raises(NotAllowed):
        revoke_task_link(link_id=row.pk, by=cast.manager)
    assert client_for(cast.outsider).post(f"/beheer/taaklinks/{row.pk}/intrekken/").status_code == 404
    revoke_task_link(link_id=row.pk, by=cast.administrator)
    assert TaskLink.objects.get().revoked_at


def test_it_needs_no_account_and_disturbs_no_session(cast, done, client_for) -> None:
    link = ask(cast)
    client = client_for(cast.teacher)

    client.post(link)

    assert done[0][0].kind == "link", "the link acts, not who happens to be signed in"
    assert client.get("/account/").status_code == 200
    assert Client().get(link).status_code == 410


def test_old_links_are_forgotten_after_a_year(cast, done) -> None:
    ask(cast)

    with time_machine.travel(now() + timedelta(days=381), tick=False):
        assert forgotten("task-link", days=365) == 1
