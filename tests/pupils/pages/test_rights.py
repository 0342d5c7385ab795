"""What parents may ask, what a school corrects and erases, and what is written about it."""

from __future__ import annotations

from datetime import date

import pytest

from leesbouw.core.access import NotAllowed
from leesbouw.core.audit import AuditEvent, undo_event
from leesbouw.core.errors import Sentence, Stale
from leesbouw.pupils.actions import (
    Correction,
    PupilRow,
    answer_request,
    choose_birth_years,
    correct_pupil,
    erase_on_request,
    erase_pupils,
    lift_refusals,
    note_list,
    note_look,
    open_request,
    put_pupils,
)
from leesbouw.pupils.domain import Clock, clock_of, kept_until, month_later, nearest_day
from leesbouw.pupils.holders import PupilHolder, pupil_holders
from leesbouw.pupils.models import Enrolment, MembershipConsent, Pupil, RightsRequest
from leesbouw.pupils.queries import known_of, refused_count, request_numbers, requests_at


@pytest.mark.parametrize(
    ("asked_on", "due_on"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2026, 12, 5), date(2027, 1, 5)),
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_an_answer_is_due_in_a_month(asked_on: date, due_on: date) -> None:
    assert month_later(asked_on) == due_on


@pytest.mark.parametrize(
    ("today", "clock"),
    [
        (date(2026, 10, 1), Clock.OPEN),
        (date(2026, 10, 24), Clock.OPEN),
        (date(2026, 10, 25), Clock.SOON),
        (date(2026, 11, 1), Clock.SOON),
        (date(2026, 11, 2), Clock.LATE),
    ],
)
def test_the_clock_of_a_request(today: date, clock: Clock) -> None:
    assert clock_of(date(2026, 10, 1), today) is clock


def test_days_of_leaving_and_of_another_year() -> None:
    assert kept_until(date(2026, 11, 1), 60) == date(2026, 12, 31)
    begin, end = date(2025, 8, 1), date(2026, 7, 31)
    assert nearest_day(begin, end, date(2026, 11, 16)) == end
    assert nearest_day(begin, end, date(2026, 1, 1)) == date(2026, 1, 1)
    assert nearest_day(begin, end, date(2024, 1, 1)) == begin


def test_the_same_is_asked_once_until_it_is_answered(school, coordinator) -> None:
    asked = open_request(pupil=school.noor, kind="access", asked_by="parent", by=coordinator)
    with pytest.raises(Sentence, match="staat nog open"):
        open_request(pupil=school.noor, kind="access", asked_by="pupil", by=coordinator)
    answer_request(request_id=asked.pk, outcome="done", by=coordinator)
    open_request(pupil=school.noor, kind="access", asked_by="pupil", by=coordinator)

    assert requests_at(coordinator, school.location).count() == 2
    with pytest.raises(Sentence, match="al beantwoord"):
        answer_request(request_id=asked.pk, outcome="refused", reason="Te laat", by=coordinator)


def test_nobody_asked_tomorrow(school, coordinator) -> None:
    with pytest.raises(Sentence, match="nog komen"):
        open_request(
            pupil=school.noor, kind="access", asked_by="parent", asked_on=date(2026, 11, 17), by=coordinator
        )


def test_noting_a_request_is_taken_back_while_it_is_open(school, coordinator) -> None:
    asked = open_request(pupil=school.noor, kind="access", asked_by="parent", by=coordinator)
    event = AuditEvent.objects.get(verb="pupils.open_request")
    undo_event(event_id=event.pk, by=coordinator)

    assert not RightsRequest.objects.trusted("test").filter(pk=asked.pk).exists()


def test_numbers_of_requests(school, coordinator) -> None:
    for pupil, day in ((school.noor, date(2026, 10, 1)), (school.sem, date(2026, 11, 10))):
        open_request(pupil=pupil, kind="access", asked_by="parent", asked_on=day, by=coordinator)
    numbers = request_numbers(coordinator, school.location)

    assert (numbers.open, numbers.late) == (2, 1)


def test_a_look_and_a_list_are_written_with_codes_alone(school, coordinator, cast) -> None:
    note_look(pupil=school.noor, by=coordinator)
    note_list(location=school.location, count=4, reason="check", form="pdf", by=coordinator)
    events = AuditEvent.objects.filter(verb__in=["pupils.look_at_pupil", "pupils.export_list"])

    assert [(event.data, event.count) for event in events.order_by("pk")] == [
        ({}, 1),
        ({"reason": "check", "as": "pdf"}, 4),
    ]
    with pytest.raises(NotAllowed):
        note_list(location=school.location, count=4, reason="check", form="pdf", by=cast.other_head)
    with pytest.raises(ValueError, match="because"):
        note_list(location=school.location, count=4, reason="because", form="pdf", by=coordinator)


