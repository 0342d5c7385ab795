"""What a team knows beside the figures: noted, corrected, and gone with the answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from leesbouw.core.access import SYSTEM
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence
from leesbouw.core.registry import holders
from leesbouw.core.time import today
from leesbouw.monitor import actions, queries
from leesbouw.monitor.models import Participation
from tests.factories.cast import Cast
from tests.factories.ground import floor

from .test_team_sessions import close_school, press


@floor
def closed(cast: Cast) -> Participation:
    return close_school(cast)


def test_notes_stand_in_the_report_and_go_with_the_answers(cast: Cast, closed: Participation) -> None:
    actions.write_note(
        participation=closed, kind="heard", topic="home", text="Thuis ligt weinig.", by=cast.head
    )
    actions.write_note(
        participation=closed, kind="asked", topic="motivation", text="Strips zijn in trek.", by=cast.head
    )

    known = queries.school_report(cast.consultant, closed).known
    assert [(one.topic, [note.text for note in one.notes]) for one in known] == [
        ("motivation", ["Strips zijn in trek."]),
        ("home", ["Thuis ligt weinig."]),
    ]
    assert queries.school_report(cast.other_head, closed).known == ()
    assert holders["monitor-notes"].due(today()) == 0
    assert holders["monitor-notes"].erase(limit=today().replace(year=today().year + 1), by=SYSTEM) == 2
    with pytest.raises(Sentence):
        actions.write_note(participation=closed, kind="heard", topic="home", text=" ", by=cast.head)


def test_a_note_is_corrected_and_two_who_do_so_are_told(
    cast: Cast, closed: Participation, client_for: Callable[..., Client]
) -> None:
    note = actions.write_note(
        participation=closed, kind="heard", topic="home", text="Thuis ligt wenig.", by=cast.head
    )
    client, url = client_for(cast.consultant), f"/monitor/weten/{note.pk}/"
    assert url in client.get(f"/monitor/deelname/{closed.pk}/weten/").content.decode()
    page = client.get(url).content.decode()
    assert "Thuis ligt wenig." in page

    sent = {"kind": "heard", "topic": "home", "version": "1"}
    assert "Thuis ligt weinig." in press(client, url, text="Thuis ligt weinig.", **sent)
    event = AuditEvent.objects.get(verb="monitor.change_note")
    assert (event.unit_id, event.data) == (cast.a1.pk, {})
    second = client_for(cast.head).post(url, {**sent, "text": "Thuis ligt veel."})
    assert second.status_code == 409
    assert "Thuis ligt weinig." in second.content.decode()
    assert [(one.text, one.version) for one in queries.notes_of(cast.head, closed)] == [
        ("Thuis ligt weinig.", 2)
    ]
    with pytest.raises(Sentence):
        actions.change_note(note=note, kind="heard", topic="home", text=" ", by=cast.head)


def test_the_page_of_notes_asks_the_same_for_more_of_them(
    cast: Cast,
    closed: Participation,
    client_for: Callable[..., Client],
    django_assert_num_queries,
) -> None:
    client, url = client_for(cast.consultant), f"/monitor/deelname/{closed.pk}/weten/"
    actions.write_note(participation=closed, kind="heard", topic="home", text="Een.", by=cast.head)
    client.get(url)
    with django_assert_num_queries(8):
        client.get(url)
    for number in range(5):
        actions.write_note(participation=closed, kind="heard", topic="home", text=f"{number}.", by=cast.head)
    with django_assert_num_queries(8):
        client.get(url)
