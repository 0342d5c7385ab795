"""The calendar as a program reads it that we did not write it with: vobject, where the feed is made with icalendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import vobject
from django.test import Client

from leesbouw.activities.actions import cancel_visit, make_feed, move_visit, plan_visits, take_over_visit
from leesbouw.core.access import SYSTEM
from leesbouw.core.time import AMSTERDAM, today

from .conftest import at, visit_row


def calendar(token: str) -> Any:
    return vobject.readOne(Client().get(f"/kalender/{token}.ics").content.decode())


def events(token: str) -> dict[str, Any]:
    """By uid, as a program keeps them; each stands in it once."""
    found = list(calendar(token).contents.get("vevent", []))
    by_uid = {event.uid.value: event for event in found}
    assert len(by_uid) == len(found)
    return by_uid


@pytest.fixture
def hers(cast, staff) -> str:  # type: ignore[no-untyped-def]
    return make_feed(by=cast.consultant, staff=staff.ria)


def test_it_is_a_calendar_by_the_standard(hers, visit) -> None:
    read = calendar(hers)

    assert (read.version.value, read.method.value) == ("2.0", "PUBLISH")
    assert read.validate(raiseException=True)
    (event,) = read.vevent_list
    assert event.summary.value == "De Regenboog: Boekenkring"
    assert event.status.value == "CONFIRMED"


def test_a_visit_keeps_its_id_and_counts_its_changes(cast, hers, visit) -> None:
    ((uid, first),) = events(hers).items()
    move_visit(visit=visit, starts_at=at(13), ends_at=at(14), by=cast.consultant)
    ((moved_uid, moved),) = events(hers).items()
    cancel_visit(visit=visit, reason="", by=cast.consultant)
    ((off_uid, off),) = events(hers).items()

    assert uid == moved_uid == off_uid
    assert [int(event.sequence.value) for event in (first, moved, off)] == [0, 1, 2]
    assert moved.dtstart.value == at(13)
    assert (off.status.value, off.dtstart.value) == ("CANCELLED", at(13))
    assert first.dtstamp.value <= moved.dtstamp.value <= off.dtstamp.value


def test_an_hour_on_the_clock_stays_that_hour_in_summer_and_winter(cast, staff, hers, time_machine) -> None:
    """The night of 24 to 25 October 2026 has an hour more, that of 27 to 28 March 2027 an hour less."""
    time_machine.move_to(datetime(2026, 10, 1, 12, tzinfo=UTC))
    days = [(2026, 10, 23), (2026, 10, 26), (2027, 3, 26), (2027, 3, 29)]
    begins = [datetime(*day, 9, 30, tzinfo=AMSTERDAM) for day in days]
    plan_visits(
        [visit_row(cast, staff, starts_at=one, ends_at=one + timedelta(hours=1)) for one in begins], by=SYSTEM
    )
    starts = sorted(event.dtstart.value for event in events(hers).values())

    assert [one.astimezone(AMSTERDAM).strftime("%d-%m %H:%M") for one in starts] == [
        "23-10 09:30",
        "26-10 09:30",
        "26-03 09:30",
        "29-03 09:30",
    ]
    assert [one.astimezone(UTC).hour for one in starts] == [7, 8, 8, 7]


def test_words_with_commas_and_long_lines_come_back_whole(cast, staff, hers) -> None:
    what = "Boekenkring; praten over “Børn”, lezen\\schrijven, en nog veel meer dan op één regel past"
    plan_visits([visit_row(cast, staff, what=what, take="Krat 114\nPrikkelkaarten, 12 stuks")], by=SYSTEM)
    (event,) = events(hers).values()

    assert event.summary.value == f"De Regenboog: {what}"
    assert event.description.value == "Neem mee: Krat 114, Prikkelkaarten, 12 stuks"


def test_a_school_reads_who_comes_whoever_goes_and_without_names(cast, staff, visit) -> None:
    school = make_feed(by=cast.head, unit=cast.a1)
    ((uid, _before),) = events(school).items()
    take_over_visit(visit=visit, staff=staff.daan, by=cast.manager)
    ((after_uid, after),) = events(school).items()

    assert uid == after_uid
    assert after.summary.value == "Bibliotheek: Boekenkring"
    assert "Ria" not in after.serialize()
    assert "Daan" not in after.serialize()


def test_a_visit_that_a_colleague_takes_over_moves_to_her_calendar_under_the_same_id(
    cast, staff, hers, visit
) -> None:
    his = make_feed(by=cast.manager, staff=staff.daan)
    (uid,) = events(hers)
    take_over_visit(visit=visit, staff=staff.daan, by=cast.manager)

    assert (list(events(hers)), list(events(his))) == ([], [uid])


def test_what_lies_far_back_is_left_out(cast, staff, hers) -> None:
    long_ago = at(9) - timedelta(days=90)
    plan_visits(
        [visit_row(cast, staff, starts_at=long_ago, ends_at=long_ago + timedelta(hours=1))], by=SYSTEM
    )
    assert today() > long_ago.date()
    assert events(hers) == {}
