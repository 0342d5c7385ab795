"""What was written freely: who reads it, when, and what is put aside."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from leesbouw.core.access import SYSTEM
from leesbouw.core.audit import AuditEvent, undo_event
from leesbouw.monitor import actions, queries
from leesbouw.monitor.actions import FilledIn
from leesbouw.monitor.enums import Respondent
from leesbouw.monitor.models import OpenAnswer, Participation
from tests.factories.cast import Cast, add_person

from .test_reports import taking_part

pytestmark = pytest.mark.django_db
WORDS = "Ik wil meer strips van 't Konijn"


@pytest.fixture
def coordinator(cast: Cast):
    return add_person("coordinator", "reading-coordinator", cast.a1)


def school(cast: Cast, number: int, *, close: bool = True) -> Participation:
    """A school in which so many pupils filled in, one of whom wrote something."""
    row = taking_part(cast)
    said = [{"L90": WORDS}] + [{}] * (number - 1)
    made = [FilledIn(Respondent.PUPIL, "po-pupil@1", {"L10": 4}, said=one, year_group=5) for one in said]
    actions.store_lists(participation=row, lists=made, by=SYSTEM)
    if close:
        actions.close_participation(participation=row, by=cast.manager)
    return row


def url(row: Participation) -> str:
    return f"/monitor/deelname/{row.pk}/open-antwoorden/"


def test_the_coordinator_and_the_consultant_read_it(
    cast: Cast, coordinator, client_for: Callable[..., Client]
) -> None:
    row = school(cast, 5)
    for who in (coordinator, cast.consultant):
        page = client_for(who).get(url(row))
        assert "strips van &#x27;t Konijn" in page.content.decode()
        assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize(
    "who", ["head", "teacher", "manager", "other_head", "outsider", "other_library", "nation"]
)
def test_nobody_else_does(who: str, cast: Cast, client_for: Callable[..., Client]) -> None:
    row = school(cast, 5)
    answer = client_for(getattr(cast, who)).get(url(row))
    assert answer.status_code in {403, 404}
    hide = f"/monitor/open-antwoord/{OpenAnswer.objects.trusted('test').get().pk}/"
    assert client_for(getattr(cast, who)).post(hide, {"request_id": "a"}).status_code in {403, 404}
    assert not OpenAnswer.objects.trusted("test").get().is_hidden


def test_before_the_school_closes_nobody_reads_anything(
    cast: Cast, coordinator, client_for: Callable[..., Client]
) -> None:
    row = school(cast, 5, close=False)
    assert client_for(coordinator).get(url(row)).status_code == 404
    assert queries.written_at(cast.consultant, row) == []


def test_of_four_pupils_nothing_is_read(cast: Cast, coordinator, client_for: Callable[..., Client]) -> None:
    row = school(cast, 4)
    page = client_for(coordinator).get(url(row)).content.decode()
    assert "Konijn" not in page
    assert "te weinig lijsten" in page
    hide = f"/monitor/open-antwoord/{OpenAnswer.objects.trusted('test').get().pk}/"
    assert client_for(coordinator).post(hide, {"request_id": "a"}).status_code == 404


def test_what_names_somebody_is_put_aside_and_brought_back(
    cast: Cast, coordinator, client_for: Callable[..., Client]
) -> None:
    row = school(cast, 5)
    client = client_for(coordinator)
    one = OpenAnswer.objects.trusted("test").get()
    client.post(f"/monitor/open-antwoord/{one.pk}/", {"request_id": "a"})
    client.post(f"/monitor/open-antwoord/{one.pk}/", {"request_id": "a"})  # pressed twice
    page = client.get(url(row)).content.decode()
    assert "Konijn" not in page
    assert "Opzij gezet" in page

    event = AuditEvent.objects.filter(verb="monitor.hide_answer").get()
    assert WORDS not in str(event.data)
    undo_event(event_id=event.pk, by=queries_actor(coordinator))
    assert "Konijn" in client.get(url(row)).content.decode()


def queries_actor(person):
    from leesbouw.accounts.queries import actor_of_assignment

    return actor_of_assignment(person.assignment_id)
