"""The teacher's board and the list of her groups."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.monitor.actions import doors as actions
from leesbouw.monitor.actions.closing import close_participation
from leesbouw.monitor.actions.submitting import submit_pupil
from leesbouw.monitor.domain.house import house
from leesbouw.monitor.models import ClassCode, LateCode
from tests.factories.cast import add_person
from tests.factories.monitor import running_round


@pytest.fixture
def running(cast):
    return running_round(cast)


@pytest.fixture
def url(running):
    return f"/monitor/klas/{running.groups['6'].pk}/"


def press(client, url, **values):
    return client.post(url, values, follow=True).content.decode()


def plain(answer):
    return re.sub("<[^>]+>", "", answer.content.decode())


@given(st.integers(0, 220))
def test_a_house_has_a_block_for_every_pupil_and_none_lies_on_another(number: int) -> None:
    built = house(number)

    assert len(built.blocks) == number
    assert len({(block.x, block.y) for block in built.blocks}) == number
    assert all(
        0 <= block.x <= built.width - 48 and 0 <= block.y <= built.height - 48 for block in built.blocks
    )


def test_the_teacher_sees_her_groups_and_starts_a_class(cast, client_for, running, url) -> None:
    client = client_for(cast.teacher)
    groups = client.get("/monitor/groepen/").content.decode()
    before = client.get(url).content.decode()
    board = press(client, f"{url}starten/")
    row = ClassCode.objects.get()

    assert "De Regenboog" in groups
    assert "Naar het bord en starten" in groups
    assert "Start met de klas" in before
    assert "".join(f'<b aria-hidden="true">{sign}</b>' for sign in row.code) in board
    assert "localhost:8000/m" in board
    assert row.code in plain(client.get("/monitor/groepen/"))


def test_the_count_grows_with_what_comes_in_and_names_nobody(cast, client_for, running, url) -> None:
    client = client_for(cast.teacher)
    press(client, f"{url}starten/")
    press(client, f"{url}aantal/", aantal="26")
    row = ClassCode.objects.get()
    submit_pupil(code=row.code, form={"L10": ["4"]})
    text = client.get(f"{url}stand/").content.decode()

    assert "<b>1</b> van 26 klaar" in text
    assert text.count('class="open"') == 25


def test_a_group_of_which_no_pupils_are_known_does_not_count_nought(cast, client_for, url) -> None:
    client = client_for(cast.teacher)

    assert "0 leerlingen" not in client.get(url).content.decode()
    assert "0 leerlingen" not in client.get("/monitor/groepen/").content.decode()
    press(client, f"{url}starten/")
    participation = ClassCode.objects.get().participation_id
    assert "van 0" not in plain(client_for(cast.consultant).get(f"/monitor/deelname/{participation}/"))


def test_a_number_that_no_class_has_is_refused_in_words(cast, client_for, url) -> None:
    client = client_for(cast.teacher)
    press(client, f"{url}starten/")

    assert "Vul een getal in van 1 tot en met 200." in press(client, f"{url}aantal/", aantal="veel")


def test_pause_go_on_read_and_close(cast, client_for, url) -> None:
    client = client_for(cast.teacher)
    press(client, f"{url}starten/")

    row = ClassCode.objects.get()
    small = f"{row.code[:3]} {row.code[3:]}"

    paused = press(client, f"{url}pauze/")
    assert "Zo gaan we verder" in paused
    assert small in paused  # who comes late gets in
    assert "Typ deze code" in press(client, f"{url}verder/")
    reading = press(client, f"{url}voorlezen/", vraag="L11")
    assert "Vraag 2 van 23" in reading
    assert small in reading
    assert 'value="L10"' in reading
    assert 'value="L12"' in reading
    assert "Alle vragen zijn voorgelezen" in press(client, f"{url}voorlezen/", vraag="end")
    assert "Dank jullie wel" in press(client, f"{url}sluiten/")
    late = press(client, f"{url}inhaalcode/", aantal="2")
    assert "Hij werkt nog 2 keer" in late
    assert LateCode.objects.get().left == 2


def test_who_runs_no_class_of_this_school_finds_no_board(cast, client_for, running, url) -> None:
    stranger = client_for(add_person("stranger", "reading-consultant", cast.library_c))

    assert stranger.get(url).status_code == 404
    assert stranger.post(f"{url}starten/").status_code == 404
    assert "De Regenboog" not in stranger.get("/monitor/groepen/").content.decode()
    assert client_for(cast.volunteer).get(url).status_code == 403
    assert client_for(cast.consultant).get(url).status_code == 200


def test_the_list_of_groups_asks_the_same_for_more_groups(
    cast, client_for, running, django_assert_num_queries
) -> None:
    client = client_for(cast.teacher)
    client.get("/monitor/groepen/")

    with django_assert_num_queries(10):
        client.get("/monitor/groepen/")
    actions.start_class(group_id=running.groups["6"].pk, by=cast.teacher)
    actions.start_class(group_id=running.groups["7/8"].pk, by=cast.teacher)
    with django_assert_num_queries(10):
        client.get("/monitor/groepen/")


def test_a_school_that_closes_closes_its_classes(cast, running) -> None:
    row = actions.start_class(group_id=running.groups["6"].pk, by=cast.teacher)
    coordinator = add_person("coordinator", "monitor-coordinator", cast.library_a)
    close_participation(participation=running.participation, by=coordinator)
    row.refresh_from_db()

    assert row.closed_on is not None
