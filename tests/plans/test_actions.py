"""Actions: made, done, opened again, dropped; who sees them and whose they are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leesbouw.core import search
from leesbouw.core.access import NotAllowed
from leesbouw.core.audit import AuditEvent, undo_event
from leesbouw.core.errors import Sentence, Stale
from leesbouw.core.registry import todo_sources
from leesbouw.core.time import today
from leesbouw.people.actions import StaffRow, save_staff
from leesbouw.plans.actions import (
    ActionChange,
    ActionRow,
    add_action,
    add_actions,
    change_action,
    complete_action,
    complete_actions,
    drop_actions,
)
from leesbouw.plans.domain import Due
from leesbouw.plans.queries import (
    actions_for,
    in_state,
    open_actions_for,
    side_label,
    state_of,
    unit_actions,
)

SOMEBODY = ("manager", "consultant")


def row(cast, **values) -> ActionRow:  # type: ignore[no-untyped-def]
    return ActionRow(**({"unit_id": cast.a1.pk, "what": "Kast opruimen", "side": "partner"} | values))


def last(verb: str) -> AuditEvent:
    return AuditEvent.objects.filter(verb=verb).latest("pk")


@pytest.mark.parametrize(
    ("name", "side", "sees"),
    [
        ("manager", "library", True),
        ("consultant", "partner", True),
        ("head", "library", True),
        ("head", "partner", True),
        ("teacher", "together", True),
        ("other_head", "partner", False),
        ("other_library", "partner", False),
        ("board", "together", False),
        ("municipality", "together", False),
        ("poi", "partner", False),
        ("nation", "partner", False),
        ("outsider", "partner", False),
    ],
)
def test_who_sees_an_action_about_a_school(cast, name: str, side: str, sees: bool) -> None:
    action = add_action(row(cast, side=side), by=cast.manager)

    assert actions_for(getattr(cast, name)).filter(pk=action.pk).exists() is sees


@pytest.mark.parametrize(("side", "sees"), [("library", False), ("partner", True), ("together", True)])
def test_a_board_sees_its_own_part_only(cast, side: str, sees: bool) -> None:
    add_action(row(cast, unit_id=cast.board_x.pk, side=side), by=cast.manager)

    assert actions_for(cast.board).exists() is sees


def test_my_actions_are_those_on_my_name(cast) -> None:
    email = "consultant@voorbeeld.example"
    ria = save_staff([StaffRow(cast.library_a.pk, "Ria Postma", email=email)], by=cast.manager)[0]
    assert ria.user_id == cast.consultant.user_id
    mine = add_action(row(cast, side="library", staff_id=ria.pk), by=cast.manager)
    add_action(row(cast, side="library", what="Iets anders"), by=cast.manager)

    assert [action.pk for action in open_actions_for(cast.consultant)] == [mine.pk]
    assert [action.staff_name for action in open_actions_for(cast.consultant)] == ["Ria Postma"]
    assert list(open_actions_for(cast.manager)) == []


def test_a_schools_own_actions_are_those_of_its_side(cast) -> None:
    add_action(row(cast, side="library"), by=cast.manager)
    theirs = add_action(row(cast, side="together"), by=cast.manager)

    assert [action.pk for action in open_actions_for(cast.head)] == [theirs.pk]


def test_overdue_comes_first_and_without_a_day_last(cast) -> None:
    days = [None, today() + timedelta(days=30), today() - timedelta(days=3), today()]
    add_actions([row(cast, what=str(n), due_on=day) for n, day in enumerate(days)], by=cast.manager)

    rows = list(open_actions_for(cast.head))
    assert [action.what for action in rows] == ["2", "3", "1", "0"]
    assert [state_of(action) for action in rows] == [Due.LATE, Due.TODAY, Due.LATER, Due.UNDATED]


def test_the_database_and_the_rule_agree_on_every_state(cast) -> None:
    days = [None, *(today() + timedelta(days=n) for n in (-2, 0, 1, 7, 8, 90))]
    add_actions([row(cast, what=str(n), due_on=day) for n, day in enumerate(days)], by=cast.manager)
    complete_actions([actions_for(cast.manager).first().pk], by=cast.manager)

    for due in Due:
        assert {state_of(action) for action in in_state(actions_for(cast.manager), due)} <= {due}
    assert sum(in_state(actions_for(cast.manager), due).count() for due in Due) == len(days)


def test_done_is_undone_with_one_press(cast) -> None:
    action = add_action(row(cast), by=cast.manager)
    complete_action(action=action, by=cast.head, note="Staat leeg")

    assert list(open_actions_for(cast.head)) == []
    assert actions_for(cast.head).get().done_on == today()
    assert search.find(cast.head, "kast opruimen") == []
    undo_event(event_id=last("plans.complete_actions").pk, by=cast.head)
    assert len(open_actions_for(cast.head)) == 1
    assert len(search.find(cast.head, "kast opruimen")) == 1


def test_what_is_done_cannot_be_done_again(cast) -> None:
    action = add_action(row(cast), by=cast.manager)
    complete_action(action=action, by=cast.head)

    with pytest.raises(Sentence):
        complete_action(action=action, by=cast.head)
    assert complete_actions([action.pk], by=cast.head) == []


def test_nothing_is_done_tomorrow(cast) -> None:
    action = add_action(row(cast), by=cast.manager)

    with pytest.raises(Sentence):
        complete_action(action=action, by=cast.head, done_on=today() + timedelta(days=1))


def test_dropped_is_gone_and_comes_back(cast) -> None:
    action = add_action(row(cast), by=cast.manager)
    drop_actions(ids=[action.pk], by=cast.manager)

    assert not actions_for(cast.manager).exists()
    undo_event(event_id=last("plans.drop_actions").pk, by=cast.manager)
    assert actions_for(cast.manager).get().pk == action.pk


def test_others_neither_finish_nor_drop(cast) -> None:
    action = add_action(row(cast), by=cast.manager)

    assert complete_actions([action.pk], by=cast.other_head) == []
    assert drop_actions(ids=[action.pk], by=cast.other_library) == []
    with pytest.raises(NotAllowed):
        complete_actions([action.pk], by=cast.board)


def test_nobody_is_named_whom_one_may_not_see(cast) -> None:
    other = save_staff([StaffRow(cast.library_b.pk, "Iemand anders")], by=cast.other_library)[0]

    with pytest.raises(NotAllowed):
        add_action(row(cast, staff_id=other.pk), by=cast.manager)
    with pytest.raises(NotAllowed):
        add_action(row(cast, unit_id=cast.b1.pk), by=cast.head)


def test_a_stale_change_changes_nothing(cast) -> None:
    action = add_action(row(cast), by=cast.manager)
    change_action(action=action, change=ActionChange("Kast leegmaken", "partner"), version=1, by=cast.manager)

    with pytest.raises(Stale):
        change_action(action=action, change=ActionChange("Iets", "library"), version=1, by=cast.consultant)
    assert actions_for(cast.manager).get().what == "Kast leegmaken"


def test_the_first_page_tells_the_most_urgent_eight(cast) -> None:
    add_actions(
        [row(cast, what=str(n), due_on=today() + timedelta(days=n)) for n in range(12)], by=cast.manager
    )
    lines = todo_sources["actions"](cast.head)

    assert [line.title for line in lines] == [str(n) for n in range(8)]
    assert lines[0].subtitle == ""  # at the location itself its name says nothing


def test_both_sides_stand_apart(cast) -> None:
    for side in ("library", "partner", "together"):
        add_action(row(cast, side=side, what=side), by=cast.manager)

    part = unit_actions(cast.manager, cast.a1)
    assert [action.what for action in part.library] == ["library"]
    assert [action.what for action in part.partner] == ["partner", "together"]
    assert unit_actions(cast.municipality, cast.a1).count == 0


def test_told_afterwards_it_is_done_at_once(cast) -> None:
    add_actions([row(cast, done_on=today())], by=cast.manager, run="demo")

    assert list(open_actions_for(cast.head)) == []
    assert last("plans.add_actions").run == "demo"


def test_a_school_leaves_the_librarys_tasks_alone(cast) -> None:
    action = add_action(row(cast, side="library"), by=cast.manager)

    assert complete_actions([action.pk], by=cast.head) == []
    assert drop_actions(ids=[action.pk], by=cast.head) == []
    with pytest.raises(NotAllowed):
        change_action(action=action, change=ActionChange("Anders", "library"), by=cast.head)
    with pytest.raises(Sentence):
        add_action(row(cast, side="library"), by=cast.head)
    assert side_label(cast.head, action) == "Bibliotheek"


def test_whose_turn_it_is_reads_from_where_one_stands(cast) -> None:
    school = add_action(row(cast), by=cast.manager)
    board = add_action(row(cast, unit_id=cast.board_x.pk), by=cast.manager)

    assert [str(side_label(cast.head, school)), str(side_label(cast.manager, school))] == ["Wij", "Locatie"]
    assert str(side_label(cast.manager, board)) == "Bestuur"
