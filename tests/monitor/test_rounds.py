"""Planning, opening and closing a round of the Monitor, and who may."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent, undo_event
from leesbouw.core.errors import Sentence, Stale
from leesbouw.core.time import SchoolYear, today
from leesbouw.monitor import actions, queries
from leesbouw.monitor.domain.calendar import Calendar
from leesbouw.monitor.enums import RoundState
from leesbouw.monitor.models import Follower, Participation, Round
from tests.factories.cast import Cast

YEAR = SchoolYear(2026)
CALENDAR = Calendar(date(2026, 11, 1), date(2026, 12, 1), date(2027, 2, 15), date(2027, 3, 1))


def plan(cast: Cast, **values: object) -> Round:
    given = {"library": cast.library_a, "kind": "po", "year": YEAR, "calendar": CALENDAR, "by": cast.manager}
    return actions.plan_round(**(given | values))  # type: ignore[arg-type]


def going(cast: Cast, **values: object) -> Round:
    """A round that opened today, with school A1 in it."""
    day = today()
    calendar = Calendar(day, day, day + timedelta(days=60), day + timedelta(days=70))
    row = plan(cast, year=SchoolYear.running(), calendar=calendar, **values)
    actions.enrol(round=row, location_ids=[cast.a1.pk], by=cast.manager)
    return actions.open_round(round=row, by=cast.manager)


def test_a_plan_begins_with_the_usual_days_and_hours(cast: Cast) -> None:
    proposal = queries.proposal_for(cast.manager, "po", YEAR)

    assert proposal.calendar == Calendar(
        date(2026, 11, 1), date(2026, 12, 1), date(2027, 2, 15), date(2027, 3, 1)
    )
    assert proposal.locations == 1
    assert proposal.hours == {
        "management": Decimal("1.0"),
        "filling": Decimal("1.0"),
        "analysis": Decimal("5.0"),
        "feedback": Decimal("5.0"),
    }


def test_a_round_is_planned_once_a_year(cast: Cast) -> None:
    row = plan(cast, hours=actions.Hours(analysis=Decimal(5)))

    assert (row.state, row.hours_analysis, row.modules) == (
        RoundState.PLANNED if today() < date(2026, 11, 1) else RoundState.PREPARING,
        Decimal(5),
        ["school-library"],
    )
    with pytest.raises(Sentence):
        plan(cast)
    assert AuditEvent.objects.filter(verb="monitor.plan_round").count() == 1


def test_background_questions_are_off_unless_somebody_wants_them(cast: Cast) -> None:
    assert "background" not in plan(cast).modules
    wanted = plan(cast, kind="vo", modules=["background", "no-such-module"])

    assert wanted.modules == ["background"]


def test_days_out_of_order_are_refused(cast: Cast) -> None:
    with pytest.raises(Sentence):
        plan(
            cast, calendar=Calendar(date(2026, 11, 1), date(2026, 12, 1), date(2026, 12, 1), date(2027, 3, 1))
        )
    assert not Round.objects.exists()


@pytest.mark.parametrize("who", ["consultant", "director", "head", "teacher", "municipality", "nation"])
def test_only_who_coordinates_plans(who: str, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        plan(cast, by=getattr(cast, who))


def test_another_library_finds_no_round(cast: Cast) -> None:
    row = going(cast)

    assert not queries.rounds_for(cast.other_library).exists()
    with pytest.raises(Round.DoesNotExist):
        actions.close_round(round=row, by=cast.other_library)


def test_who_edits_an_older_version_is_told(cast: Cast) -> None:
    row = plan(cast)
    later = Calendar(date(2026, 11, 1), date(2026, 12, 1), date(2027, 2, 22), date(2027, 3, 8))
    changed = actions.change_round(
        round=row, calendar=later, hours=actions.Hours(), version=1, by=cast.manager
    )

    assert (changed.closes_on, changed.version) == (date(2027, 2, 22), 2)
    with pytest.raises(Stale):
        actions.change_round(round=row, calendar=CALENDAR, hours=actions.Hours(), version=1, by=cast.manager)


def test_opening_fixes_the_version_of_every_list(cast: Cast) -> None:
    row = plan(cast)
    with pytest.raises(Sentence):
        actions.open_round(round=row, by=cast.manager)  # nobody takes part
    actions.enrol(round=row, location_ids=[cast.a1.pk], by=cast.manager)
    opened = actions.open_round(round=row, by=cast.manager)

    assert opened.questionnaires == {
        "pupil": "po-pupil@1",
        "teacher": "po-teacher@1",
        "consultant": "po-consultant@1",
    }
    assert (opened.opened_on, opened.state) == (today(), RoundState.OPEN)
    with pytest.raises(Sentence):
        actions.open_round(round=row, by=cast.manager)


def test_what_is_asked_does_not_change_in_an_open_round(cast: Cast) -> None:
    row = going(cast)
    with pytest.raises(Sentence):
        actions.change_round(
            round=row, calendar=CALENDAR, hours=actions.Hours(), modules=["background"], by=cast.manager
        )
    with pytest.raises(Sentence):
        actions.save_local_question(round=row, respondent="pupil", text="Waar lees je?", by=cast.manager)


def test_a_list_takes_five_questions_of_the_librarys_own(cast: Cast) -> None:
    row = plan(cast)
    made = [
        actions.save_local_question(
            round=row, respondent="pupil", text=f"Vraag {number}", options=["ja", "nee"], by=cast.manager
        )
        for number in range(1, 6)
    ]

    assert [one.position for one in made] == [1, 2, 3, 4, 5]
    with pytest.raises(Sentence, match="5"):
        actions.save_local_question(round=row, respondent="pupil", text="Vraag 6", by=cast.manager)
    actions.delete_local_question(question=made[1], by=cast.manager)
    again = actions.save_local_question(round=row, respondent="pupil", text="Vraag 6", by=cast.manager)
    other = actions.save_local_question(round=row, respondent="teacher", text="Vraag", by=cast.manager)

    assert (again.position, other.position) == (2, 1)


def test_one_answer_to_choose_from_is_no_choice(cast: Cast) -> None:
    with pytest.raises(Sentence):
        actions.save_local_question(
            round=plan(cast), respondent="pupil", text="Waar?", options=["thuis"], by=cast.manager
        )


def test_a_follower_is_added_once_and_taken_back(cast: Cast) -> None:
    row = plan(cast)
    actions.add_follower(round=row, name="Piet", email="Piet@voorbeeld.example", by=cast.manager)
    with pytest.raises(Sentence):
        actions.add_follower(round=row, name="Piet", email="piet@voorbeeld.example ", by=cast.manager)
    event = AuditEvent.objects.get(verb="monitor.add_follower")
    undo_event(event_id=event.pk, by=cast.manager)

    assert Follower.objects.visible_to(cast.manager).count() == 0


def test_closing_a_round_closes_the_schools_that_are_open(cast: Cast) -> None:
    row = going(cast)
    actions.enrol(round=row, location_ids=[cast.a2.pk], by=cast.manager)
    no = Participation.objects.get(round=row, location=cast.a2.pk)
    actions.decline(participation=no, reason="Te druk", by=cast.manager)
    closed = actions.close_round(round=row, by=cast.manager)

    assert closed.state == RoundState.CLOSED
    assert list(row.participations.order_by("pk").values_list("closed_on", flat=True)) == [today(), None]
    with pytest.raises(Sentence):
        actions.close_round(round=row, by=cast.manager)


def test_a_round_ends_with_the_last_talk_in_a_team(cast: Cast) -> None:
    row = going(cast)
    one = row.participations.get()
    actions.enrol(round=row, location_ids=[cast.a2.pk], by=SYSTEM)  # of this one nothing comes in
    type(one).objects.filter(pk=one.pk).update(started_on=row.opens_on)
    with pytest.raises(Sentence):
        actions.mark_discussed(participation=one, by=cast.manager)
    actions.close_round(round=row, by=cast.manager)

    assert [left.location.name for left in queries.undiscussed(cast.manager, row)] == ["De Regenboog"]
    actions.mark_discussed(participation=one, by=cast.head)
    row.refresh_from_db()
    assert (row.state, queries.undiscussed(cast.manager, row)) == (RoundState.ENDED, [])


def test_a_plan_without_schools_can_go(cast: Cast) -> None:
    row = plan(cast)
    actions.enrol(round=row, location_ids=[cast.a1.pk], by=cast.manager)
    with pytest.raises(Sentence):
        actions.delete_round(round=row, by=cast.manager)
    actions.take_out(round=row, ids=[row.participations.get().pk], by=cast.manager)
    actions.delete_round(round=row, by=cast.manager)

    assert not Round.objects.exists()
