"""Moving a school up to a new year, and exactly back."""

from __future__ import annotations

import json
from datetime import date

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.core import jobs
from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent, undo_event
from leesbouw.core.errors import Sentence
from leesbouw.organisations.actions import begin_transition, finish_transition, take_back_transition
from leesbouw.organisations.models import ClassGroup, LocationYear, YearTrace, YearTransition
from leesbouw.people.actions import (
    ContactRow,
    TeacherRow,
    save_contact,
    set_group_teachers,
    set_year_teachers,
)
from leesbouw.people.models import GroupTeacher
from leesbouw.pupils.actions import (
    PupilRow,
    ask_to_move_up,
    images_of,
    leave_pupils,
    move_up_pupils,
    put_pupils,
    take_back_moves,
)
from leesbouw.pupils.domain import LEAVES, Choices
from leesbouw.pupils.domain.moving import as_args, from_args
from leesbouw.pupils.holders import PupilHolder, pupil_holders
from leesbouw.pupils.models import Enrolment, Pupil, PupilMove
from leesbouw.pupils.queries import slim_images, year_leavers

from .new_year import JUNE, YEAR, furnish, take_over


@pytest.fixture
def begun(cast, coordinator):
    """School A1 in June, with its groups taken over."""
    with time_machine.travel(JUNE, tick=False):
        ids = furnish(cast.a1)
        transition = begin_transition(location=cast.a1, year=YEAR, by=coordinator)
        take_over(cast.a1, coordinator)
        yield transition, ids


def test_the_groups_of_next_year_are_there(begun, cast):
    groups = ClassGroup.objects.filter(location=cast.a1, year=YEAR)

    assert {(group.name, group.follows.name) for group in groups} == {
        ("1/2", "1/2"),
        ("3", "1/2"),
        ("6A", "5A"),
        ("8", "7/8"),
    }
    assert LocationYear.objects.filter(location=cast.a1, year=YEAR).count() == 1


def test_everybody_moves_and_the_highest_year_leaves(begun, cast, coordinator):
    _transition, ids = begun
    plan = move_up_pupils(location=cast.a1, year=YEAR, by=coordinator)

    now_in = {
        row.pupil_id: (row.group.name, row.year_group, row.starts_on)
        for row in Enrolment.objects.visible_to(SYSTEM).filter(ends_on=None).select_related("group")
    }
    first = date(2027, 8, 1)
    assert [now_in.get(pk) for pk in ids] == [
        ("1/2", 2, first), ("3", 3, first), ("1/2", 2, first),
        ("6A", 6, first), ("6A", 6, first), ("6A", 6, first),
        ("8", 8, first), None, ("8", 8, first),
    ]  # fmt: skip
    assert plan.leaves == [ids[7]]
    assert Pupil.objects.visible_to(SYSTEM).get(pk=ids[7]).left_on == date(2027, 7, 31)
    assert [one.id for one in year_leavers(coordinator, cast.a1, YEAR)] == [ids[7]]
    event = AuditEvent.objects.get(verb="pupils.move_up_pupils")
    assert (event.count, event.data) == (9, {"year": "2027-2028", "left": 1})


def test_back_is_exactly_what_it_was(begun, cast, coordinator):
    transition, ids = begun
    before = json.dumps(images_of(ids, by=SYSTEM), sort_keys=True)
    move_up_pupils(location=cast.a1, year=YEAR, by=coordinator)
    assert json.dumps(images_of(ids, by=SYSTEM), sort_keys=True) != before

    take_back_moves(transition_id=transition.pk, by=coordinator)

    assert json.dumps(images_of(ids, by=SYSTEM), sort_keys=True) == before
    assert PupilMove.objects.visible_to(SYSTEM).count() == 0
    assert not YearTrace.objects.filter(transition=transition, step="pupils").exists()


def test_the_last_thing_done_is_undone_from_its_message(begun, cast, coordinator):
    _transition, ids = begun
    before = images_of(ids, by=SYSTEM)
    move_up_pupils(location=cast.a1, year=YEAR, by=coordinator)
    undo_event(event_id=AuditEvent.objects.get(verb="pupils.move_up_pupils").pk, by=coordinator)

    assert images_of(ids, by=SYSTEM) == before


