"""Pupils who left go by themselves when their time is over, and nobody goes of whom something is open."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from leesbouw.core.access import SYSTEM
from leesbouw.core.errors import Sentence
from leesbouw.core.registry import holders
from leesbouw.core.time import today
from leesbouw.exchange.models import ImportRun
from leesbouw.organisations.actions import close_location, close_locations, record_agreement
from leesbouw.organisations.models import Location
from leesbouw.privacy.queries.calendar import calendar
from leesbouw.pupils.actions import answer_request, erase_on_request, open_request
from leesbouw.pupils.holders import PupilHolder, pupil_holders
from leesbouw.pupils.models import Pupil, RefusedKey, RightsRequest
from leesbouw.pupils.providers import schools_to_wipe
from leesbouw.pupils.queries import AGREEMENT_TERM
from tests.factories.cast import add_person

from .conftest import pupil
from .test_import import check

IMPORT = "/import/leerlingen/"
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


def test_a_file_that_waits_goes_for_who_asked_and_not_for_who_left_long_ago(
    cast, coordinator, left, file_of
) -> None:
    run = check(file_of([pupil("7", "Sem", "Bakker")]), coordinator, cast)
    assert holders["pupil"].erase(limit=today(), by=SYSTEM, run="1") == 1
    assert ImportRun.objects.filter(pk=run.pk).exists()

    child = Pupil.objects.create(location=cast.a1, key="8", first_name="Zoë", last_name="Smit")
    erase_on_request(pupil=child, by=coordinator)
    assert not ImportRun.objects.filter(pk=run.pk).exists()


class TestWithoutAgreement:
    """The agreement ended on 30 June; ninety days are given to sign a new one."""

    LAST = date(2026, 6, 30)

    @pytest.fixture
    def kept(self, cast) -> Pupil:
        agree(cast, starts_on=date(2025, 8, 1), ends_on=self.LAST)
        return Pupil.objects.create(location=cast.a1, key="1", first_name="Noor", last_name="Vries")

    def due(self, day: date) -> int:
        with time_machine.travel(day, tick=False):
            return next(line.due for line in calendar() if line.code == AGREEMENT_TERM)

    def test_all_pupils_go_when_no_new_one_came(self, cast, kept) -> None:
        assert [self.due(date(2026, 9, 28)), self.due(date(2026, 9, 29))] == [0, 1]
        assert holders[AGREEMENT_TERM].erase(limit=date(2026, 7, 1), by=SYSTEM, run="1") == 1
        assert names() == []
        assert not RefusedKey.objects.exists(), "under a new agreement the file brings everybody in again"

    def test_a_new_one_keeps_them_also_when_it_begins_later(self, cast, kept) -> None:
        agree(cast, starts_on=date(2026, 12, 1), ends_on=None)
        assert self.due(date(2026, 10, 15)) == 0

    def test_the_school_is_told_from_which_day(self, cast, kept, client_for) -> None:
        with time_machine.travel("2026-07-02 10:00", tick=False):
            coordinator = add_person("coordinator", "reading-coordinator", cast.a1)
            line = schools_to_wipe(coordinator)[0]
            assert (line.due_on, line.subtitle) == (date(2026, 7, 2), "De Regenboog, 29 september 2026")
            assert "nog geen verwerkersovereenkomst" in client_for(coordinator).get(IMPORT).context["closed"]
            assert schools_to_wipe(cast.other_head) == schools_to_wipe(cast.teacher) == []
            page = client_for(coordinator).get(line.url).content.decode()
        assert "vanaf 29 september 2026 alle leerlingen" in page
        agree(cast, starts_on=date(2026, 7, 1), ends_on=None)
        assert schools_to_wipe(coordinator) == []


class TestOfAClosedSchool:
    """Who is in no later file of another school goes ninety days after the closing, or after it was told."""

    @pytest.fixture
    def kept(self, cast) -> Pupil:
        agree(cast, starts_on=date(2025, 8, 1), ends_on=None)
        return Pupil.objects.create(location=cast.a1, key="1", first_name="Noor", last_name="Vries")

    def close(self, cast, *, told: date, on: date | None) -> None:
        with time_machine.travel(told, tick=False):
            close_locations([cast.a1.pk], closed_on=on, by=SYSTEM)

    def due(self, day: date) -> int:
        with time_machine.travel(day, tick=False):
            return next(line.due for line in calendar() if line.code == AGREEMENT_TERM)

    def test_an_old_day_in_a_file_wipes_nobody_the_same_night(self, cast, kept) -> None:
        self.close(cast, told=date(2026, 10, 1), on=date(2025, 1, 1))
        assert [self.due(day) for day in (date(2026, 10, 2), date(2026, 12, 30), date(2026, 12, 31))] == [
            0,
            0,
            1,
        ]

    def test_a_day_that_is_still_to_come_counts_from_then(self, cast, kept) -> None:
        self.close(cast, told=date(2026, 6, 1), on=date(2026, 7, 31))
        assert [self.due(date(2026, 10, 29)), self.due(date(2026, 10, 30))] == [0, 1]

    def test_open_again_keeps_them(self, cast, kept) -> None:
        self.close(cast, told=date(2026, 6, 1), on=date(2026, 6, 1))
        self.close(cast, told=date(2026, 6, 2), on=None)
        assert self.due(date(2027, 6, 1)) == 0

    def test_who_works_there_is_told(self, cast, kept, client_for) -> None:
        close_location(location=cast.a1, closed_on=date(2026, 6, 30), by=cast.administrator)
        Location.objects.filter(pk=cast.a1.pk).update(closing_told_on=date(2026, 6, 30))
        with time_machine.travel("2026-07-02 10:00", tick=False):
            coordinator = add_person("coordinator", "reading-coordinator", cast.a1)
            line = schools_to_wipe(coordinator)[0]
            assert str(line.title) == "De school sloot: haar leerlingen worden gewist"
            page = client_for(coordinator).get(line.url).content.decode()
        assert "wordt gewist vanaf 29 september 2026" in page


def agree(cast, *, starts_on: date, ends_on: date | None) -> None:
    record_agreement(
        library=cast.library_a,
        location=cast.a1,
        version="4.0",
        signed_on=date(2025, 6, 1),
        starts_on=starts_on,
        ends_on=ends_on,
        signer_name="M. Kaya",
        signer_function="directeur",
        by=SYSTEM,
    )
