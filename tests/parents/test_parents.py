"""Parent partnership: choosing locations, talks that write down their steps, what parents wish, forms and projects."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leesbouw.core.access import NotAllowed
from leesbouw.core.errors import Sentence, Stale
from leesbouw.core.time import SchoolYear, today
from leesbouw.dashboards.enums import Moment
from leesbouw.dashboards.queries.location_page import location_page
from leesbouw.network.domain import DueState
from leesbouw.network.queries import agenda_for
from leesbouw.parents.actions import (
    Judgement,
    TalkReport,
    WishRow,
    answer_indicators,
    check_conditions,
    choose_locations,
    discuss_plan,
    feed_back,
    hold_talk,
    judge_project,
    note_wish,
    plan_talk,
)
from leesbouw.parents.domain import is_proposed
from leesbouw.parents.enums import Condition, DiscussedWith, Mark, Occasion, TalkKind, Verdict
from leesbouw.parents.models import ParentTalk, ParentWish
from leesbouw.parents.providers import talks_to_do
from leesbouw.parents.queries import ROUTE, guide, place_page, selection_rows, talk_guide, talks_elsewhere
from leesbouw.plans.actions import (
    ActivityRow,
    Assessment,
    EvidenceRow,
    StepResult,
    add_activities,
    add_evidence,
    assess_block,
    record_step,
    start_routes,
)
from leesbouw.plans.enums import Audience, BlockStatus, EvidenceKind, Side
from leesbouw.plans.models import RouteRun
from leesbouw.plans.queries import forms_with_parents, route_of, standing_of_run, traits

YEAR = SchoolYear.running()
DAY = timedelta(days=1)


def begin(cast, *units: str) -> list[RouteRun]:  # type: ignore[no-untyped-def]
    """The route of the library, and of each of these locations."""
    library = cast.library_a.pk
    chosen = [getattr(cast, unit) for unit in ("library_a", *units)]
    return start_routes(route=route_of(ROUTE, library), library_id=library, units=chosen, by=cast.manager)


def states(cast, run: RouteRun) -> dict[str, str]:  # type: ignore[no-untyped-def]
    run = RouteRun.objects.select_related("unit", "content").get(pk=run.pk)
    return {one.step.code: str(one.state) for one in standing_of_run(cast.manager, run).steps}


def talk(cast, kind: TalkKind, *units: str) -> ParentTalk:  # type: ignore[no-untyped-def]
    places = [getattr(cast, unit) for unit in units]
    return plan_talk(
        library_id=cast.library_a.pk, kind=kind, locations=places, planned_on=today(), by=cast.manager
    )


def hold(cast, one: ParentTalk, **more: object) -> ParentTalk:  # type: ignore[no-untyped-def]
    return hold_talk(talk=one, report=TalkReport(today(), "Afgesproken.", **more), by=cast.manager)  # type: ignore[arg-type]


# Content


def test_the_overview_holds_nine_forms_and_projects_ten_questions_five_conditions(cast) -> None:
    body, overview = guide(), forms_with_parents(cast.manager)
    assert [len(overview), len(body.questions), len(body.conditions), len(body.indicators)] == [9, 10, 5, 5]
    assert "".join(one.letter for one in traits().characteristics) == "ABCDEFG"
    known = {one.code for one in traits().characteristics}
    groups = {one.code for one in traits().groups}
    for form, told in overview:
        assert set(form.body.parents.characteristics) <= known
        assert set(form.body.parents.groups) <= groups
        assert told.groups
        assert told.transfer
        assert told.age
    assert [*body.forms, *body.groups, *body.characteristics] == []  # no second copy
    assert len(talk_guide().body.questions) == 10


# Step 7


def test_four_of_five_is_enough_and_unknown_is_no_yes() -> None:
    marks = dict.fromkeys("abcd", Mark.YES) | {"e": None}
    assert is_proposed(marks, 4)
    assert not is_proposed(marks | {"a": None}, 4)


def test_what_is_known_fills_the_indicators_and_somebody_who_knows_better_goes_first(cast) -> None:
    def row(unit: str):  # type: ignore[no-untyped-def]
        rows = selection_rows(cast.manager, cast.library_a.pk, YEAR)
        return next(one for one in rows if one.location.pk == getattr(cast, unit).pk)

    assert list(row("a1").marks.values()) == ["yes", None, None, None, None]
    evidence = EvidenceRow(EvidenceKind.NOTE, "Gezien", name="de directeur")
    at = {"unit": cast.a1, "code": "collection", "year": YEAR, "by": cast.manager}
    add_evidence(evidence=evidence, **at)
    assess_block(assessment=Assessment(status=BlockStatus.RUNNING), **at)
    line = ActivityRow("Avond", Side.TOGETHER, audience=Audience.PARENTS)
    add_activities(unit=cast.a1, year=YEAR, rows=[line], by=cast.manager)
    assert list(row("a1").marks.values()) == ["yes", "yes", None, None, "yes"]
    assert not row("a1").proposed
    answer_indicators(
        library_id=cast.library_a.pk,
        location=cast.a1,
        answers={"intention": Mark.YES, "environment": Mark.NO, "policy": Mark.YES},
        by=cast.manager,
    )
    assert list(row("a1").marks.values()) == ["yes", "no", "yes", "yes", "yes"]
    assert row("a1").proposed
    assert [one.own for one in row("a1").known] == [False, True, True, True, False]


def test_two_who_answer_at_once(cast) -> None:
    target = {"library_id": cast.library_a.pk, "location": cast.a1, "by": cast.manager, "version": 0}
    answer_indicators(answers={"policy": Mark.YES}, **target)
    with pytest.raises(Stale):
        answer_indicators(answers={"policy": Mark.NO}, **target)


def test_choosing_starts_a_run_for_each_location_and_does_step_seven(cast) -> None:
    with pytest.raises(Sentence, match="Start eerst de route"):
        choose_locations(library_id=cast.library_a.pk, locations=[cast.a1], by=cast.manager)
    (own,) = begin(cast)
    runs = choose_locations(library_id=cast.library_a.pk, locations=[cast.a1, cast.k1], by=cast.manager)
    assert [run.unit_id for run in runs] == [cast.a1.pk, cast.k1.pk]
    assert states(cast, own)["select"] == "done"
    assert own.records.get().text == "Gekozen: 2 locaties: De Regenboog, Pinkeltje."


# Talks


def test_school_and_child_care_share_one_talk_and_each_has_its_own_record(cast) -> None:
    _own, school, childcare = begin(cast, "a1", "k1")
    shared = talk(cast, TalkKind.START, "a1", "k1")
    assert [states(cast, run)["contact"] for run in (school, childcare)] == ["done", "done"]
    hold(cast, shared, agreed=True, answers={"needs": "Ideeën"}, present=("head",))
    assert [states(cast, run)["start-talk"] for run in (school, childcare)] == ["done", "done"]
    assert ParentTalk.objects.get().answers == {"needs": "Ideeën"}
    for place in (cast.a1, cast.k1):
        assert [one.pk for one in place_page(cast.manager, place, YEAR).talks] == [shared.pk]


def test_no_agreement_leads_back_to_choosing(cast) -> None:
    own, _school = begin(cast)[0], None
    (run,) = choose_locations(library_id=cast.library_a.pk, locations=[cast.a1], by=cast.manager)
    one = talk(cast, TalkKind.START, "a1")
    with pytest.raises(Sentence, match="dag die nog komt"):
        hold(cast, one, agreed=False)
    hold(cast, one, agreed=False, next_on=today() + 60 * DAY)
    assert states(cast, run)["start-talk"] == "waits"
    assert states(cast, own)["select"] == "open"
    assert [row.kind for row in own.records.all()] == ["done", "opened"]


def test_the_decision_stands_in_the_route_wherever_it_was_taken(cast) -> None:
    own, _none = begin(cast)[0], None
    (run,) = choose_locations(library_id=cast.library_a.pk, locations=[cast.a1], by=cast.manager)
    one = talk(cast, TalkKind.START, "a1")
    hold(cast, one, agreed=True, next_on=today() + 9 * DAY)

    def told() -> str:
        found = place_page(cast.manager, cast.a1, YEAR).decision
        return found.last.kind if found else ""

    assert [told(), states(cast, own)["select"]] == ["yes", "done"]
    hold(cast, one, agreed=False, next_on=today() + 60 * DAY)  # what was written up was mended
    assert [told(), states(cast, run)["start-talk"]] == ["no", "waits"]
    assert states(cast, own)["select"] == "open"
    run.refresh_from_db()
    record_step(run=run, step="start-talk", result=StepResult("Toch wel", answer="yes"), by=cast.manager)
    assert told() == "yes"
    hold(cast, one, agreed=False, next_on=today() + 60 * DAY)  # nothing changed about the answer of the talk
    assert told() == "yes"


def test_talks_about_parents_stand_in_the_relation_agenda_and_the_timeline(cast) -> None:
    begin(cast, "a1", "k1")
    hold(cast, talk(cast, TalkKind.START, "a1", "k1"), agreed=False, next_on=today() + 3 * DAY)
    lines = [row for row in agenda_for(cast.manager) if row.other]
    assert [(row.unit.name, row.state) for row in lines] == [
        ("De Regenboog", DueState.SOON),
        ("Pinkeltje", DueState.SOON),
        ("De Regenboog", DueState.HELD),
        ("Pinkeltje", DueState.HELD),
    ]
    assert lines[0].other.plan_url == "/school/99AA00/ouders/gesprek/start/"
    talk(cast, TalkKind.START, "a1")
    states_now = [row.state for row in agenda_for(cast.manager, unit=cast.a1) if row.other]
    assert states_now == [DueState.PLANNED, DueState.HELD]  # what is planned is not due as well
    page = location_page(cast.consultant, cast.a1, YEAR)
    assert [row.title for row in page.timeline.coming if row.kind == Moment.TALK] == ["Startgesprek"]
    assert [row.text for row in page.timeline.been if row.kind == Moment.TALK] == ["Afgesproken."]
    assert [row.unit.name for row in agenda_for(cast.other_library) if row.other] == []
    assert talks_elsewhere(cast.teacher, unit=cast.a1.pk) == talks_elsewhere(cast.outsider) == []
    assert [one.unit[3] for one in talks_elsewhere(cast.head)] == ["De Regenboog"] * 2


def test_a_start_talk_asks_whether_the_location_wants_to_begin(cast) -> None:
    one = talk(cast, TalkKind.START, "a1")
    with pytest.raises(Sentence, match="aan de slag"):
        hold(cast, one)
    with pytest.raises(Sentence, match="geweest"):
        hold_talk(talk=one, report=TalkReport(today() + DAY, "Straks", agreed=True), by=cast.manager)


def test_looking_back_is_twice_a_year_with_the_location_and_once_at_each_level(cast) -> None:
    own, school = begin(cast, "a1")
    hold(cast, talk(cast, TalkKind.SCHOOL, "a1"))
    assert states(cast, school)["evaluate-school"] == "open"
    hold(cast, talk(cast, TalkKind.SCHOOL, "a1"))
    assert states(cast, school)["evaluate-school"] == "done"
    hold(cast, talk(cast, TalkKind.TEAM))
    hold(cast, talk(cast, TalkKind.MANAGEMENT))
    assert states(cast, own)["evaluate-library"] == "open"
    hold(cast, talk(cast, TalkKind.MUNICIPALITY))
    assert states(cast, own)["evaluate-library"] == "done"


def test_a_talk_whose_day_has_come_is_on_the_list_of_the_library(cast) -> None:
    one = talk(cast, TalkKind.DEEPENING, "a1")
    assert [todo.title for todo in talks_to_do(cast.consultant)] == ["Schrijf op: Verdiepend gesprek"]
    assert talks_to_do(cast.head) == []
    assert talks_to_do(cast.other_library) == []
    hold(cast, one)
    assert talks_to_do(cast.consultant) == []


def test_a_talk_to_have_again_is_on_the_list_of_the_library_until_it_is_planned(cast) -> None:
    hold_talk(
        talk=talk(cast, TalkKind.DEEPENING, "a1"),
        report=TalkReport(today(), "Over een week verder.", next_on=today() + timedelta(days=7)),
        by=cast.manager,
    )
    hold_talk(
        talk=talk(cast, TalkKind.TEAM),
        report=TalkReport(today(), "In het voorjaar verder.", next_on=today() + timedelta(days=90)),
        by=cast.manager,
    )
    (todo,) = talks_to_do(cast.consultant)
    assert (todo.title, todo.due_on) == (
        f"Plan een gesprek over ouders met {cast.a1.name}",
        today() + timedelta(days=7),
    )
    assert talks_to_do(cast.head) == talks_to_do(cast.other_library) == []
    one = talk(cast, TalkKind.SCHOOL, "a1")
    assert [row.title for row in talks_to_do(cast.consultant)] == ["Schrijf op: Terugkijken met de locatie"]
    hold(cast, one)
    assert talks_to_do(cast.consultant) == []


# The plan, wishes, conditions


def test_the_plan_is_done_once_it_has_lines_and_team_and_council_discussed_it(cast) -> None:
    _own, school = begin(cast, "a1")
    target = {"library_id": cast.library_a.pk, "location": cast.a1, "held_on": today(), "by": cast.head}
    line = ActivityRow("Avond", Side.TOGETHER, audience=Audience.PARENTS)
    add_activities(unit=cast.a1, year=YEAR, rows=[line], by=cast.manager)
    discuss_plan(discussed_with=DiscussedWith.TEAM, **target)
    assert states(cast, school)["activities"] == "open"
    discuss_plan(discussed_with=DiscussedWith.COUNCIL, **target)
    assert states(cast, school)["activities"] == "done"


def test_a_wish_is_of_a_kind_of_parents_and_is_told_back_once(cast) -> None:
    target = {"library_id": cast.library_a.pk, "location": cast.a1, "by": cast.head}
    with pytest.raises(Sentence, match="welke ouders"):
        note_wish(wish=WishRow(Occasion.EVENING, "family-jansen", today(), "Iets"), **target)
    wish = note_wish(wish=WishRow(Occasion.EVENING, "hesitating", today(), "Korte tips"), **target)
    feed_back(wish=wish, by=cast.head)
    with pytest.raises(Sentence, match="al"):
        feed_back(wish=wish, by=cast.head)
    assert ParentWish.objects.get().fed_back_on == today()


def test_each_look_at_the_conditions_is_kept_and_the_newest_counts(cast) -> None:
    target = {"library_id": cast.library_a.pk, "location": cast.a1, "by": cast.head}
    with pytest.raises(Sentence, match="minstens één"):
        check_conditions(answers={}, **target)
    check_conditions(answers={"start": Condition.NO}, **target)
    check_conditions(answers={"start": Condition.YES, "energy": Condition.PARTLY}, **target)
    found = dict(
        zip(
            "abcde", (answer for _one, answer in place_page(cast.head, cast.a1, YEAR).conditions), strict=True
        )
    )
    assert found == {"a": "yes", "b": None, "c": None, "d": None, "e": "partly"}


def test_whoever_has_nothing_to_do_with_it_writes_nothing(cast) -> None:
    one = talk(cast, TalkKind.DEEPENING, "a1")
    for by in (cast.outsider, cast.other_library, cast.other_head):
        with pytest.raises(ParentTalk.DoesNotExist):
            hold_talk(talk=one, report=TalkReport(today(), "Iets"), by=by)
        with pytest.raises(NotAllowed):
            note_wish(
                library_id=cast.library_a.pk,
                location=cast.a1,
                wish=WishRow(Occasion.OTHER, "reading", today(), "Iets"),
                by=by,
            )
    judged = Judgement("Feest", Verdict.FITS, {"goal": "Plezier"})
    with pytest.raises(NotAllowed):
        judge_project(library_id=cast.library_a.pk, judgement=judged, by=cast.head)