def test_everything_goes_back_at_once(begun, cast, coordinator):
    transition, ids = begun
    before = images_of(ids, by=SYSTEM)
    move_up_pupils(location=cast.a1, year=YEAR, by=coordinator)
    contact = save_contact(ContactRow(cast.a1.pk, "Eva", "teacher", "operational"), by=coordinator)
    group = ClassGroup.objects.get(location=cast.a1, year=YEAR, name="6A")
    set_year_teachers({group.pk: [TeacherRow(contact.pk)]}, location=cast.a1, year=YEAR, by=coordinator)
    finish_transition(transition=transition, by=coordinator)

    take_back_transition(transition_id=transition.pk, by=coordinator)

    assert images_of(ids, by=SYSTEM) == before
    assert not ClassGroup.objects.filter(year=YEAR).exists()
    assert not LocationYear.objects.filter(year=YEAR).exists()
    assert GroupTeacher.objects.visible_to(SYSTEM).count() == 0
    transition.refresh_from_db()
    assert transition.taken_back_by_id == coordinator.user_id
    again = begin_transition(location=cast.a1, year=YEAR, by=coordinator)
    assert again.pk != transition.pk


def test_who_comes_second_finds_what_was_begun(begun, cast, coordinator):
    transition, _ids = begun

    assert begin_transition(location=cast.a1, year=YEAR, by=coordinator).pk == transition.pk
    move_up_pupils(location=cast.a1, year=YEAR, by=coordinator)
    with pytest.raises(Sentence, match="al in een groep"):
        move_up_pupils(location=cast.a1, year=YEAR, by=coordinator)
    assert Enrolment.objects.visible_to(SYSTEM).filter(ends_on=None).count() == 8


def test_choices_stay_leave_and_another_group(begun, cast, coordinator):
    _transition, ids = begun
    groups = {group.name: group.pk for group in ClassGroup.objects.filter(location=cast.a1, year=YEAR)}
    with pytest.raises(Sentence, match="Kies eerst"):
        move_up_pupils(location=cast.a1, year=YEAR, by=coordinator, choices=Choices(frozenset({ids[3]})))
    move_up_pupils(
        location=cast.a1,
        year=YEAR,
        by=coordinator,
        choices=Choices(frozenset({ids[0]}), {ids[3]: groups["8"], ids[4]: LEAVES}),
    )

    images = slim_images(SYSTEM, ids)
    assert images[ids[3]]["enrolments"][-1][:2] == [groups["8"], 6]
    assert images[ids[4]]["left_on"] == "2027-07-31"


def test_a_late_child_moves_with_a_second_move_and_both_go_back(begun, cast, coordinator):
    _transition, ids = begun
    move_up_pupils(location=cast.a1, year=YEAR, by=coordinator)
    old = ClassGroup.objects.get(location=cast.a1, year=YEAR.previous, name="5A")
    late = put_pupils([PupilRow("Laat", "", "Komer", group_id=old.pk)], location=cast.a1, by=SYSTEM)
    before = images_of([*ids, *late], by=SYSTEM)
    move_up_pupils(location=cast.a1, year=YEAR, by=coordinator)
    undo_event(
        event_id=AuditEvent.objects.filter(verb="pupils.move_up_pupils").latest("pk").pk, by=coordinator
    )

    assert images_of([*ids, *late], by=SYSTEM) == before
    assert PupilMove.objects.visible_to(SYSTEM).count() == 9


def _refused(transition, coordinator) -> str:
    with pytest.raises(Sentence) as told:
        take_back_transition(transition_id=transition.pk, by=coordinator)
    return str(told.value)


def test_a_change_of_group_since_blocks(begun, cast, coordinator):
    transition, ids = begun
    move_up_pupils(location=cast.a1, year=YEAR, by=coordinator)
    leave_pupils([ids[0]], left_on=date(2027, 6, 15), location=cast.a1, by=SYSTEM)

    assert "1 leerling ging daarna" in _refused(transition, coordinator)


def test_a_child_that_came_since_blocks(begun, cast, coordinator):
    transition, _ids = begun
    move_up_pupils(location=cast.a1, year=YEAR, by=coordinator)
    group = ClassGroup.objects.get(location=cast.a1, year=YEAR, name="6A")
    put_pupils([PupilRow("Nieuw", "", "Kind", group_id=group.pk)], location=cast.a1, by=SYSTEM)

    assert "1 leerling kwam daarna" in _refused(transition, coordinator)


def test_work_with_a_pupil_since_blocks_and_work_of_before_does_not(begun, cast, coordinator, monkeypatch):
    transition, ids = begun
    at_work = {ids[3]}
    holder = PupilHolder("Boeken", lambda pk: [], lambda ids: None, uses=lambda found: at_work & set(found))
    monkeypatch.setitem(pupil_holders._items, "test", holder)
    move_up_pupils(location=cast.a1, year=YEAR, by=coordinator)
    at_work.add(ids[4])
    assert "Iemand werkt al" in _refused(transition, coordinator)

    at_work.discard(ids[4])
    take_back_transition(transition_id=transition.pk, by=coordinator)


