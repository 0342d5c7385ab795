"""The text of a plan: written by more people at once, kept in versions, sent, agreed with, and read in from Word."""

from __future__ import annotations

import io

import pytest
from docx import Document as open_word
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.errors import Sentence, Stale
from leesbouw.core.time import SchoolYear
from leesbouw.plans.actions import (
    ActivityRow,
    GoalRow,
    add_activity,
    add_comment,
    add_goal,
    approve_plan,
    begin_plan,
    continue_goals,
    copy_activities,
    drop_activities,
    read_plan_in,
    send_plan,
    settle_comment,
    write_plan,
)
from leesbouw.plans.domain import words_changed
from leesbouw.plans.enums import GoalKind, PlanKind, Side, VersionReason
from leesbouw.plans.models import Plan, PlanVersion
from leesbouw.plans.queries import (
    OTHER,
    PlanState,
    activities_of,
    changes_since,
    comments_on,
    kinds_for,
    map_to_sections,
    plan_document,
    plan_view,
    template_of,
    texts_of,
    versions_of,
)
from leesbouw.rendering.word import read_word, to_word

YEAR = SchoolYear.running()


@pytest.fixture
def plan(cast) -> Plan:  # type: ignore[no-untyped-def]
    return begin_plan(unit=cast.a1, kind=PlanKind.YEAR, year=YEAR, by=cast.head)


def seen(cast, by, kind: PlanKind = PlanKind.YEAR):  # type: ignore[no-untyped-def]
    return plan_view(by, cast.a1, kind, YEAR)


def test_each_sector_has_its_plans(cast) -> None:
    assert kinds_for(cast.a1) == (PlanKind.YEAR, PlanKind.POLICY, PlanKind.MEDIA)
    assert kinds_for(cast.k1) == (PlanKind.READ_ALOUD, PlanKind.YEAR)
    for kind in PlanKind:
        codes = [one.code for one in template_of(kind)[0].sections]
        assert len(codes) == len(set(codes)) >= 7


def test_a_plan_is_begun_once(cast, plan) -> None:
    assert begin_plan(unit=cast.a1, kind=PlanKind.YEAR, year=YEAR, by=cast.manager) == plan
    policy = begin_plan(unit=cast.a1, kind=PlanKind.POLICY, year=YEAR, by=cast.head)
    assert (policy.first_year, policy.last_year) == (YEAR, SchoolYear(YEAR.first + 3))


def test_the_library_writes_no_policy_of_the_school(cast) -> None:
    with pytest.raises(NotAllowed):
        begin_plan(unit=cast.a1, kind=PlanKind.POLICY, year=YEAR, by=cast.manager)
    policy = begin_plan(unit=cast.a1, kind=PlanKind.POLICY, year=YEAR, by=cast.head)
    with pytest.raises(NotAllowed):
        write_plan(plan=policy, year=YEAR, code="vision", text="Van ons", by=cast.consultant)
    assert add_comment(plan=policy, text="Mooi begin", code="vision", by=cast.consultant).code == "vision"


def test_two_write_in_two_sections_without_loss(cast, plan) -> None:
    write_plan(plan=plan, year=YEAR, code="begin", text="Goed", version=0, by=cast.head)
    write_plan(plan=plan, year=YEAR, code="parents", text="Koffie", version=0, by=cast.consultant)
    texts = {one.section.code: one.text for one in seen(cast, cast.head).texts}
    assert (texts["begin"], texts["parents"]) == ("Goed", "Koffie")


def test_two_in_one_section_meet(cast, plan) -> None:
    write_plan(plan=plan, year=YEAR, code="begin", text="Van Joke", version=0, by=cast.head)
    with pytest.raises(Stale):
        write_plan(plan=plan, year=YEAR, code="begin", text="Van Ria", version=0, by=cast.consultant)
    row = write_plan(plan=plan, year=YEAR, code="begin", text="Van Joke", version=1, by=cast.head)
    assert row.version == 1  # the same text is no change


def test_who_wrote_last_stands_with_the_text(cast, plan) -> None:
    row = write_plan(plan=plan, year=YEAR, code="begin", text="Goed", by=cast.consultant)
    assert row.changed_by == cast.consultant.name


