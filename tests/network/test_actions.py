"""Talks: planned, moved, written up, deleted; whole or not at all, and seen by one library alone."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from leesbouw.core import search
from leesbouw.core.access import NotAllowed
from leesbouw.core.audit import AuditEvent, undo_event
from leesbouw.core.errors import Sentence, Stale
from leesbouw.core.time import now, today
from leesbouw.network.actions import (
    AgreementRow,
    Report,
    TalkRow,
    cancel_talk,
    change_plan,
    delete_talk,
    move_talk,
    record_talks,
    save_draft,
    write_up,
)
from leesbouw.network.models import Conversation, GuideAnswer
from leesbouw.network.queries import (
    agreements_of,
    held_talks,
    open_talks,
    start_inventory,
    talk_page,
    talks_for,
)
from leesbouw.people.actions import StaffRow, save_staff
from leesbouw.plans.queries import actions_for, open_actions_for
from tests.factories.forgetting import forgotten


def last(verb: str) -> AuditEvent:
    return AuditEvent.objects.filter(verb=verb).latest("pk")


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("manager", True),
        ("consultant", True),
        ("director", True),
        ("head", False),
        ("teacher", False),
        ("other_head", False),
        ("other_library", False),
        ("municipality", False),
        ("board", False),
        ("poi", False),
        ("nation", False),
        ("outsider", False),
    ],
)
def test_notes_belong_to_the_library(cast, talk, name: str, sees: bool) -> None:
    made = talk(held_on=today(), summary="Vrij lezen staat in het rooster.")

    assert talks_for(getattr(cast, name)).filter(pk=made.pk).exists() is sees


def test_another_library_sees_nothing_of_a_talk_with_a_shared_board(cast, talk) -> None:
    talk(unit_id=cast.board_x.pk, held_on=today(), summary="Geheim plan", by=cast.manager)

    assert not talks_for(cast.other_library).exists()
    assert search.find(cast.other_library, "geheim plan") == []
    assert len(search.find(cast.consultant, "geheim plan")) == 1
    assert search.find(cast.board, "geheim plan") == []


def test_a_talk_is_written_up_in_one_go(cast, talk, ria, joke) -> None:
    planned = talk(planned_on=today(), guide="progress")
    written = write_up(
        talk=planned,
        version=1,
        by=cast.consultant,
        report=Report(
            held_on=today(),
            summary="Het loopt.",
            staff_ids=(ria.pk,),
            contact_ids=(joke.pk,),
            answers={"done": "De boekenkring loopt.", "visible": " "},
            agreements=(
                AgreementRow(
                    "Kast opruimen", "partner", contact_id=joke.pk, due_on=today() + timedelta(days=20)
                ),
                AgreementRow("Boeken brengen", "library", staff_id=ria.pk),
            ),
            next_on=today() + timedelta(days=90),
            next_at=time(9, 30),
        ),
    )

    page = talk_page(cast.manager, talks_for(cast.manager).get(pk=planned.pk))
    assert page.people.names == ["Joke van Dam", "Ria Postma"]
    assert [answer.answer for answer in page.answers if answer.answer] == ["De boekenkring loopt."]
    assert [action.what for action in page.agreements] == ["Kast opruimen", "Boeken brengen"]
    assert [action.what for action in open_actions_for(cast.consultant)] == ["Boeken brengen"]
    assert [action.what for action in open_actions_for(cast.head)] == ["Kast opruimen"]
    following = open_talks(cast.manager).get()
    assert (following.planned_on, following.planned_at) == (today() + timedelta(days=90), time(9, 30))
    assert following.guide == "progress"
    assert written.following == following
    assert AuditEvent.objects.filter(verb="network.write_up_talk").count() == 1
    assert last("network.write_up_talk").data["actions"] == [action.pk for action in written.actions]


def test_half_a_report_is_no_report(cast, talk, ria) -> None:
    planned = talk(planned_on=today())
    stranger = save_staff([StaffRow(cast.library_b.pk, "Iemand")], by=cast.other_library)[0]
    report = Report(
        held_on=today(),
        summary="Het loopt.",
        agreements=(AgreementRow("Iets", "library", staff_id=stranger.pk),),
    )
    with pytest.raises(NotAllowed):
        write_up(talk=planned, report=report, by=cast.consultant)

    row = talks_for(cast.manager).get()
    assert (row.summary, row.held_on, row.version) == ("", None, 1)
    assert not actions_for(cast.manager).exists()


@pytest.mark.parametrize(
    "report",
    [
        Report(held_on=today() + timedelta(days=1)),
        Report(held_on=today(), next_on=today()),
    ],
)
def test_a_day_that_cannot_be_is_told(cast, talk, report: Report) -> None:
    with pytest.raises(Sentence):
        write_up(talk=talk(planned_on=today()), report=report, by=cast.consultant)


def test_two_people_write_up_one_talk(cast, talk) -> None:
    planned = talk(planned_on=today())
    write_up(talk=planned, report=Report(held_on=today(), summary="Eerst"), version=1, by=cast.consultant)

    with pytest.raises(Stale):
        write_up(talk=planned, report=Report(held_on=today(), summary="Later"), version=1, by=cast.manager)
    assert talks_for(cast.manager).get().summary == "Eerst"


def test_a_draft_is_kept_and_not_yet_written_up(cast, talk) -> None:
    planned = talk(planned_on=today(), guide="progress")
    save_draft(talk=planned, summary="Half", answers={"done": "nog niet"}, version=1, by=cast.consultant)
    row = save_draft(talk=planned, summary="Half een zin", answers={}, version=2, by=cast.consultant)

    assert (row.version, row.written_up_at, row.held_on) == (3, None, None)
    assert start_inventory(cast.consultant, cast.a1) == []
    assert AuditEvent.objects.filter(verb="network.save_draft").count() == 1
    with pytest.raises(Stale):
        save_draft(talk=planned, summary="Anders", answers={}, version=1, by=cast.manager)


def test_changing_a_report_changes_its_answers_too(cast, talk) -> None:
    held = talk(held_on=today(), guide="progress", answers={"done": "Ja", "visible": "Niets"})
    write_up(
        talk=held,
        report=Report(
            held_on=today() - timedelta(days=3), summary="Beter", answers={"done": "", "visible": "Veel"}
        ),
        by=cast.consultant,
    )

    rows = GuideAnswer.objects.visible_to(cast.consultant)
    assert [(row.question, row.text, row.answered_on) for row in rows] == [
        ("visible", "Veel", today() - timedelta(days=3))
    ]
    assert last("network.change_report").subject_id == held.pk


def test_the_newest_answer_is_the_start_inventory(cast, talk) -> None:
    for day, text in ((date(2024, 9, 1), "Weinig"), (date(2025, 9, 1), "Meer"), (date(2024, 12, 1), "Iets")):
        talk(held_on=day, kind="start", guide="school-reading", answers={"reading_culture": text})
    talk(held_on=date(2024, 9, 2), kind="start", guide="school-reading", answers={"vision": "Lezen is alles"})

    part = start_inventory(cast.manager, cast.a1)[0]
    assert [(answer.code, answer.answer, answer.answered_on) for answer in part.answers] == [
        ("vision", "Lezen is alles", date(2024, 9, 2)),
        ("reading_culture", "Meer", date(2025, 9, 1)),
    ]
    assert start_inventory(cast.head, cast.a1) == []
    assert start_inventory(cast.other_library, cast.a1) == []


def test_moving_is_undone_with_one_press(cast, talk) -> None:
    planned = talk(planned_on=today(), planned_at=time(9))
    move_talk(talk=planned, planned_on=today() + timedelta(days=7), by=cast.consultant)
    undo_event(event_id=last("network.move_talk").pk, by=cast.consultant)

    row = talks_for(cast.manager).get()
    assert (row.planned_on, row.planned_at) == (today(), time(9))


def test_a_cancelled_talk_is_off_the_agenda_and_comes_back(cast, talk) -> None:
    planned = talk(planned_on=today() + timedelta(days=3))
    cancel_talk(talk=planned, by=cast.consultant)

    assert not open_talks(cast.manager).exists()
    assert search.find(cast.manager, "voortgangsgesprek regenboog", kinds=["talk"]) == []
    with pytest.raises(Sentence):
        cancel_talk(talk=planned, by=cast.consultant)
    undo_event(event_id=last("network.cancel_talk").pk, by=cast.consultant)
    assert open_talks(cast.manager).count() == 1


def test_a_held_talk_is_not_planned_any_more(cast, talk) -> None:
    held = talk(held_on=today())

    with pytest.raises(Sentence):
        move_talk(talk=held, planned_on=today(), by=cast.consultant)
    row = TalkRow(cast.a1.pk, "progress", "tactical", planned_on=today())
    with pytest.raises(Sentence):
        change_plan(talk=held, row=row, by=cast.consultant)


def test_deleting_takes_its_open_agreements_along_and_back(cast, talk) -> None:
    held = talk(
        held_on=today(),
        agreements=(AgreementRow("Open", "library"), AgreementRow("Klaar", "library", done_on=today())),
    )
    delete_talk(talk=held, by=cast.consultant)

    assert not talks_for(cast.manager).exists()
    assert [action.what for action in actions_for(cast.manager)] == ["Klaar"]
    assert search.find(cast.manager, "regenboog", kinds=["talk"]) == []
    undo_event(event_id=last("network.delete_talk").pk, by=cast.consultant)
    assert talks_for(cast.manager).get().pk == held.pk
    assert {action.what for action in agreements_of(cast.manager, held)} == {"Open", "Klaar"}


def test_after_a_day_what_was_deleted_is_really_gone(cast, talk) -> None:
    kept, gone = (
        talk(held_on=today()),
        talk(
            held_on=today(),
            guide="progress",
            answers={"done": "x"},
            agreements=(AgreementRow("Weg", "library"),),
        ),
    )
    delete_talk(talk=gone, by=cast.consultant)
    event = last("network.delete_talk")
    assert forgotten("deleted-talk", days=1) == 0

    rows = Conversation.objects.trusted("wiping what was deleted")
    rows.filter(pk=gone.pk).update(deleted_at=now() - timedelta(days=3))
    assert forgotten("deleted-talk", days=1) == 1
    assert [row.pk for row in rows] == [kept.pk]
    assert not GuideAnswer.objects.visible_to(cast.manager).exists()
    assert not actions_for(cast.manager).exists()
    with pytest.raises(Sentence):
        undo_event(event_id=event.pk, by=cast.consultant)


def test_others_write_nothing_into_our_talks(cast, talk) -> None:
    made = talk(planned_on=today())

    for name in ("head", "board", "municipality", "administrator"):
        with pytest.raises(NotAllowed):
            cancel_talk(talk=made, by=getattr(cast, name))
    with pytest.raises(Conversation.DoesNotExist):
        cancel_talk(talk=made, by=cast.other_library)
    with pytest.raises(NotAllowed):
        record_talks(
            [TalkRow(cast.a2.pk, "progress", "tactical", library_id=cast.library_a.pk, planned_on=today())],
            by=cast.other_library,
        )


def test_many_talks_are_one_event_and_all_are_found(cast, ria, joke) -> None:
    rows = [
        TalkRow(
            unit_id=cast.a1.pk,
            kind="progress",
            level="tactical",
            held_on=today() - timedelta(days=n),
            guide="progress",
            summary=f"Verslag {n}",
            staff_ids=(ria.pk,),
            contact_ids=(joke.pk,),
            answers={"done": f"Antwoord {n}"},
            agreements=(AgreementRow(f"Afspraak {n}", "library", staff_id=ria.pk, done_on=today()),),
        )
        for n in range(120)
    ]
    talks = record_talks(rows, by=cast.manager, run="demo")

    assert [talk.summary for talk in talks[:2]] == ["Verslag 0", "Verslag 1"]
    assert held_talks(cast.manager).count() == 120
    event = last("network.record_talks")
    assert (event.count, event.run, event.undo_code) == (120, "demo", "")
    assert AuditEvent.objects.filter(verb="plans.add_actions").count() == 0


def test_text_is_kept_as_it_was_written(cast, talk) -> None:
    text = '\'t Anker <b>wil</b> "vrij lezen" & meer; DROP TABLE'
    talk(held_on=today(), summary=text)

    assert talks_for(cast.manager).get().summary == text
