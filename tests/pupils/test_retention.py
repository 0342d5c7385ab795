"""Pupils who left go by themselves when their time is over, and nobody goes of whom something is open."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leesbouw.core.access import SYSTEM
from leesbouw.core.errors import Sentence
from leesbouw.core.registry import holders
from leesbouw.core.time import today
from leesbouw.pupils.actions import answer_request, erase_on_request, open_request
from leesbouw.pupils.holders import PupilHolder, pupil_holders
from leesbouw.pupils.models import Pupil, RefusedKey, RightsRequest

LONG_AGO = today() - timedelta(days=100)


@pytest.fixture
def left(cast, agreed) -> Pupil:
    return Pupil.objects.create(
        location=cast.a1, key="1", first_name="Noor", last_name="Vries", joined_on=LONG_AGO, left_on=LONG_AGO
    )


def names() -> list[str]:
    return list(Pupil.objects.visible_to(SYSTEM).values_list("first_name", flat=True))


def test_who_left_goes_when_the_time_is_over_and_not_a_day_before(cast, left) -> None:
    Pupil.objects.create(location=cast.a1, key="2", first_name="Sem", last_name="Bakker", joined_on=LONG_AGO)
    holder = holders["pupil"]
    assert holder.due(LONG_AGO) == 0
    assert holder.due(LONG_AGO + timedelta(days=1)) == 1
    assert holder.erase(limit=LONG_AGO + timedelta(days=1), by=SYSTEM, run="1") == 1
    assert names() == ["Sem"]
    assert not RefusedKey.objects.exists(), "who went by time may come back to school"


def test_a_child_about_whom_something_is_asked_waits_and_the_reason_goes_with_her(coordinator, left) -> None:
    asked = open_request(pupil=left, kind="access", asked_by="parent", by=coordinator)
    limit = today()
    assert holders["pupil"].due(limit) == 0
    answer_request(request_id=asked.pk, outcome="refused", reason="Noor is verhuisd", by=coordinator)

    assert holders["pupil"].erase(limit=limit, by=SYSTEM, run="1") == 1

    row = RightsRequest.objects.visible_to(SYSTEM).get()
    assert (row.pupil_id, row.reason, row.outcome) == (None, "", "refused")


def test_a_child_of_whom_something_is_at_home_stays_and_cannot_be_erased(
    coordinator, left, monkeypatch
) -> None:
    holder = PupilHolder(
        "x", tell=lambda pk: [], erase=lambda ids: None, unsettled=lambda ids: {left.pk: ["boek"]}
    )
    monkeypatch.setitem(pupil_holders._items, "test", holder)
    assert holders["pupil"].due(today()) == 0
    with pytest.raises(Sentence):
        erase_on_request(pupil=left, by=coordinator)
    assert names() == ["Noor"]