def test_the_first_change_of_a_day_keeps_the_day_before(cast, plan) -> None:
    write_plan(plan=plan, year=YEAR, code="begin", text="Een", by=cast.head)
    write_plan(plan=plan, year=YEAR, code="begin", text="Twee", by=cast.head)
    assert not versions_of(cast.head, plan).filter(reason=VersionReason.READ_IN).exists()
    PlanVersion.objects.all().update(made_at="2020-01-01T00:00Z")
    write_plan(plan=plan, year=YEAR, code="begin", text="Drie", by=cast.head)
    newest = versions_of(cast.head, plan).first()
    assert (newest.reason, newest.body["texts"]) == (VersionReason.DAILY, {"begin": "Twee"})
    (change,) = changes_since(seen(cast, cast.head), newest)
    assert list(change.pieces) == [("gone", "Twee"), ("new", "Drie")]


def test_a_plan_is_sent_agreed_with_and_changed(cast, plan) -> None:
    with pytest.raises(Sentence):
        send_plan(plan=plan, year=YEAR, by=cast.manager)
    write_plan(plan=plan, year=YEAR, code="begin", text="Goed", by=cast.manager)
    assert seen(cast, cast.head).state is PlanState.DRAFT
    send_plan(plan=plan, year=YEAR, by=cast.manager)
    assert seen(cast, cast.head).state is PlanState.SENT
    with pytest.raises(NotAllowed):
        approve_plan(plan=plan, year=YEAR, by=cast.manager)
    approve_plan(plan=plan, year=YEAR, by=cast.head)
    assert seen(cast, cast.head).state is PlanState.APPROVED
    write_plan(plan=plan, year=YEAR, code="begin", text="Nog beter", by=cast.manager)
    view = seen(cast, cast.head)
    assert (view.state, view.approval.approved_by) == (PlanState.CHANGED, cast.head.name)
    write_plan(plan=plan, year=YEAR, code="begin", text="Goed", by=cast.manager)
    assert seen(cast, cast.head).state is PlanState.APPROVED


def test_a_goal_or_activity_after_the_agreement_shows_as_a_change(cast, plan) -> None:
    write_plan(plan=plan, year=YEAR, code="begin", text="Goed", by=cast.manager)
    send_plan(plan=plan, year=YEAR, by=cast.manager)
    approve_plan(plan=plan, year=YEAR, by=cast.head)
    agreed = seen(cast, cast.head).approval.version
    row = ActivityRow("Boekenmarkt", Side.PARTNER)
    activity = add_activity(unit=cast.a1, year=YEAR, row=row, by=cast.manager)
    view = seen(cast, cast.head)
    (change,) = changes_since(view, agreed)
    assert (view.state, change.section.shows) == (PlanState.CHANGED, "activities")
    assert list(change.pieces) == [("new", "Boekenmarkt")]
    drop_activities(ids=[activity.pk], by=cast.manager)
    assert seen(cast, cast.head).state is PlanState.APPROVED
    goal = GoalRow("Praten over boeken", Side.PARTNER, GoalKind.CHANGE, YEAR, evidence="Een foto")
    add_goal(unit=cast.a1, year=YEAR, goal=goal, by=cast.head)
    (change,) = changes_since(seen(cast, cast.head), agreed)
    assert list(change.pieces) == [("new", "Praten over boeken (Een foto)")]


def test_an_unknown_section_is_an_error(cast, plan) -> None:
    with pytest.raises(LookupError):
        write_plan(plan=plan, year=YEAR, code="unknown", text="x", by=cast.head)


def test_a_teacher_says_something_and_it_is_settled(cast, plan) -> None:
    comment = add_comment(plan=plan, text="Groep 3 ook?", by=cast.teacher)
    assert [one.text for one in comments_on(cast.manager, plan)] == ["Groep 3 ook?"]
    assert not comments_on(cast.outsider, plan).exists()
    with pytest.raises(NotAllowed):
        settle_comment(comment=comment, by=cast.teacher)
    assert settle_comment(comment=comment, by=cast.head).settled_at