def test_correcting_meets_who_was_faster(school, coordinator) -> None:
    correct_pupil(pupil=school.noor, correction=Correction("Noor", "", "Een", version=1), by=coordinator)
    with pytest.raises(Stale):
        correct_pupil(pupil=school.noor, correction=Correction("Noor", "", "Twee", version=1), by=coordinator)


@pytest.mark.parametrize(
    ("correction", "sentence"),
    [
        (Correction("", "", "", key="001"), "ten minste een"),
        (Correction("Noor", "", "V", key="002"), "heeft dit nummer al"),
    ],
)
def test_what_cannot_be_corrected(school, coordinator, correction: Correction, sentence: str) -> None:
    with pytest.raises(Sentence, match=sentence):
        correct_pupil(pupil=school.noor, correction=correction, by=coordinator)


def test_who_may_not_write_does_not(school, coordinator, cast) -> None:
    with pytest.raises(NotAllowed):
        correct_pupil(pupil=school.noor, correction=Correction("A", "", "B"), by=cast.teacher)
    with pytest.raises(Pupil.DoesNotExist):
        correct_pupil(pupil=school.noor, correction=Correction("A", "", "B"), by=cast.other_head)
    with pytest.raises(Pupil.DoesNotExist):
        erase_on_request(pupil=school.noor, by=cast.outsider)


def test_erasing_takes_everything_but_the_log(school, coordinator) -> None:
    asked = open_request(pupil=school.noor, kind="access", asked_by="parent", by=coordinator)
    answer_request(request_id=asked.pk, outcome="refused", reason="Noor weet het al", by=coordinator)
    request = erase_on_request(pupil=school.noor, by=coordinator)

    for model in (Enrolment, MembershipConsent):
        assert not model.objects.trusted("test").filter(pupil=school.noor.pk).exists()
    assert not Pupil.objects.trusted("test").filter(pk=school.noor.pk).exists()
    rows = RightsRequest.objects.trusted("test")
    assert {(row.kind, row.outcome, row.pupil_id, row.reason) for row in rows} == {
        ("access", "refused", None, ""),
        ("erasure", "done", None, ""),
    }
    assert request.answered_on == date(2026, 11, 16)


def test_who_was_erased_on_request_comes_back_only_when_that_is_lifted(school, coordinator) -> None:
    erase_on_request(pupil=school.noor, by=coordinator)
    row = PupilRow(first_name="Noor", last_name="Vriezenaar", key="001")
    assert refused_count(school.location) == 1
    with pytest.raises(Sentence, match="op verzoek gewist"):
        put_pupils([row], location=school.location, by=coordinator)
    assert lift_refusals(location=school.location, by=coordinator) == 1
    assert put_pupils([row], location=school.location, by=coordinator)


def test_something_open_stops_erasing_and_is_told(school, coordinator, monkeypatch) -> None:
    holder = PupilHolder(
        label="Boeken",
        tell=lambda pk: [("Thuis", ["De boomhut"])],
        erase=lambda ids: None,
        unsettled=lambda ids: {key: ["Er is nog een boek thuis."] for key in ids},
    )
    monkeypatch.setitem(pupil_holders._items, "test", holder)
    known = known_of(coordinator, school.noor)

    assert known.unsettled == ["Er is nog een boek thuis."]
    assert ("Boeken", [("Thuis", ["De boomhut"])]) in known.chapters
    with pytest.raises(Sentence, match="staat nog iets open"):
        erase_on_request(pupil=school.noor, by=coordinator)
    assert erase_pupils([school.noor.pk], reason="replay", by=coordinator) == 1


def test_a_school_that_stops_keeping_years_of_birth_has_none(school, coordinator, cast) -> None:
    Pupil.objects.trusted("test").filter(pk=school.noor.pk).update(birth_year=2017)
    choose_birth_years(location=school.location, keep=True, by=coordinator)
    assert Pupil.objects.trusted("test").get(pk=school.noor.pk).birth_year == 2017
    choose_birth_years(location=school.location, keep=False, by=coordinator)
    assert Pupil.objects.trusted("test").get(pk=school.noor.pk).birth_year is None
    with pytest.raises(NotAllowed):
        choose_birth_years(location=school.location, keep=True, by=cast.other_head)
