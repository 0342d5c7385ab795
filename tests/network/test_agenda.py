"""The relation agenda: due by the agreed number a year, planned, held; and whose it is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.errors import Sentence
from leesbouw.core.registry import todo_sources
from leesbouw.core.time import today
from leesbouw.network.actions import RhythmRow, cancel_talk, end_rhythms, set_rhythm
from leesbouw.network.domain import DueState
from leesbouw.network.queries import agenda_for, main_rhythms, my_agenda, next_talk_of, rhythms_of
from leesbouw.organisations.actions import start_partnership
from leesbouw.organisations.models import Location, Partnership
from leesbouw.people.actions import AssignmentRow, assign_consultant, relate

LONG_AGO = timedelta(days=400)


def rows(actor, unit, level="tactical"):  # type: ignore[no-untyped-def]
    return [row for row in agenda_for(actor, unit=unit) if row.level == level]


def states(actor, unit, level="tactical"):  # type: ignore[no-untyped-def]
    return [row.state for row in rows(actor, unit, level)]


def test_everybody_one_works_with_is_on_the_agenda_from_the_first_day(cast) -> None:
    lines = {(row.unit.name, row.level, row.kind) for row in agenda_for(cast.manager)}

    assert lines == {
        ("De Regenboog", "tactical", "progress"),
        ("De Regenboog", "operational", "progress"),
        ("Pinkeltje", "tactical", "progress"),
        ("Stichting X", "strategic", "strategic"),
        ("Stichting X", "tactical", "progress"),
        ("Kinderrijk", "strategic", "strategic"),
        ("Kinderrijk", "tactical", "progress"),
        ("Elzen", "strategic", "strategic"),
        ("Elzen", "tactical", "progress"),
    }
    assert {row.status for row in agenda_for(cast.manager)} == {"voorbeeld"}
    assert {row.state for row in agenda_for(cast.manager)} == {DueState.DUE}


@pytest.mark.parametrize("name", ["head", "board", "municipality", "poi", "nation", "outsider"])
def test_who_is_no_library_has_no_agenda(cast, talk, name: str) -> None:
    talk(planned_on=today())

    assert agenda_for(getattr(cast, name)) == []


def test_another_library_has_its_own(cast) -> None:
    names = {row.unit.name for row in agenda_for(cast.other_library)}

    assert names == {"Berkencollege", "Stichting X", "Berken"}


def test_general_services_ask_for_no_rhythm(cast) -> None:
    start_partnership(library=cast.library_a, location=cast.a2, by=SYSTEM, type="general")

    assert rows(cast.manager, cast.a2) == []
    set_rhythm(RhythmRow(cast.library_a.pk, cast.a2.pk, "tactical", 1), by=cast.manager)
    assert [row.status for row in rows(cast.manager, cast.a2)] == ["lokaal"]


@pytest.mark.parametrize(
    ("days_ago", "state"), [(30, DueState.LATER), (170, DueState.SOON), (250, DueState.OVERDUE)]
)
def test_due_half_a_year_after_the_last_talk(
    cast, talk, days_ago: int, state: DueState, time_machine
) -> None:
    time_machine.move_to("2026-05-20T10:00:00+02:00")  # far from the summer
    talk(held_on=today() - timedelta(days=days_ago))

    line = next(row for row in rows(cast.manager, cast.a1) if row.state != DueState.HELD)
    assert (line.state, line.last_held_on) == (state, today() - timedelta(days=days_ago))


def test_a_planned_talk_takes_the_place_of_what_is_due(cast, talk) -> None:
    talk(held_on=today() - LONG_AGO)
    assert states(cast.manager, cast.a1) == [DueState.OVERDUE]
    planned = talk(planned_on=today() + timedelta(days=9))

    assert states(cast.manager, cast.a1) == [DueState.PLANNED]
    assert rows(cast.manager, cast.a1)[0].talk_id == planned.pk
    cancel_talk(talk=planned, by=cast.manager)
    assert states(cast.manager, cast.a1) == [DueState.OVERDUE]


def test_a_day_that_passed_asks_for_a_report(cast, talk) -> None:
    talk(planned_on=today() - timedelta(days=2))

    assert agenda_for(cast.manager)[0].state is DueState.UNWRITTEN
    assert next_talk_of(cast.manager, cast.a1).state is DueState.UNWRITTEN


def test_an_evaluation_meets_a_progress_rhythm_and_another_talk_does_not(cast, talk) -> None:
    talk(held_on=today() - LONG_AGO)
    talk(planned_on=today() + timedelta(days=5), kind="other")
    assert sorted(states(cast.manager, cast.a1)) == ["overdue", "planned"]

    talk(planned_on=today() + timedelta(days=6), kind="evaluation")
    assert sorted(states(cast.manager, cast.a1)) == ["planned", "planned"]


def test_an_own_choice_goes_before_the_shipped_rhythm(cast) -> None:
    set_rhythm(RhythmRow(cast.library_a.pk, cast.a1.pk, "tactical", 4), by=cast.manager)

    rhythm = next(rhythm for rhythm in rhythms_of(cast.manager, cast.a1) if rhythm.level == "tactical")
    assert (rhythm.per_year, rhythm.status, rhythm.kind) == (4, "lokaal", "progress")
    set_rhythm(RhythmRow(cast.library_a.pk, cast.a1.pk, "tactical", 0), by=cast.manager)
    assert rows(cast.manager, cast.a1) == []
    kept = next(one for one in main_rhythms(cast.manager, cast.a1) if one.row is not None)
    end_rhythms(ids=[kept.row.pk], by=cast.manager)
    assert [row.per_year for row in rows(cast.manager, cast.a1)] == [2]


def test_a_strategic_rhythm_keeps_its_kind(cast) -> None:
    made = set_rhythm(RhythmRow(cast.library_a.pk, cast.board_x.pk, "strategic", 2), by=cast.manager)

    assert made.kind == "strategic"
    assert [row.per_year for row in rows(cast.manager, cast.board_x, "strategic")] == [2]


def test_a_rhythm_is_set_by_who_may_and_within_reach(cast) -> None:
    row = RhythmRow(cast.library_a.pk, cast.a1.pk, "tactical", 4)
    for name in ("consultant", "head", "other_library"):
        with pytest.raises(NotAllowed):
            set_rhythm(row, by=getattr(cast, name))
    with pytest.raises(Sentence):
        set_rhythm(RhythmRow(cast.library_a.pk, cast.a1.pk, "tactical", 53), by=cast.manager)


def test_the_owner_is_on_the_talk_else_who_talks_there_else_the_consultant(cast, talk, ria, joke) -> None:
    partnership = cast.with_a1
    assert rows(cast.manager, cast.a1)[0].owner == ""
    assign_consultant(AssignmentRow(partnership.pk, ria.pk, "reading-consultant"), by=cast.manager)
    assert {row.owner for row in agenda_for(cast.manager, unit=cast.a1)} == {"Ria Postma"}

    relate(contact=joke, staff=ria, by=cast.manager)
    assert rows(cast.manager, cast.a1)[0].owner == "Ria Postma"
    set_rhythm(RhythmRow(cast.library_a.pk, cast.k1.pk, "tactical", 2, staff_id=ria.pk), by=cast.manager)
    assert rows(cast.manager, cast.k1)[0].owner == "Ria Postma"


def test_the_first_page_tells_what_to_plan_and_what_to_write(cast, talk, ria) -> None:
    assign_consultant(AssignmentRow(cast.with_a1.pk, ria.pk, "reading-consultant"), by=cast.manager)
    talk(planned_on=today() - timedelta(days=1), staff_ids=(ria.pk,))

    reports = todo_sources["reports"](cast.consultant)
    assert [(line.icon, line.due_on) for line in reports] == [("talks", today() - timedelta(days=1))]
    due = todo_sources["talks"](cast.consultant)
    assert [line.url.partition("?")[2] for line in due] == [
        f"eenheid={cast.a1.pk}&niveau=operational&soort=progress"
    ]
    assert todo_sources["reports"](cast.manager) == []
    assert todo_sources["talks"](cast.head) == []


def test_red_rows_come_first_and_held_ones_last_newest_first(cast, talk) -> None:
    talk(held_on=today() - LONG_AGO, level="operational")
    talk(held_on=today() - timedelta(days=3))
    talk(held_on=today() - timedelta(days=1))
    talk(planned_on=today() + timedelta(days=3), level="strategic")

    lines = [(row.state, row.level) for row in agenda_for(cast.manager, unit=cast.a1)]
    assert lines == [
        (DueState.OVERDUE, "operational"),
        (DueState.PLANNED, "strategic"),
        (DueState.LATER, "tactical"),
        (DueState.HELD, "tactical"),
        (DueState.HELD, "tactical"),
    ]
    held = [row.last_held_on for row in agenda_for(cast.manager, unit=cast.a1) if row.state == DueState.HELD]
    assert held == sorted(held, reverse=True)


def test_the_agenda_asks_the_same_number_of_questions_however_long_it_is(
    cast, talk, ria, joke, django_assert_num_queries
) -> None:
    talk(held_on=today(), staff_ids=(ria.pk,), contact_ids=(joke.pk,))
    agenda_for(cast.manager)
    with django_assert_num_queries(12):
        agenda_for(cast.manager)
    for n in range(3):
        talk(planned_on=today() + timedelta(days=n), staff_ids=(ria.pk,), kind="other")
        talk(unit_id=cast.k1.pk, held_on=today() - timedelta(days=n), contact_ids=())
    Partnership.objects.bulk_create(
        Partnership(
            library=cast.library_a,
            location=place,
            type="dbos",
            phase="execution",
            starts_on=date(2024, 8, 1),
            phase_since=date(2024, 8, 1),
            hours_per_year=50,
        )
        for place in Location.objects.exclude(partnerships__library=cast.library_a)
    )
    with django_assert_num_queries(12):
        agenda_for(cast.manager)


@pytest.fixture
def ria_everywhere(cast, talk, ria, joke) -> None:
    """The consultant as the one who is assigned, who talks, who is named, and who made an appointment."""
    assign_consultant(AssignmentRow(cast.with_a1.pk, ria.pk, "reading-consultant"), by=cast.manager)
    relate(contact=joke, staff=ria, by=cast.manager)
    for unit, level in ((cast.board_x, "strategic"), (cast.elzen, "strategic"), (cast.k1, "tactical")):
        row = RhythmRow(cast.library_a.pk, unit.pk, level, 2, staff_id=ria.pk)
        set_rhythm(row, by=cast.manager)
    talk(unit_id=cast.a2.pk, planned_on=today() + timedelta(days=3), staff_ids=(ria.pk,), kind="other")
    talk(planned_on=today() - timedelta(days=3), staff_ids=(ria.pk,))
    talk(held_on=today() - LONG_AGO, staff_ids=(ria.pk,))


def test_her_own_lines_are_those_of_the_whole_agenda(cast, ria, ria_everywhere) -> None:
    """Only what could be hers is read, and nothing is missed or made different by that."""
    wanted = set(DueState) - {DueState.HELD}
    mine = [row for row in agenda_for(cast.consultant) if row.owner_id == ria.pk and row.state in wanted]
    keys = [(row.unit.pk, row.level, row.kind, row.state, row.due_on, row.talk_id) for row in mine]

    assert len({row.unit.kind for row in mine}) == 3
    assert len(keys) > 4
    found = my_agenda(cast.consultant, wanted)
    assert [(row.unit.pk, row.level, row.kind, row.state, row.due_on, row.talk_id) for row in found] == keys


def test_her_own_lines_ask_a_fixed_number_of_questions(
    cast, ria_everywhere, django_assert_num_queries
) -> None:
    my_agenda(cast.consultant, DueState)
    # who she is, where, open talks; rhythms, locations; who talks, and when
    with django_assert_num_queries(7):
        my_agenda(cast.consultant, DueState)


def test_whoever_is_no_colleague_has_no_lines(cast, ria_everywhere) -> None:
    assert my_agenda(cast.manager, DueState) == []