def test_the_next_year_begins_with_last_times_texts(cast) -> None:
    before = begin_plan(unit=cast.a1, kind=PlanKind.YEAR, year=YEAR.previous, by=SYSTEM)
    write_plan(plan=before, year=YEAR.previous, code="begin", text="Vorig jaar", by=SYSTEM)
    begin_plan(unit=cast.a1, kind=PlanKind.YEAR, year=YEAR, by=cast.head, copy_texts=True)
    assert seen(cast, cast.head).texts[0].text == "Vorig jaar"


def test_last_years_activities_come_along_once(cast) -> None:
    day = YEAR.previous.starts_on.replace(month=10, day=7)
    row = ActivityRow("Boekenkring", Side.LIBRARY, from_on=day, times=2)
    made = add_activity(unit=cast.a1, year=YEAR.previous, row=row, by=SYSTEM)
    continue_goals(unit=cast.a1, year=YEAR, by=cast.head)
    (copy,) = copy_activities(unit=cast.a1, year=YEAR, by=cast.head)
    assert (copy.follows_id, copy.from_on.weekday(), copy.done_on) == (made.pk, day.weekday(), None)
    assert copy_activities(unit=cast.a1, year=YEAR, by=cast.head) == []
    assert activities_of(cast.head, cast.a1, YEAR).count() == 1


# Word


def a_word_file(*pieces: tuple[str, str]) -> bytes:
    word = open_word()
    word.add_paragraph("Basisschool De Regenboog")
    for heading, text in pieces:
        word.add_heading(heading, 1)
        word.add_paragraph(text)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def test_headings_go_to_sections_and_nothing_is_lost(cast) -> None:
    content = a_word_file(
        ("1. Visie op lezen", "Elk kind leest."),
        ("Aanleiding", "Wij begonnen in 2019."),
        ("Rooster van de conciërge", "Maandag tot en met vrijdag."),
    )
    template, _version = template_of(PlanKind.POLICY)
    parts = map_to_sections(template, read_word(content))
    assert [(one.heading, one.code) for one in parts] == [
        ("", OTHER.code),
        ("1. Visie op lezen", "vision"),
        ("Aanleiding", "reason"),
        ("Rooster van de conciërge", OTHER.code),
    ]
    policy = begin_plan(unit=cast.a1, kind=PlanKind.POLICY, year=YEAR, by=cast.head)
    write_plan(plan=policy, year=YEAR, code="vision", text="Stond er al.", by=cast.head)
    view = seen(cast, cast.head, PlanKind.POLICY)
    read_plan_in(plan=policy, year=YEAR, texts=texts_of(parts, view.texts), by=cast.head)
    texts = {one.section.code: one.text for one in seen(cast, cast.head, PlanKind.POLICY).texts}
    assert texts["vision"] == "Stond er al.\n\n1. Visie op lezen\nElk kind leest."
    assert texts["reason"] == "Wij begonnen in 2019."
    everything = "\n".join(texts.values())
    for words in ("Basisschool De Regenboog", "Rooster van de conciërge", "Maandag tot en met vrijdag."):
        assert words in everything


@pytest.mark.parametrize("content", [b"", b"geen word", b"PK\x03\x04kapot"])
def test_what_is_no_word_file_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(Sentence):
        read_word(content)


def test_word_out_and_in_is_the_same_text(cast, plan) -> None:
    write_plan(
        plan=plan, year=YEAR, code="begin", text="Wij lezen <graag> & veel.\n\nElke dag.", by=cast.head
    )
    add_activity(unit=cast.a1, year=YEAR, row=ActivityRow("Boekenkring", Side.LIBRARY), by=cast.head)
    read = dict(read_word(to_word(plan_document(cast.head, cast.a1, seen(cast, cast.head)))))
    assert read["Waar we staan"] == "Wij lezen <graag> & veel.\nElke dag."
    assert "Boekenkring" in read["Activiteiten"]


@given(before=st.text(max_size=60), after=st.text(max_size=60))
def test_a_difference_holds_both_texts(before: str, after: str) -> None:
    pieces = words_changed(before, after)
    assert "".join(text for how, text in pieces if how != "new") == before
    assert "".join(text for how, text in pieces if how != "gone") == after


def test_what_is_said_about_no_section_is_about_the_plan(cast, plan) -> None:
    for code in ("goals", "unknown"):
        assert add_comment(plan=plan, text="Mooi", code=code, by=cast.teacher).code == ""
