"""Every look at a child leaves who and when, and the school can tell it."""

from __future__ import annotations

import html

import pytest
import time_machine

from leesbouw.core.audit import AuditEvent
from leesbouw.pupils.actions import open_request

from .test_pages import LIST, page_of


def test_every_look_is_written_once(school, client_for, coordinator) -> None:
    client = client_for(coordinator)
    client.get(page_of(school.noor))
    client.get(page_of(school.noor, "voor-jou/"))
    assert client.get("/leerling/999999/").status_code == 404

    client.get(page_of(school.noor, "verbeteren/"))
    asked = open_request(pupil=school.noor, kind="access", asked_by="parent", by=coordinator)
    client.get(f"/verzoeken/{asked.pk}/")

    looks = AuditEvent.objects.filter(verb="pupils.look_at_pupil")
    assert [(one.subject_id, one.by_user_id) for one in looks] == [(school.noor.pk, coordinator.user_id)] * 4


@pytest.mark.parametrize("page", ["leerlingen/", "toestemmingen/", "verzoeken/"])
def test_who_saw_names_of_a_school_is_written_once_a_day(school, client_for, coordinator, page: str) -> None:
    client = client_for(coordinator)
    for _time in range(2):
        assert client.get(f"/school/{school.location.code}/{page}").status_code == 200
    client.get(f"/school/{school.location.code}/toestemmingen/tekst/")

    event = AuditEvent.objects.get(verb="pupils.look_at_list")
    assert (event.subject_id, event.by_user_id, event.data) == (school.location.pk, coordinator.user_id, {})
    with time_machine.travel("2026-11-17 10:00+01:00", tick=False):
        client_for(coordinator).get(LIST)
    assert AuditEvent.objects.filter(verb="pupils.look_at_list").count() == 2


def test_the_school_sees_who_saw_a_child(school, client_for, coordinator, cast) -> None:
    client_for(cast.administrator).get(page_of(school.noor))
    client_for(cast.administrator).get(page_of(school.pupils[1]))
    client = client_for(coordinator)
    client.get(LIST)

    assert "bekeken/" in client.get(page_of(school.noor)).content.decode()
    page = client.get(page_of(school.noor, "bekeken/"))
    told = [(look.who, look.what) for look in page.context["looks"]]
    assert [what for _who, what in told] == [
        "bekeek een leerling",
        "bekeek namen van leerlingen",
        "bekeek een leerling",
    ]
    assert told[0][0] == told[1][0] != told[2][0]
    assert "Zo'n regel blijft 1 jaar" in html.unescape(page.content.decode())
    assert client_for(cast.teacher).get(page_of(school.noor, "bekeken/")).status_code == 404
