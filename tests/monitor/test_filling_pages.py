"""The pages of a pupil: without account, session or cookie, with and without JavaScript."""

from __future__ import annotations

import gzip
import re

import pytest
from django.test import Client

from leesbouw.core.gate import TICKETS
from leesbouw.monitor.actions import doors as actions
from leesbouw.monitor.models import Submission
from leesbouw.monitor.views.filling.gate import gate
from tests.factories.monitor import running_round

SCRIPT = {"headers": {"accept": "application/x-leesbouw"}}


@pytest.fixture(autouse=True)
def _fresh_gate() -> None:
    gate.forget()


@pytest.fixture
def running(cast):
    return running_round(cast)


@pytest.fixture
def row(cast, running):
    return actions.start_class(group_id=running.groups["6"].pk, by=cast.teacher)


def rows():
    return Submission.objects.trusted("test")


def receipt_in(text: str) -> str:
    return re.search(r'name="receipt" value="([0-9a-f]{32})"', text)[1]


def test_the_list_opens_with_a_code_and_leaves_no_cookie(row) -> None:
    answer = Client().get(f"/m/{row.code.lower()}/")
    text = answer.content.decode()

    assert answer.status_code == 200
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store"
    assert "Hoe leuk vind je het om een boek te lezen?" in text
    assert "In welke groep zit je?" not in text
    assert "dyslexie" not in text
    assert row.code not in text


def test_the_page_is_drawn_once_and_its_receipt_is_everybodys_own(row, django_assert_num_queries) -> None:
    first = Client().get(f"/m/{row.code}/").content.decode()

    with django_assert_num_queries(2):
        second = Client().get(f"/m/{row.code}/").content.decode()
    assert receipt_in(first) != receipt_in(second)
    assert first.replace(receipt_in(first), "") == second.replace(receipt_in(second), "")


def test_the_compressed_page_is_the_same_page_and_small(row) -> None:
    plain = Client().get(f"/m/{row.code}/").content.decode()
    answer = Client().get(f"/m/{row.code}/", headers={"accept-encoding": "br, gzip"})
    text = gzip.decompress(answer.content).decode()

    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    assert text.replace(receipt_in(text), "") == plain.replace(receipt_in(plain), "")
    assert len(answer.content) < 12_000


def test_the_happiest_face_is_on_top_and_words_stand_beside_it(row) -> None:
    text = Client().get(f"/m/{row.code}/").content.decode()
    found = re.findall(r'id="L10-(\d+)" value', text)

    assert found == ["4", "3", "2", "1"]
    assert "#face-wow" in text


def test_a_combination_group_chooses_its_year_group_first(cast, running) -> None:
    row = actions.start_class(group_id=running.groups["7/8"].pk, by=cast.teacher)
    text = Client().get(f"/m/{row.code}/").content.decode()

    assert re.findall(r'data-step="([^"]+)"', text)[0] == "L01"
    assert re.findall(r'id="L01-(\d)"', text) == ["7", "8"]


def test_without_javascript_the_list_is_stored_and_thanks_follow(row) -> None:
    client = Client(enforce_csrf_checks=True)
    form = {"L10": "4", "practice": "3", "receipt": "a" * 32, "mode": "alone", "minutes": ""}

    answers = [client.post(f"/m/{row.code}/", form, follow=True) for _ in range(2)]

    assert [answer.redirect_chain for answer in answers] == [[(f"/m/{row.code}/klaar/", 302)]] * 2
    assert "Dank je wel" in answers[0].content.decode()
    assert rows().get().answers == {"L10": 4}
    assert not client.cookies


def test_nothing_chosen_is_said_and_not_stored(row) -> None:
    answer = Client().post(f"/m/{row.code}/", {"receipt": "a" * 32})

    assert "Je hebt nog niets gekozen" in answer.content.decode()
    assert not rows().exists()


def test_the_script_gets_a_status(cast, row) -> None:
    form = {"L10": "4", "receipt": "a" * 32}
    actions.pause_class(class_code_id=row.pk, by=cast.teacher)
    paused = Client().post(f"/m/{row.code}/", form, **SCRIPT).status_code
    actions.resume_class(class_code_id=row.pk, by=cast.teacher)
    stored = [Client().post(f"/m/{row.code}/", form, **SCRIPT).status_code for _ in range(2)]
    empty = Client().post(f"/m/{row.code}/", {}, **SCRIPT).status_code
    actions.close_class(class_code_id=row.pk, by=cast.teacher)
    closed = Client().post(f"/m/{row.code}/", form, **SCRIPT).status_code
    unknown = Client().post("/m/444444/", form, **SCRIPT).status_code

    assert [paused, *stored, empty, closed, unknown] == [423, 204, 204, 422, 410, 404]


