"""Pages of goals and plans: who reads, who writes, autosave, both texts, files, and the head's agreement."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as open_word

from leesbouw.core.access import SYSTEM
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.models import Finding
from leesbouw.organisations.actions import YearRow, write_location_years
from leesbouw.organisations.models import Location
from leesbouw.plans.actions import (
    ActivityRow,
    EvaluationRow,
    GoalRow,
    add_activity,
    add_goal,
    begin_plan,
    evaluate_goal,
    send_plan,
    write_plan,
)
from leesbouw.plans.enums import Decision, GoalKind, GoalOrigin, PlanKind, Side
from leesbouw.plans.models import Goal, PlanField, PlannedActivity, Structural
from leesbouw.plans.queries import proposal_of
from leesbouw.pupils.models import Pupil
from leesbouw.rendering.word import read_word

from ..indicators.cells import SHARE, close, share

YEAR = SchoolYear.running()
SCHOOL = "/school/99AA00/"
PLAN = f"{SCHOOL}plan/jaarplan/{YEAR}/"
POLICY = f"{SCHOOL}plan/leesbeleidsplan/{YEAR}/"


def goal_of(cast, **more: object) -> Goal:  # type: ignore[no-untyped-def]
    row = GoalRow("Praten over boeken", Side.PARTNER, GoalKind.CHANGE, YEAR, evidence="Een foto", **more)  # type: ignore[arg-type]
    return add_goal(unit=cast.a1, year=YEAR, goal=row, by=cast.manager)


@pytest.fixture
def written(cast):  # type: ignore[no-untyped-def]
    plan = begin_plan(unit=cast.a1, kind=PlanKind.YEAR, year=YEAR, by=cast.head)
    write_plan(plan=plan, year=YEAR, code="begin", text="Goed <b>begonnen</b>", by=cast.head)
    return plan


@pytest.mark.parametrize(
    ("name", "reads", "writes"),
    [
        ("manager", 200, 200),
        ("consultant", 200, 200),
        ("head", 200, 200),
        ("teacher", 200, 403),
        ("board", 200, 403),
        ("municipality", 403, 403),
        ("other_head", 404, 404),
        ("outsider", 404, 404),
    ],
)
def test_who_reads_and_who_writes(cast, client_for, written, name: str, reads: int, writes: int) -> None:
    goal, client = goal_of(cast), client_for(getattr(cast, name))
    pages = (
        "plannen/",
        "doelen/",
        f"doelen/{goal.pk}/",
        f"plan/jaarplan/{YEAR}/",
        f"plan/jaarplan/{YEAR}/versies/",
    )
    assert [client.get(SCHOOL + page).status_code for page in pages] == [reads] * 5
    forms = ("doelen/nieuw/", f"doelen/{goal.pk}/wijzigen/", "jaarplan/nieuw/", "jaarplan/rooster/")
    assert [client.get(SCHOOL + page).status_code for page in forms] == [writes] * 4


def test_what_is_not_there_is_not_found(cast, client_for, written) -> None:
    client = client_for(cast.manager)
    for page in (
        f"plan/voorleesplan/{YEAR}/",
        f"plan/onbekend/{YEAR}/",
        "plan/jaarplan/geen-jaar/",
        f"plan/jaarplan/{YEAR}/onderdeel/goals/",
        f"plan/mediaplan/{YEAR}/plan.pdf",
        "doelen/999999/",
    ):
        assert client.get(SCHOOL + page).status_code == 404, page


def test_a_goal_is_set_in_the_browser(cast, client_for) -> None:
    values = {
        "request_id": "een",
        "what": "Elke groep een boekenkring",
        "kind": "change",
        "evidence": "In elk rooster te zien",
        "owner": "partner",
        "audience": "teachers",
        "groups": ["5", "6"],
        "last_year": str(YEAR),
    }
    answer = client_for(cast.head).post(f"{SCHOOL}doelen/nieuw/", values)
    goal = Goal.objects.get()
    assert answer["Location"] == f"{SCHOOL}doelen/{goal.pk}/"
    assert (goal.what, goal.groups, goal.owner) == ("Elke groep een boekenkring", [5, 6], "partner")


def test_a_finding_fills_in_figure_and_target(cast, client_for) -> None:
    rows = [YearRow(one.pk, pupils=205) for one in Location.objects.all()]
    write_location_years(rows, year=YEAR.previous, by=SYSTEM)
    close(cast.a1, share(60, 100), year=YEAR.previous)
    finding = Finding.objects.create(
        unit=cast.a1, year=YEAR.previous, code=SHARE, measure_version=1, direction="down", against="earlier",
        value=0.6, base=100,
    )  # fmt: skip
    client = client_for(cast.consultant)
    page = client.get(f"{SCHOOL}doelen/nieuw/?cijfer={SHARE}").content.decode()
    assert '<option value="reading-pleasure" selected>' in page
    assert 'value="70' in page
    values = {
        "request_id": "twee",
        "what": "Meer leesplezier",
        "kind": "measured",
        "measure": SHARE,
        "target": "70",
        "owner": "together",
        "audience": "children",
        "last_year": str(YEAR),
    }
    client.post(f"{SCHOOL}doelen/nieuw/?cijfer={SHARE}", values)
    goal = Goal.objects.get()
    assert (goal.finding_id, goal.origin, goal.baseline, goal.target) == (
        finding.pk,
        GoalOrigin.FINDING,
        0.6,
        0.7,
    )
    assert "60%" in client.get(f"{SCHOOL}doelen/{goal.pk}/").content.decode()


def test_a_goal_from_the_measurement_of_this_year_lasts_until_the_next(cast) -> None:
    for year in (YEAR.previous, YEAR):
        rows = [YearRow(one.pk, pupils=205) for one in Location.objects.all()]
        write_location_years(rows, year=year, by=SYSTEM)
    close(cast.a1, share(60, 100), year=YEAR.previous)
    assert proposal_of(cast.consultant, cast.a1, SHARE, YEAR)["last_year"] == str(YEAR)
    close(cast.a1, share(60, 100), year=YEAR)
    assert proposal_of(cast.consultant, cast.a1, SHARE, YEAR)["last_year"] == str(YEAR.next)


def test_an_activity_and_the_habits_are_written_down(cast, client_for) -> None:
    goal, client = goal_of(cast), client_for(cast.head)
    values = {
        "request_id": "drie",
        "what": "Boekenkring",
        "goal": str(goal.pk),
        "audience": "children",
        "side": "library",
        "who": "",
        "times": "3",
        "hours": "4,5",
    }
    client.post(f"{SCHOOL}jaarplan/nieuw/", values)
    row = PlannedActivity.objects.visible_to(cast.head).get()
    assert (row.what, row.goal_id, str(row.hours)) == ("Boekenkring", goal.pk, "4.50")
    page = client.get(PLAN).content.decode()
    assert "Boekenkring" in page
    client.post(
        f"{SCHOOL}jaarplan/rooster/", {"request_id": "vier", "free-5-afspraak": "75", "free-5-echt": "60"}
    )
    assert list(Structural.objects.values_list("group", "agreed", "real")) == [(5, 75, 60)]


def autosave(client, text: str, version: int, page: str = PLAN):  # type: ignore[no-untyped-def]
    return client.post(
        f"{page}onderdeel/begin/",
        {"text": text, "version": str(version)},
        headers={"X-Requested-With": "autosave"},
    )


def test_a_text_is_kept_while_one_writes(cast, client_for) -> None:
    client = client_for(cast.consultant)
    answer = autosave(client, "Eerste zin.", 0)
    assert (answer.status_code, answer.json()) == (200, {"version": 1})
    assert autosave(client, "Eerste zin. Tweede.", 1).json() == {"version": 2}
    assert PlanField.objects.get().text == "Eerste zin. Tweede."


def test_the_same_field_twice_shows_both(cast, client_for, written) -> None:
    client = client_for(cast.consultant)
    assert autosave(client, "Van Ria", 0).status_code == 409
    values = {"request_id": "vijf", "text": "Van Ria", "version": "0"}
    answer = client.post(f"{PLAN}onderdeel/begin/", values)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Van Ria" in page
    assert f"{cast.head.name} bewaarde" in page
    assert "Goed &lt;b&gt;begonnen&lt;/b&gt;" in page
    assert PlanField.objects.get().text == "Goed <b>begonnen</b>"


@pytest.fixture
def noor(cast) -> Pupil:  # type: ignore[no-untyped-def]
    """A child of A1."""
    child = Pupil(location=cast.a1, first_name="Noor", last_name="Bakker", key="1")
    child.save()
    return child


def test_a_text_with_the_name_of_a_child_waits_while_one_writes(cast, client_for, noor) -> None:
    client = client_for(cast.consultant)
    answer = autosave(client, "Noor leest graag.", 0)
    assert (answer.status_code, answer.json()) == (422, {"names": ["Noor"]})
    assert not PlanField.objects.exists()
    sure = {"text": "Noor leest graag.", "version": "0", "sure": "on"}
    kept = client.post(f"{PLAN}onderdeel/begin/", sure, headers={"X-Requested-With": "autosave"})
    assert kept.json() == {"version": 1}
    assert autosave(client, "Noor leest graag. Elke dag.", 1).json() == {"version": 2}  # asked once


def test_every_text_of_a_plan_warns_once_about_the_name_of_a_child(cast, client_for, written, noor) -> None:
    client, goal = client_for(cast.consultant), goal_of(cast)
    planned = add_activity(unit=cast.a1, year=YEAR, row=ActivityRow("Kring", Side.PARTNER), by=cast.manager)
    goal_fields = {
        "kind": "change",
        "evidence": "Foto",
        "owner": "library",
        "audience": "children",
        "last_year": str(YEAR),
    }
    line = {"side": "library", "audience": "children", "version": "1"}
    pages = {
        f"plan/jaarplan/{YEAR}/onderdeel/parents/": {"text": "Met Noor", "version": "0"},
        f"plan/jaarplan/{YEAR}/reactie/": {"text": "En Noor dan?", "code": "begin"},
        "doelen/nieuw/": goal_fields | {"what": "Lezen", "why": "Om Noor"},
        f"doelen/{goal.pk}/wijzigen/": goal_fields | {"what": "Noor leest", "version": "1"},
        f"doelen/{goal.pk}/terugblik/": {"words": "Noor deed mee.", "decision": "stop", "version": "0"},
        f"jaarplan/{planned.pk}/wijzigen/": line | {"what": "Kring", "evaluation": "Noor las voor."},
    }
    for number, (page, values) in enumerate(pages.items()):
        warned = client.post(SCHOOL + page, values | {"request_id": f"w{number}"})
        assert warned.status_code == 200, page
        assert "“Noor” is ook de voornaam van een kind hier" in warned.content.decode(), page
        assert 'name="sure"' in warned.content.decode(), page
        kept = client.post(SCHOOL + page, values | {"request_id": f"k{number}", "sure": "on"})
        assert kept.status_code == 302, page


def test_who_works_elsewhere_learns_no_name(cast, client_for, written, noor) -> None:
    Pupil.objects.trusted("a test").update(location=cast.a2)
    assert autosave(client_for(cast.consultant), "Noor leest graag.", 1).json() == {"version": 2}


def test_the_library_reads_the_policy_and_does_not_write(cast, client_for) -> None:
    client = client_for(cast.consultant)
    assert "<textarea" not in client.get(POLICY).content.decode()
    assert client.post(f"{POLICY}onderdeel/vision/", {"text": "x", "version": "0"}).status_code == 404
    assert "<textarea" in client_for(cast.head).get(POLICY).content.decode()


def test_only_the_head_agrees(cast, client_for, written) -> None:
    send_plan(plan=written, year=YEAR, by=cast.manager)
    assert "plan/jaarplan" in client_for(cast.manager).get(PLAN).content.decode()
    assert client_for(cast.manager).post(f"{PLAN}akkoord/", {"request_id": "zes"}).status_code == 403
    head = client_for(cast.head)
    head.post(f"{PLAN}akkoord/", {"request_id": "zeven"})
    assert cast.head.name in head.get(PLAN).content.decode()


def test_the_plan_leaves_as_word_and_pdf_and_comes_in(cast, client_for, written) -> None:
    client = client_for(cast.head)
    word = client.get(f"{PLAN}plan.docx")
    assert word["Content-Disposition"].startswith('attachment; filename="leesbouw_de-regenboog_jaarplan-')
    assert client.get(f"{PLAN}plan.pdf").content.startswith(b"%PDF")
    file = open_word()
    file.add_heading("Ouders", 1)
    file.add_paragraph("Koffieochtend in februari.")
    out = io.BytesIO()
    file.save(out)
    client.post(
        f"{PLAN}inlezen/", {"request_id": "acht", "file": SimpleUploadedFile("plan.docx", out.getvalue())}
    )
    assert PlanField.objects.get(code="parents").text == "Koffieochtend in februari."
    answer = client.post(
        f"{PLAN}inlezen/", {"request_id": "negen", "file": SimpleUploadedFile("plan.docx", b"geen word")}
    )
    assert answer.status_code == 200
    assert "Word (.docx)" in answer.content.decode()


def test_a_comment_is_shown_and_settled(cast, client_for, written) -> None:
    client_for(cast.teacher).post(
        f"{PLAN}reactie/", {"request_id": "tien", "text": "Groep 3 ook?", "code": "begin"}
    )
    head = client_for(cast.head)
    assert "Groep 3 ook?" in head.get(PLAN).content.decode()


def test_the_plan_page_asks_the_same_number_of_questions(
    cast, client_for, written, django_assert_num_queries
) -> None:
    client = client_for(cast.head)
    goal_of(cast)
    client.get(PLAN)
    with django_assert_num_queries(18):
        client.get(PLAN)
    for _ in range(2):
        goal_of(cast)
    with django_assert_num_queries(18):
        client.get(PLAN)


def test_a_year_is_looked_back_on_with_the_figure_of_its_day(cast, client_for) -> None:
    rows = [YearRow(one.pk, pupils=205) for one in Location.objects.all()]
    for year in (YEAR.previous, YEAR):
        write_location_years(rows, year=year, by=SYSTEM)
    close(cast.a1, share(60, 100), year=YEAR.previous)
    row = GoalRow("Meer leesplezier", Side.TOGETHER, GoalKind.MEASURED, YEAR, measure=SHARE, target=70.0)
    goal = add_goal(unit=cast.a1, year=YEAR, goal=row, by=cast.manager)
    close(cast.a1, share(78, 120), year=YEAR)
    told = EvaluationRow("Vier groepen doen mee.", Decision.CONTINUE)
    evaluate_goal(goal=goal, year=YEAR, evaluation=told, by=cast.head)
    close(cast.a1, share(30, 120), year=YEAR)
    client = client_for(cast.head)
    read = dict(read_word(client.get(f"{SCHOOL}doelen/terugblik.docx").content))
    for words in ("60%", "70%", "65%", "Vier groepen doen mee.", "We gaan ermee door"):
        assert words in read["Meer leesplezier"]
    assert "25%" not in read["Meer leesplezier"]
    assert client.get(f"{SCHOOL}doelen/terugblik.pdf").content.startswith(b"%PDF")
    assert client_for(cast.outsider).get(f"{SCHOOL}doelen/terugblik.pdf").status_code == 404


@pytest.mark.parametrize("year", ["1900-1901", "2199-2200", "2200-2201", "9999"])
def test_a_year_far_away_breaks_no_page(cast, client_for, year: str) -> None:
    client = client_for(cast.consultant)
    for page in ("", "doelen/", "doelen/nieuw/", "plannen/", "bouwstenen/", "jaarplan/rooster/"):
        assert client.get(f"{SCHOOL}{page}?jaar={year}").status_code in (200, 404), page
    assert client.get(f"{SCHOOL}plan/jaarplan/{year}/").status_code == 404
