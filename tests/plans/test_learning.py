"""The learning goals of a school: the rule, what an activity serves, what the school does itself, and the page."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.core.access import NotAllowed
from leesbouw.core.content import all_current
from leesbouw.core.time import SchoolYear
from leesbouw.plans.actions import (
    ActivityRow,
    add_activity,
    copy_activities,
    finish_activity,
    mark_learning,
)
from leesbouw.plans.domain.learning import Reach, Serving, learning_cells
from leesbouw.plans.enums import Audience, Side
from leesbouw.plans.models import LearningMark, PlannedActivity
from leesbouw.plans.queries import FORMS, LEARNING, activities_of, learning_matrix

YEAR = SchoolYear.running()
PAGE = "/school/99AA00/leerdoelen/"
OURS = f"{PAGE}zelf/"
GROUPS = st.lists(st.integers(1, 8), unique=True)
SERVINGS = st.builds(
    Serving, st.sets(st.sampled_from("abc")), GROUPS, st.sets(st.integers(1, 8)), st.booleans()
)


@given(
    st.dictionaries(st.sampled_from("abc"), GROUPS),
    st.lists(SERVINGS),
    st.sets(st.tuples(st.sampled_from("abc"), st.integers(1, 8))),
)
def test_a_cell_says_the_strongest_thing_that_is_so(goals, servings, ours) -> None:  # type: ignore[no-untyped-def]
    cells = learning_cells(goals, range(1, 9), servings, ours)
    assert set(cells) == {(goal, group) for goal, groups in goals.items() for group in groups}
    for (goal, group), cell in cells.items():
        mine = [one for one in servings if goal in one.goals]
        reached = [one for one in mine if not one.groups or group in one.groups or group in one.done_in]
        assert cell.planned + cell.done == len(reached)
        assert (cell.reach is Reach.GAP) == (not reached and (goal, group) not in ours)
        assert (cell.reach is Reach.OURSELVES) == (not reached and (goal, group) in ours)


def test_a_visit_does_one_group_and_ticking_off_all() -> None:
    goals = {"a": (5, 6)}
    half = learning_cells(goals, (5, 6), [Serving({"a"}, (5, 6), {5})])
    assert [half["a", group].reach for group in (5, 6)] == [Reach.DONE, Reach.PLANNED]
    whole = learning_cells(goals, (5, 6), [Serving({"a"}, (5, 6), {5}, is_done=True)])
    assert [whole["a", group].reach for group in (5, 6)] == [Reach.DONE, Reach.DONE]


def test_every_learning_goal_names_forms_that_are_there(db) -> None:  # type: ignore[no-untyped-def]
    known, codes = all_current(FORMS), []
    for item in all_current(LEARNING).values():
        assert item.source
        assert item.status == "voorbeeld"
        for goal in item.body.goals:
            codes.append(goal.code)
            for form in goal.forms:
                assert set(known[form].body.sectors) & set(item.body.sectors), (goal.code, form)
    assert len(codes) == len(set(codes)) == 25


def reach(cast, goal: str, group: int, by: str = "manager") -> Reach:  # type: ignore[no-untyped-def]
    rows = learning_matrix(getattr(cast, by), cast.a1, YEAR)
    return next(row for row in rows if row.goal.code == goal).cells[group].reach


def plan(cast, **more: object) -> PlannedActivity:  # type: ignore[no-untyped-def]
    row = ActivityRow("Iets met boeken", Side.TOGETHER, **more)  # type: ignore[arg-type]
    return add_activity(unit=cast.a1, year=YEAR, row=row, by=cast.manager)


def test_an_activity_serves_what_its_form_does_until_it_says_so_itself(cast) -> None:
    by_form = plan(cast, form="book-circle", groups=(5,))
    assert reach(cast, "talks-about-books", 5) is Reach.PLANNED
    assert reach(cast, "talks-about-books", 6) is Reach.GAP
    finish_activity(activity=by_form, by=cast.manager)
    assert reach(cast, "talks-about-books", 5, by="teacher") is Reach.DONE
    plan(cast, form="book-circle", groups=(6,), learning=("grows-words", "no-such-goal"))
    assert reach(cast, "talks-about-books", 6) is Reach.GAP
    assert reach(cast, "grows-words", 6) is Reach.PLANNED


def test_what_is_for_teachers_or_another_year_serves_no_child_now(cast) -> None:
    plan(cast, form="book-circle", audience=Audience.TEACHERS)
    row = ActivityRow("Boekenkring", Side.TOGETHER, form="book-circle")
    add_activity(unit=cast.a1, year=YEAR.next, row=row, by=cast.manager)
    assert reach(cast, "talks-about-books", 5) is Reach.GAP


def test_what_an_activity_serves_goes_along_to_the_next_year(cast) -> None:
    plan(cast, learning=("judges",))
    copy_activities(unit=cast.a1, year=YEAR.next, by=cast.manager)
    assert activities_of(cast.manager, cast.a1, YEAR.next).get().learning == ["judges"]


def test_a_teacher_marks_what_the_school_does_itself(cast) -> None:
    pairs = {("judges", 7), ("judges", 8), ("judges", 1), ("unknown", 7)}
    assert mark_learning(unit=cast.a1, year=YEAR, ours=pairs, by=cast.teacher) == {
        ("judges", 7),
        ("judges", 8),
    }
    assert reach(cast, "judges", 7) is Reach.OURSELVES
    mark_learning(unit=cast.a1, year=YEAR, ours={("judges", 7)}, by=cast.head)
    rows = LearningMark.objects.visible_to(cast.manager)
    assert [(row.group, row.marked_by) for row in rows] == [(7, cast.teacher.name)]
    for name, year in (("board", YEAR), ("other_head", YEAR), ("outsider", YEAR), ("head", YEAR.previous)):
        with pytest.raises(NotAllowed):
            mark_learning(unit=cast.a1, year=year, ours=(), by=getattr(cast, name))
    assert not LearningMark.objects.visible_to(cast.outsider).exists()


@pytest.mark.parametrize(
    ("name", "reads", "marks"),
    [
        ("manager", 200, 200),
        ("consultant", 200, 200),
        ("head", 200, 200),
        ("teacher", 200, 200),
        ("board", 200, 404),
        ("municipality", 403, 403),
        ("other_head", 404, 404),
        ("outsider", 404, 404),
    ],
)
def test_who_reads_and_who_marks(cast, client_for, name: str, reads: int, marks: int) -> None:
    client = client_for(getattr(cast, name))
    assert [client.get(url).status_code for url in (PAGE, OURS)] == [reads, marks]


def test_child_care_has_no_learning_goals(cast, client_for) -> None:
    client = client_for(cast.manager)
    care = "/kinderopvang/999000001/"
    assert [client.get(f"{care}leerdoelen/{end}").status_code for end in ("", "zelf/")] == [404, 404]
    assert "leerdoelen" not in client.get(f"{care}plan/jaarplan/{YEAR}/").content.decode()


def test_from_a_gap_to_the_year_plan(cast, client_for) -> None:
    client = client_for(cast.head)
    page = client.get(PAGE).content.decode()
    new = f"/school/99AA00/jaarplan/nieuw/?groep=5&amp;leerdoel=judges&amp;jaar={YEAR}"
    assert f'href="{new}"' in page
    assert "jaarplan/nieuw" not in client_for(cast.teacher).get(PAGE).content.decode()
    form = client.get(new.replace("&amp;", "&"))
    body = form.content.decode()
    assert form.context["form"].initial["groups"] == ["5"]
    assert form.context["form"].initial["learning"] == ["judges"]
    ideas = {one.code for one, _url in form.context["ideas"]}
    assert ideas == {"facts-duel", "search-lesson", "media-literacy-week"}
    assert "activiteit=search-lesson" in body
    sent = {
        "what": "Klopt dat?",
        "side": "together",
        "audience": "children",
        "groups": ["5"],
        "learning": ["judges"],
    }
    assert client.post(new.replace("&amp;", "&"), sent).status_code == 302
    assert reach(cast, "judges", 5) is Reach.PLANNED
    made = activities_of(cast.head, cast.a1, YEAR).get()
    edit = client.get(f"/school/99AA00/jaarplan/{made.pk}/wijzigen/")
    assert edit.context["form"].initial["learning"] == ["judges"]


def test_marks_are_kept_by_the_page(cast, client_for) -> None:
    client = client_for(cast.teacher)
    assert client.post(OURS, {"leerdoel_judges": ["7", "8"]}).status_code == 302
    assert reach(cast, "judges", 8) is Reach.OURSELVES
    assert client.get(OURS).content.decode().count("checked") == 2


def test_the_matrix_as_a_file(cast, client_for) -> None:
    plan(cast, form="book-circle", groups=(5,))
    answer = client_for(cast.head).get(f"{PAGE.rstrip('/')}.csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Leerdoel", *(f"Groep {group}" for group in range(1, 9))]
    told = {row[0]: row[1:] for row in rows[1:]}
    assert told["Lezen: Praten over boeken"][4:6] == ["gepland", "nog niets"]
    assert told["Lezen: Plezier in lezen"][0] == ""
    assert client_for(cast.head).get(f"{PAGE.rstrip('/')}.xlsx").status_code == 200


def test_the_bouwstenen_and_the_plan_show_the_way(cast, client_for) -> None:
    client = client_for(cast.head)
    for block in ("plan", "activities", "digital"):
        assert PAGE in client.get(f"/school/99AA00/bouwstenen/{block}/").content.decode()
    assert PAGE not in client.get("/school/99AA00/bouwstenen/collection/").content.decode()
    assert PAGE in client.get(f"/school/99AA00/plan/jaarplan/{YEAR}/").content.decode()


def test_the_page_costs_the_same_for_one_and_three(cast, client_for, queries_of) -> None:
    client = client_for(cast.manager)
    plan(cast, form="book-circle", groups=(5,))
    few = queries_of(client, PAGE)
    for group in (6, 7):
        plan(cast, form="book-circle", groups=(group,), learning=("judges",))
    assert queries_of(client, PAGE) == few <= 14