def test_what_the_teacher_does_is_told_to_the_page(cast, row) -> None:
    url = f"/m/{row.code}/stand/"
    told = [Client().get(url).json()]
    actions.read_question(class_code_id=row.pk, item="L10", by=cast.teacher)
    told.append(Client().get(url).json())
    actions.pause_class(class_code_id=row.pk, by=cast.teacher)
    told.append(Client().get(url).json())
    actions.close_class(class_code_id=row.pk, by=cast.teacher)
    told.append(Client().get(url).json())

    assert told == [
        {"told": "", "item": ""},
        {"told": "", "item": "L10"},
        {"told": "paused", "item": "L10"},
        {"told": "closed", "item": ""},
    ]
    assert Client().get("/m/444444/stand/").json() == {"told": "unknown", "item": ""}


def test_a_list_that_came_too_late_is_offered_where_its_own_class_goes_on(cast, running) -> None:
    mine, other = (
        actions.start_class(group_id=running.groups[name].pk, by=cast.teacher) for name in ("6", "7/8")
    )
    actions.close_class(class_code_id=mine.pk, by=cast.teacher)
    late = actions.make_late_code(class_code_id=mine.pk, by=cast.teacher)

    def is_same(here: str, was: str) -> bool:
        return Client().get(f"/m/{here}/stand/", {"van": was}).json()["same"]

    assert is_same(late.code, mine.code) is is_same(late.code, late.code) is True
    assert is_same(other.code, mine.code) is is_same(late.code, other.code) is False
    assert is_same(late.code, "444444") is is_same("444444", "444444") is is_same(late.code, "") is False


@pytest.mark.parametrize(
    ("what", "status", "sentence"),
    [
        (actions.pause_class, 200, "Je juf of meester heeft het even stilgezet"),
        (actions.close_class, 410, "Het invullen is voorbij"),
    ],
)
def test_a_door_that_is_not_open_says_why(cast, row, what, status, sentence) -> None:
    what(class_code_id=row.pk, by=cast.teacher)
    answer = Client().get(f"/m/{row.code}/")

    assert answer.status_code == status
    assert sentence in answer.content.decode()


def test_the_code_is_asked_and_a_wrong_one_is_kept_in_the_field(row) -> None:
    code = f"{row.code[:3]} {row.code[3:].lower()}"
    asked = Client().get("/m/")
    wrong = Client().get("/m/", {"code": "444-444"})

    assert asked.status_code == 200
    assert Client().get("/m/", {"code": code})["Location"] == f"/m/{row.code}/"
    assert wrong.status_code == 404
    assert 'value="444-444"' in wrong.content.decode()
    assert "Deze code kennen we niet" in wrong.content.decode()


def test_guessing_is_slowed_and_a_class_at_work_notices_nothing(row, monkeypatch) -> None:
    monkeypatch.setattr(gate, "per_second", 0)
    client = Client()
    assert client.get(f"/m/{row.code}/").status_code == 200
    seen = [client.get("/m/444444/").status_code for _ in range(TICKETS + 3)]

    assert seen[:TICKETS] == [404] * TICKETS
    assert 429 in seen[TICKETS:]
    assert client.get(f"/m/{row.code}/").status_code == 200
    assert client.post(f"/m/{row.code}/", {"L10": "4"}, **SCRIPT).status_code == 204


def test_a_list_that_comes_while_somebody_guesses_waits_and_is_not_lost(row, monkeypatch) -> None:
    """After a restart the process knows no code yet; the device keeps what it could not send."""
    monkeypatch.setattr(gate, "per_second", 0)
    client, form = Client(), {"L10": "4", "receipt": f"{7:032x}"}
    for _guess in range(TICKETS):
        client.get("/m/444444/")

    assert client.post(f"/m/{row.code}/", form, **SCRIPT).status_code == 429
    assert b"heel druk" in client.post(f"/m/{row.code}/", form).content
    gate.forget()
    assert client.post(f"/m/{row.code}/", form, **SCRIPT).status_code == 204
    assert Submission.objects.trusted("test").count() == 1