def test_teachers_and_groups_by_hand_block(begun, cast, coordinator):
    from leesbouw.organisations.actions import GroupRow, save_groups

    transition, _ids = begun
    contact = save_contact(ContactRow(cast.a1.pk, "Eva", "teacher", "operational"), by=coordinator)
    group = ClassGroup.objects.get(location=cast.a1, year=YEAR, name="6A")
    set_group_teachers(group=group, rows=[TeacherRow(contact.pk)], by=coordinator)
    save_groups([GroupRow("6B", (6,))], location=cast.a1, year=YEAR, by=coordinator)

    told = _refused(transition, coordinator)
    assert "De leerkrachten van de nieuwe groepen" in told
    assert "De groepen van het nieuwe jaar" in told


def test_a_child_erased_since_does_not_come_back(begun, cast, coordinator):
    transition, ids = begun
    before = images_of(ids[1:], by=SYSTEM)
    move_up_pupils(location=cast.a1, year=YEAR, by=coordinator)
    Pupil.objects.visible_to(SYSTEM).filter(pk=ids[0]).delete()
    take_back_transition(transition_id=transition.pk, by=coordinator)

    assert images_of(ids, by=SYSTEM) == before


def test_who_may_not_see_pupils_cannot_take_them_back(begun, cast, coordinator):
    transition, _ids = begun
    move_up_pupils(location=cast.a1, year=YEAR, by=coordinator)

    assert "De leerlingen gingen over" in _refused(transition, cast.consultant)


@pytest.mark.parametrize("who", ["other_head", "outsider", "teacher", "municipality"])
def test_nobody_else_begins(cast, who):
    with time_machine.travel(JUNE, tick=False), pytest.raises(NotAllowed):
        begin_transition(location=cast.a1, year=YEAR, by=cast.actors[who])
    assert YearTransition.objects.count() == 0


def test_a_year_that_is_far_away_cannot_begin(cast, coordinator):
    with time_machine.travel("2026-04-30 12:00:00+00:00"), pytest.raises(Sentence, match="Alleen dit"):
        begin_transition(location=cast.a1, year=YEAR, by=coordinator)


@pytest.mark.parametrize("count", [2, 20])
def test_moving_asks_the_same_number_of_questions_whatever_the_number_of_pupils(
    cast, coordinator, django_assert_num_queries, count
):
    with time_machine.travel(JUNE, tick=False):
        furnish(cast.a1, per_group=count)
        begin_transition(location=cast.a1, year=YEAR, by=coordinator)
        take_over(cast.a1, coordinator)
        with django_assert_num_queries(32):  # two of them ask lending and the door of children
            move_up_pupils(location=cast.a1, year=YEAR, by=coordinator)


def test_a_large_school_is_moved_by_a_job_with_what_was_chosen(begun, cast, coordinator, monkeypatch):
    _transition, ids = begun
    monkeypatch.setattr("leesbouw.pupils.actions.moving.AT_ONCE", 8)
    stays = Choices(frozenset({ids[0]}))
    asked = ask_to_move_up(location=cast.a1, year=YEAR, by=coordinator, choices=stays, url="/x/")
    assert Enrolment.objects.visible_to(SYSTEM).filter(group__year=YEAR).count() == 0

    assert jobs.work_off() == 1

    asked.refresh_from_db()
    assert (asked.state, asked.result) == ("done", {"moved": 8, "left": 1})
    stayed = Enrolment.objects.visible_to(SYSTEM).get(pupil=ids[0], ends_on=None)
    assert (stayed.group.name, stayed.year_group) == ("1/2", 1)
    with pytest.raises(Sentence, match="al in een groep"):
        ask_to_move_up(location=cast.a1, year=YEAR, by=coordinator)


def test_a_school_of_the_usual_size_is_moved_at_once(begun, cast, coordinator):
    assert len(ask_to_move_up(location=cast.a1, year=YEAR, by=coordinator).moves) == 8


@given(st.frozensets(st.integers(1)), st.dictionaries(st.integers(1), st.integers(0)))
def test_choices_survive_the_way_to_a_job(stays, children):
    choices = Choices(stays, children, {})
    assert from_args(**as_args(choices)) == choices
