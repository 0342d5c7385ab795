"""Routes: what content holds, a run from start to end, a gate that says no, the way back, and a library's own version."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from leesbouw.core.access import NotAllowed
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence, Stale
from leesbouw.core.time import today
from leesbouw.organisations.actions import change_partnership
from leesbouw.organisations.models import GateDecision
from leesbouw.plans.actions import (
    ActionRow,
    StepResult,
    follow_shipped,
    plan_step,
    record_step,
    reopen_step,
    save_own_route,
    start_routes,
    stop_route,
)
from leesbouw.plans.domain import RunState, StepState, run_state
from leesbouw.plans.enums import RecordKind
from leesbouw.plans.models import RouteRun, StepRecord
from leesbouw.plans.queries import (
    RouteBody,
    actions_for,
    chosen_units,
    differences_of,
    route_of,
    routes_of,
    runs_for,
    runs_in_state,
    standing_of_run,
    startable,
    state_of_run,
    steps_for,
)

DAY = timedelta(days=1)
YES, NO = RecordKind.YES, RecordKind.NO


def begin(cast, code: str = "implementation", unit: str = "a1") -> RouteRun:  # type: ignore[no-untyped-def]
    library = cast.library_a.pk
    return start_routes(
        route=route_of(code, library), library_id=library, units=[getattr(cast, unit)], by=cast.manager
    )[0]


def done(cast, run: RouteRun, *steps: str, answer: RecordKind = YES) -> None:  # type: ignore[no-untyped-def]
    for step in steps:
        record_step(run=run, step=step, result=StepResult("Het ligt er.", answer=answer), by=cast.manager)


# What content holds


def test_the_shipped_routes_in_their_order(cast) -> None:
    assert list(routes_of(None)) == [
        "getting-started",
        "implementation",
        "quality-cycle",
        "monitor-round",
        "parent-partnership",
        "boekstart",
        "vo-with",
        "vo-without",
        "vo-in-library",
        "project-initiation",
    ]


def test_parent_partnership_is_for_the_library_first_and_then_for_each_location(cast) -> None:
    body = route_of("parent-partnership", None).body
    assert [len(steps_for(body, kind)) for kind in ("library", "location")] == [8, 5]
    gate = next(step.gate for step in body.steps if step.code == "start-talk")
    assert gate is not None
    assert gate.back_to == "select"


def test_getting_started_asks_about_policy_first_and_feasibility_after_the_preparation(cast) -> None:
    steps = [step.code for step in route_of("getting-started", None).body.steps if step.gate]
    assert steps == ["fits-policy", "wanted-and-feasible"]


def test_a_gate_leads_back_to_a_step_that_is_there(cast) -> None:
    body = route_of("parent-partnership", None).body.model_dump()
    body["steps"] = [step for step in body["steps"] if step["code"] != "select"]
    with pytest.raises(ValidationError, match="leads back to a step that is not there"):
        RouteBody.model_validate(body)


# How a run stands


@given(st.integers(0, 400), st.integers(-40, 40), st.booleans())
def test_stuck_is_a_review_that_has_come_or_a_long_silence(
    quiet_for: int, review_in: int, asked: bool
) -> None:
    day = today()
    state = run_state(
        stopped=False,
        left=2,
        review_on=day + review_in * DAY if asked else None,
        moved_on=day - quiet_for * DAY,
        quiet=90 * DAY,
        today=day,
    )
    if asked:
        assert state is (RunState.WAITS if review_in > 0 else RunState.AGAIN)
    else:
        assert state is (RunState.QUIET if quiet_for > 90 else RunState.RUNNING)


def test_a_run_begins_at_its_first_step_and_ends_when_every_result_is_there(cast) -> None:
    run = begin(cast)
    assert (run.at_step, run.done, run.left) == ("strategic-talk", 0, 9)
    steps = [one.step.code for one in standing_of_run(cast.manager, run).steps]
    done(cast, run, *reversed(steps))  # any order
    run.refresh_from_db()
    assert (run.at_step, run.done, run.left, state_of_run(run)) == ("", 9, 0, RunState.COMPLETE)
    assert begin(cast).pk != run.pk  # and once more, next year


def test_a_step_is_done_when_its_result_exists(cast) -> None:
    run = begin(cast)
    with pytest.raises(Sentence, match="Schrijf op wat het is"):
        record_step(run=run, step="strategic-talk", result=StepResult(), by=cast.manager)
    record_step(
        run=run,
        step="strategic-talk",
        result=StepResult(url="https://voorbeeld.example/verslag"),
        by=cast.manager,
    )
    with pytest.raises(Sentence, match="al klaar"):
        done(cast, run, "strategic-talk")
    with pytest.raises(LookupError):
        done(cast, run, "unknown")


def test_a_no_holds_the_way_opens_an_earlier_step_and_comes_back_on_its_day(cast, time_machine) -> None:
    run = begin(cast)
    done(cast, run, "strategic-talk", "inventory")
    review = today() + 30 * DAY
    refusal = StepResult("Eerst de begroting.", answer=NO, review_on=review)
    record_step(run=run, step="agreement", result=refusal, by=cast.manager)
    run.refresh_from_db()
    assert (run.at_step, run.done) == ("strategic-talk", 1)
    states = [one.state for one in standing_of_run(cast.manager, run).steps[:3]]
    assert states == [StepState.OPEN, StepState.DONE, StepState.WAITS]
    done(cast, run, "strategic-talk")
    run.refresh_from_db()
    assert (run.at_step, run.review_on, state_of_run(run)) == ("agreement", review, RunState.WAITS)
    assert list(runs_in_state(runs_for(cast.manager), [RunState.AGAIN])) == []
    time_machine.move_to(review.isoformat())
    assert state_of_run(run) is RunState.AGAIN
    assert list(runs_in_state(runs_for(cast.manager), [RunState.AGAIN])) == [run]
    done(cast, run, "agreement")
    run.refresh_from_db()
    assert (run.at_step, run.review_on) == ("people", None)


@pytest.mark.parametrize("days", [None, 0, -1])
def test_a_no_needs_a_day_that_is_still_to_come(cast, days: int | None) -> None:
    run = begin(cast)
    review = None if days is None else today() + days * DAY
    with pytest.raises(Sentence, match="dag die nog komt"):
        record_step(
            run=run, step="agreement", result=StepResult(answer=NO, review_on=review), by=cast.manager
        )


def test_no_agreement_at_a_location_leads_back_to_choosing_locations(cast) -> None:
    above = begin(cast, "parent-partnership", "library_a")
    done(cast, above, "select")
    run = begin(cast, "parent-partnership")
    done(cast, run, "contact")
    refusal = StepResult("Geen ruimte.", answer=NO, review_on=today() + 90 * DAY)
    record_step(run=run, step="start-talk", result=refusal, by=cast.manager)
    told = list(above.records.values_list("step", "kind"))
    assert told == [("select", "done"), ("select", "opened")]
    above.refresh_from_db()
    assert above.done == 0


def test_the_gates_of_getting_started_are_the_go_or_no_go_answers_of_the_library(cast) -> None:
    run = begin(cast, "getting-started", "library_a")
    refusal = StepResult("Eerst de fusie.", answer=NO, review_on=today() + 60 * DAY)
    record_step(run=run, step="fits-policy", result=refusal, by=cast.manager)
    decision = GateDecision.objects.get(library=cast.library_a.pk)
    assert (decision.gate, decision.outcome, decision.reason) == ("fits_policy", "no", "Eerst de fusie.")


def test_opening_a_step_again_keeps_what_was_written(cast) -> None:
    run = begin(cast)
    done(cast, run, "strategic-talk")
    reopen_step(run=run, step="strategic-talk", by=cast.manager)
    assert [row.kind for row in StepRecord.objects.filter(run=run)] == ["done", "opened"]
    run.refresh_from_db()
    assert (run.done, run.at_step) == (0, "strategic-talk")
    with pytest.raises(Sentence, match="staat al open"):
        reopen_step(run=run, step="strategic-talk", by=cast.manager)


def test_the_to_do_of_a_step_is_done_with_its_result(cast) -> None:
    run = begin(cast)
    row = ActionRow(cast.a1.pk, "Gesprek plannen", "library")
    action = plan_step(run=run, step="strategic-talk", row=row, by=cast.manager)
    assert standing_of_run(cast.manager, run).of("strategic-talk").tasks == [action]
    done(cast, run, "strategic-talk")
    assert actions_for(cast.manager).get(pk=action.pk).done_on == today()  # type: ignore[attr-defined]


def test_two_at_once_the_second_is_told(cast) -> None:
    run = begin(cast)
    with pytest.raises(Sentence, match="loopt daar al"):
        begin(cast)
    done(cast, run, "strategic-talk")
    with pytest.raises(Stale):
        record_step(
            run=run,
            step="inventory",
            result=StepResult("Ook klaar."),
            version=run.version,
            by=cast.consultant,
        )


def test_a_stopped_route_says_why_and_stays_as_it_is(cast) -> None:
    run = begin(cast)
    with pytest.raises(Sentence, match="waarom"):
        stop_route(run=run, reason=" ", by=cast.manager)
    stop_route(run=run, reason="De school fuseert.", by=cast.manager)
    run.refresh_from_db()
    assert (state_of_run(run), run.reason) == (RunState.STOPPED, "De school fuseert.")
    with pytest.raises(Sentence, match="gestopt"):
        done(cast, run, "strategic-talk")
    assert begin(cast).pk != run.pk


# With whom, and who may


def test_a_board_means_its_locations_within_reach(cast) -> None:
    library = cast.library_a.pk
    route = route_of("quality-cycle", library)
    groups = dict(startable(cast.manager, route, library))
    assert [name for _value, name in groups["board"]] == ["Kinderrijk", "Stichting X"]
    assert [name for _value, name in groups["location"]] == ["De Regenboog", "Pinkeltje"]
    of_board = chosen_units(cast.manager, route, library, f"b{cast.board_x.pk}")
    assert [unit.name for unit in of_board] == ["De Regenboog"]  # the other one is with another library
    everywhere = chosen_units(cast.manager, route, library, "all")
    runs = start_routes(route=route, library_id=library, units=everywhere, by=cast.manager)
    assert len(runs) == 2
    event = AuditEvent.objects.get(verb="plans.start_routes")
    assert (event.count, event.data) == (2, {"route": "quality-cycle"})


@pytest.mark.parametrize(("situation", "together"), [("", 1), ("1", 1), ("2", 0)])
def test_a_school_in_another_situation_starts_on_its_own_only(cast, situation: str, together: int) -> None:
    by, library, school = cast.other_library, cast.library_b.pk, cast.b1
    change_partnership(partnership=cast.with_b1, scenario=situation, by=by)
    route = route_of("vo-with", library)
    assert len(chosen_units(by, route, library, "all")) == together
    assert len(chosen_units(by, route, library, f"b{school.board_id}")) == together
    assert len(dict(startable(by, route, library)).get("board", [])) == together
    assert chosen_units(by, route, library, f"u{school.pk}") == [school]


def test_a_route_is_for_its_own_sector(cast) -> None:
    with pytest.raises(Sentence, match="niet bedoeld voor De Regenboog"):
        begin(cast, "boekstart")
    with pytest.raises(Sentence, match="niet bedoeld"):
        begin(cast, "implementation", "library_a")


def test_nobody_starts_a_route_out_of_reach_and_a_school_writes_at_its_own(cast) -> None:
    route = route_of("implementation", cast.library_a.pk)
    for by, unit in ((cast.manager, cast.c1), (cast.other_library, cast.a1), (cast.head, cast.a1)):
        with pytest.raises(NotAllowed):
            start_routes(route=route, library_id=cast.library_a.pk, units=[unit], by=by)
    run = begin(cast)
    record_step(run=run, step="inventory", result=StepResult("Samen gekeken."), by=cast.head)
    with pytest.raises(NotAllowed):
        stop_route(run=run, reason="Geen zin", by=cast.head)
    with pytest.raises(RouteRun.DoesNotExist):
        record_step(run=run, step="people", result=StepResult("Iets"), by=cast.outsider)


# A library's own version


def test_an_own_version_counts_for_the_library_alone_and_not_for_runs_under_way(cast) -> None:
    library = cast.library_a.pk
    before = begin(cast)
    route = route_of("implementation", library)
    steps = [
        route.body.steps[0].model_copy(update={"name": "Koffie met de directeur"}),
        *route.body.steps[1:5],
    ]
    save_own_route(route=route, steps=steps, library_id=library, by=cast.manager)
    own = route_of("implementation", library)
    assert (own.is_own, own.item.status, len(own.body.steps)) == (True, "lokaal", 5)
    assert not route_of("implementation", cast.library_b.pk).is_own
    assert len(standing_of_run(cast.manager, before).steps) == 9
    changed = [(one.kind, one.name) for one in differences_of(own)]
    assert changed == [
        ("changed", "Koffie met de directeur"),
        ("gone", "Eerste meting"),
        ("gone", "Het eerste jaarplan"),
        ("gone", "Het eerste jaar uitvoeren"),
        ("gone", "Terugkijken met de directie"),
    ]
    follow_shipped(route=own, library_id=library, by=cast.manager)
    assert not route_of("implementation", library).is_own


def test_two_who_edit_one_route_and_a_gate_without_its_way_back(cast) -> None:
    library = cast.library_a.pk
    route = route_of("implementation", library)
    save_own_route(
        route=route, steps=route.body.steps[:4], library_id=library, by=cast.manager, item_id=route.item.pk
    )
    with pytest.raises(Stale):
        save_own_route(
            route=route, steps=route.body.steps, library_id=library, by=cast.manager, item_id=route.item.pk
        )
    with pytest.raises(Sentence, match="leidt terug"):
        save_own_route(route=route, steps=route.body.steps[1:], library_id=library, by=cast.manager)
    with pytest.raises(NotAllowed):
        save_own_route(route=route, steps=route.body.steps, library_id=library, by=cast.consultant)
