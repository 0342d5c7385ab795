"""Visits are planned, moved, cancelled, taken over and written up; hours are one's own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from leesbouw.activities.actions import (
    HoursRow,
    ReportRow,
    add_hours,
    cancel_visit,
    change_visit,
    drop_hours,
    move_visit,
    plan_visit,
    plan_visits,
    reopen_visit,
    take_over_visit,
    wipe_texts,
    write_report,
)
from leesbouw.activities.models import HoursEntry, Visit, VisitReport, VisitTakeover
from leesbouw.activities.queries import hours_of, visit_by_id
from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent, undo_event
from leesbouw.core.errors import Sentence, Stale
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.models import ClassGroup
from leesbouw.plans.actions import ActivityRow, GoalRow, add_activity, add_goal
from leesbouw.plans.enums import GoalKind, Side
from leesbouw.plans.models import Action
from leesbouw.plans.templatetags.goals import groups_told

from .conftest import at, visit_row


def undo_last(by) -> None:  # type: ignore[no-untyped-def]
    undo_event(event_id=AuditEvent.objects.order_by("-pk").first().pk, by=by)


def test_a_visit_is_planned_and_taken_back(cast, staff) -> None:
    visit = plan_visit(visit_row(cast, staff, groups=(5, 6), library_id=None), by=cast.consultant)
    assert (visit.library_id, visit.groups, visit.sequence, visit.minutes) == (
        cast.library_a.pk,
        [5, 6],
        0,
        60,
    )
    undo_last(cast.consultant)
    assert not Visit.objects.visible_to(SYSTEM).exists()


@pytest.mark.parametrize("name", ["head", "director", "volunteer"])
def test_who_may_not_plan(cast, staff, name: str) -> None:
    with pytest.raises(NotAllowed):
        plan_visit(visit_row(cast, staff), by=getattr(cast, name))


def test_nobody_plans_out_of_reach(cast, staff) -> None:
    for changes in (
        {"staff_id": staff.far.pk},
        {"unit_id": cast.c1.pk},
        {"unit_id": cast.elzen.pk},
        {"library_id": cast.library_b.pk},
    ):
        with pytest.raises(NotAllowed):
            plan_visit(visit_row(cast, staff, **changes), by=cast.consultant)
    assert not Visit.objects.visible_to(SYSTEM).exists()


def test_an_activity_is_of_its_own_location(cast, staff) -> None:
    planned = add_activity(
        unit=cast.k1, year=SchoolYear.running(), row=ActivityRow("Voorlezen", "library"), by=SYSTEM
    )
    with pytest.raises(NotAllowed):
        plan_visit(visit_row(cast, staff, activity_id=planned.pk), by=cast.consultant)
    row = visit_row(cast, staff, unit_id=cast.k1.pk, activity_id=planned.pk)
    assert plan_visit(row, by=cast.consultant).activity_id == planned.pk


def test_a_visit_has_a_length(cast, staff) -> None:
    with pytest.raises(Sentence, match="eindigt later"):
        plan_visit(visit_row(cast, staff, ends_at=at(9, days=-1)), by=cast.consultant)


def test_moving_counts_for_calendars_and_can_be_undone(cast, visit) -> None:
    moved = move_visit(visit=visit, starts_at=at(13), ends_at=at(14), version=1, by=cast.consultant)
    assert (moved.uid, moved.sequence, moved.version) == (visit.uid, 1, 2)
    with pytest.raises(Stale):
        move_visit(visit=visit, starts_at=at(15), ends_at=at(16), version=1, by=cast.consultant)
    undo_last(cast.consultant)
    back = visit_by_id(SYSTEM, visit.pk)
    assert (back.starts_at, back.ends_at, back.sequence) == (visit.starts_at, visit.ends_at, 2)


def test_cancelling_keeps_the_row_with_its_reason(cast, staff, visit) -> None:
    cancel_visit(visit=visit, reason="Schoolreis", by=cast.consultant)
    row = visit_by_id(SYSTEM, visit.pk)
    assert (row.is_cancelled, row.cancellation.reason) == (True, "Schoolreis")
    assert row.cancellation.by_user_id == cast.consultant.user_id
    for act in (
        lambda: cancel_visit(visit=visit, by=cast.consultant),
        lambda: change_visit(visit=visit, row=visit_row(cast, staff), by=cast.consultant),
        lambda: write_report(visit=visit, row=ReportRow("yes", 60), by=cast.consultant),
    ):
        with pytest.raises(Sentence, match="afgezegd"):
            act()
    reopen_visit(visit_id=visit.pk, by=cast.consultant)
    row = visit_by_id(SYSTEM, visit.pk)
    assert (row.is_cancelled, row.sequence) == (False, 2)


def test_a_colleague_takes_over_and_gives_back(cast, staff, visit) -> None:
    take_over_visit(visit=visit, staff=staff.daan, why="Ria is ziek", version=1, by=cast.manager)
    assert visit_by_id(SYSTEM, visit.pk).staff_id == staff.daan.pk
    told = VisitTakeover.objects.get()
    assert (told.from_staff_id, told.to_staff_id, told.why) == (staff.ria.pk, staff.daan.pk, "Ria is ziek")
    undo_last(cast.manager)
    assert visit_by_id(SYSTEM, visit.pk).staff_id == staff.ria.pk
    assert not VisitTakeover.objects.exists()


def test_who_comes_second_is_told(cast, staff, visit) -> None:
    take_over_visit(visit=visit, staff=staff.daan, version=1, by=cast.manager)
    with pytest.raises(Stale):
        take_over_visit(visit=visit, staff=staff.daan, version=1, by=cast.consultant)
    with pytest.raises(Sentence, match="al op haar naam"):
        take_over_visit(visit=visit, staff=staff.daan, by=cast.consultant)
    with pytest.raises(NotAllowed):
        take_over_visit(visit=visit, staff=staff.far, by=cast.consultant)


def test_giving_back_stops_when_somebody_else_took_it_since(cast, staff, visit) -> None:
    take_over_visit(visit=visit, staff=staff.daan, by=cast.manager)
    event = AuditEvent.objects.order_by("-pk").first()
    take_over_visit(visit=visit, staff=staff.ria, by=cast.consultant)
    with pytest.raises(Sentence, match="intussen overgenomen"):
        undo_event(event_id=event.pk, by=cast.manager)


def test_a_report_makes_an_action_once(cast, staff, visit) -> None:
    row = ReportRow("partly", 75, "Weinig tijd", "Nieuwe boeken zoeken", as_action=True, due_on=today())
    report = write_report(visit=visit, row=row, version=0, by=cast.consultant)
    action = Action.objects.visible_to(SYSTEM).get()
    assert (action.what, action.unit_id, action.staff_id, action.source) == (
        "Nieuwe boeken zoeken",
        cast.a1.pk,
        staff.ria.pk,
        "visit",
    )
    assert report.action_id == action.pk
    write_report(visit=visit, row=row, version=1, by=cast.consultant)
    assert Action.objects.visible_to(SYSTEM).count() == 1
    with pytest.raises(Stale):
        write_report(visit=visit, row=row, version=1, by=cast.consultant)
    with pytest.raises(Sentence, match="al een verslag"):
        move_visit(visit=visit, starts_at=at(13), ends_at=at(14), by=cast.consultant)


def test_a_visit_to_come_has_no_report(cast, staff) -> None:
    coming = plan_visit(visit_row(cast, staff, starts_at=at(9, days=2), ends_at=at(10, days=2)), by=SYSTEM)
    with pytest.raises(Sentence, match="moet nog komen"):
        write_report(visit=coming, row=ReportRow("yes", 60), by=cast.consultant)


def test_hours_are_ones_own(cast, staff) -> None:
    row = HoursRow(staff.ria.pk, cast.library_a.pk, today(), "training", 90, words="Open Boek")
    with pytest.raises(NotAllowed):
        add_hours([row], by=cast.manager)
    entry = add_hours([row], by=cast.consultant)[0]
    with pytest.raises(NotAllowed):
        drop_hours(ids=[entry.pk], by=cast.manager)
    drop_hours(ids=[entry.pk], by=cast.consultant)
    assert HoursEntry.objects.visible_to(SYSTEM).get().dropped_at is not None
    undo_last(cast.consultant)
    assert HoursEntry.objects.visible_to(SYSTEM).get().dropped_at is None


def test_hours_to_come_are_not_written_down(cast, staff) -> None:
    row = HoursRow(staff.ria.pk, cast.library_a.pk, at(9, days=1).date(), "travel", 30)
    with pytest.raises(Sentence, match="voorbij"):
        add_hours([row], by=cast.consultant)


def test_hours_are_summed_by_location_goal_and_work(cast, staff) -> None:
    year = SchoolYear.running()
    goal = GoalRow("Meer vrij lezen", Side.PARTNER, GoalKind.CHANGE, year, evidence="Te zien in de groep")
    kept = add_goal(unit=cast.a1, year=year, goal=goal, by=SYSTEM)
    row = ActivityRow(
        "Boekenkring", Side.LIBRARY, goal_id=kept.pk, staff_id=staff.ria.pk, times=4, hours=Decimal(8)
    )
    planned = add_activity(unit=cast.a1, year=year, row=row, by=SYSTEM)
    done, _coming = plan_visits(
        [
            visit_row(cast, staff, activity_id=planned.pk, starts_at=at(9), ends_at=at(10)),
            visit_row(cast, staff, activity_id=planned.pk, starts_at=at(13, days=1), ends_at=at(15, days=1)),
        ],
        by=SYSTEM,
    )
    VisitReport(visit=done, library=cast.library_a, done="yes", minutes=90).save()
    add_hours(
        [
            HoursRow(staff.ria.pk, cast.library_a.pk, today(), "prepare", 30, unit_id=cast.a1.pk),
            HoursRow(staff.ria.pk, cast.library_a.pk, today(), "branch", 240),
        ],
        by=cast.consultant,
    )
    page = hours_of(cast.consultant, staff.ria, year)
    ((unit, tally),) = page.schools
    assert unit.pk == cast.a1.pk
    # two of four visits stand in the diary, so four of the eight hours are still to be planned
    assert (tally.budget, tally.done, tally.planned) == (Decimal(50), Decimal(2), Decimal(6))
    assert page.total.done == Decimal(2)
    assert [(goal.pk, hours) for goal, hours in page.goals] == [(kept.pk, Decimal("1.5"))]
    assert page.work == [("Vestiging", Decimal(4)), ("Voorbereiding", Decimal("0.5"))]


def test_words_are_wiped_and_the_visit_stays(cast, visit) -> None:
    row = ReportRow("yes", 60, noticed="Veel gelezen", next_step="Nog een keer")
    write_report(visit=visit, row=row, by=cast.consultant)
    wipe_texts(ids=[visit.pk], by=SYSTEM)
    left, report = visit_by_id(SYSTEM, visit.pk), VisitReport.objects.visible_to(SYSTEM).get()
    assert (left.what, left.take, left.staff_id, left.minutes) == ("", "", None, 60)
    assert (report.noticed, report.next_step, report.done, report.minutes) == ("", "", "yes", 60)


def test_a_visit_is_for_classes_and_keeps_their_year_groups(cast, staff) -> None:
    year = SchoolYear.of(at(9, days=-1).date())
    made = ClassGroup.objects.create(location=cast.a1, year=year, name="5/6", year_groups=[5, 6])
    far = ClassGroup.objects.create(location=cast.a2, year=year, name="5", year_groups=[5])
    visit = plan_visit(visit_row(cast, staff, class_ids=[made.pk], groups=(8,)), by=cast.consultant)
    assert (visit.groups, groups_told(visit)) == ([5, 6], "groep 5/6")
    ClassGroup.objects.filter(pk=made.pk).update(name="De Uilen")
    assert groups_told(visit_by_id(cast.consultant, visit.pk)) == "De Uilen"
    with pytest.raises(Sentence):
        plan_visit(visit_row(cast, staff, class_ids=[far.pk]), by=cast.consultant)
    change_visit(visit=visit, row=visit_row(cast, staff, groups=(8,)), by=cast.consultant)
    assert groups_told(visit_by_id(cast.consultant, visit.pk)) == "groep 8"
