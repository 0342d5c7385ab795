"""Pages of what came of a year: who reads them, what stands in them, sheets and papers."""

from __future__ import annotations

import io

import pytest
from docx import Document as open_word

from leesbouw.activities.actions import PAPER_JOB, count_year
from leesbouw.core.access import SYSTEM
from leesbouw.core.jobs import Job, State, work_off
from leesbouw.core.time import SchoolYear
from leesbouw.plans.actions import GoalRow, add_goal
from leesbouw.plans.enums import GoalKind, Side

YEAR = SchoolYear.running()
MUNICIPALITY = "/gemeente/9901/terugblik/"
NAMES = ("De Regenboog", "Pinkeltje")


@pytest.fixture
def counted(cast):  # type: ignore[no-untyped-def]
    for where in (cast.a1, cast.k1):
        goal = GoalRow("Elke week praten", Side.TOGETHER, GoalKind.CHANGE, YEAR, evidence="Een foto")
        add_goal(unit=where, year=YEAR, goal=goal, by=SYSTEM)
    count_year(year=YEAR, by=SYSTEM)
    return cast


@pytest.mark.parametrize(
    ("name", "library", "municipality"),
    [
        ("manager", 200, 200),
        ("director", 200, 200),
        ("municipality", 404, 200),
        ("board", 404, 200),
        ("consultant", 403, 403),
        ("head", 403, 403),
        ("outsider", 403, 403),
        ("other_library", 200, 404),
    ],
)
def test_who_reads_what(counted, client_for, name: str, library: int, municipality: int) -> None:
    client = client_for(getattr(counted, name))
    for path in ("/terugblik/", "/terugblik.csv"):
        assert client.get(path).status_code == library, path
    asked = client.post("/terugblik/samen/docx/").status_code
    assert asked == (302 if library == 200 else library)
    assert Job.objects.filter(kind=PAPER_JOB).count() == (library == 200)
    for path in ("", "terugblik.pdf", "terugblik.docx"):
        assert client.get(MUNICIPALITY + path).status_code == municipality, path


def test_the_library_sees_its_locations_and_no_others(counted, client_for) -> None:
    page = client_for(counted.manager).get("/terugblik/").content.decode()
    assert all(name in page for name in NAMES)
    assert "Berkencollege" not in page
    assert MUNICIPALITY in page
    assert "Berkencollege" in client_for(counted.other_library).get("/terugblik/").content.decode()
    one = client_for(counted.manager).get("/terugblik/?soort=ko").content.decode()
    assert "De Regenboog" not in one
    assert "0 van 0" in one


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_paper_of_a_library_waits_under_its_tasks(counted, client_for, form: str) -> None:
    client = client_for(counted.manager)
    client.post(f"/terugblik/samen/{form}/?jaar={YEAR}")
    work_off()
    job = Job.objects.get(kind=PAPER_JOB)
    assert (job.state, job.done, job.total) == (State.DONE, 2, 2)
    file = b"".join(client.get(f"/bestand/{job.result_file.pk}/").streaming_content)
    if form == "pdf":
        assert file.startswith(b"%PDF")
        return
    word = open_word(io.BytesIO(file))
    headings = [one.text for one in word.paragraphs if one.style.name.startswith("Heading")]
    assert headings == ["In het kort", "Alles samen", "Per locatie"]
    summed, by_location = word.tables
    assert [cell.text for cell in summed.rows[1].cells] == ["Doelen gesteld", "2"]
    names = [row.cells[0].text for row in by_location.rows]
    assert names[0] == "Locatie"
    assert set(NAMES) < set(names)
    assert "Berkencollege" not in names


def test_another_format_is_refused_in_a_sentence(counted, client_for) -> None:
    answer = client_for(counted.manager).post("/terugblik/samen/rtf/", follow=True)
    assert "In dit formaat maken we het niet." in answer.content.decode()
    assert not Job.objects.exists()


def test_a_municipality_reads_no_school_by_name(counted, client_for) -> None:
    client = client_for(counted.municipality)
    page = client.get(MUNICIPALITY)
    word = open_word(io.BytesIO(client.get(f"{MUNICIPALITY}terugblik.docx").content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    sheet = client.get("/gemeente/9901/terugblik.csv").getvalue().decode()
    for text in (page.content.decode(), " ".join(cells + [one.text for one in word.paragraphs]), sheet):
        assert not any(name in text for name in NAMES)
    assert "Doelen gesteld;Doelen;2" in sheet
    assert cells[:4] == ["", str(YEAR), "Doelen gesteld", "2"]


def test_a_municipality_with_one_location_reads_why_not(counted, client_for) -> None:
    page = client_for(counted.other_library).get("/gemeente/9902/terugblik/").content.decode()
    assert "te weinig locaties" in page


def test_questions_do_not_grow_with_rows(counted, client_for, queries_of) -> None:
    client = client_for(counted.manager)
    few = queries_of(client, "/terugblik/")
    for number in range(2):
        goal = GoalRow(f"Doel {number}", Side.TOGETHER, GoalKind.CHANGE, YEAR, evidence="Een foto")
        add_goal(unit=counted.a1, year=YEAR, goal=goal, by=SYSTEM)
    assert queries_of(client, "/terugblik/") == few <= 27
    assert queries_of(client_for(counted.municipality), MUNICIPALITY) <= 9


@pytest.mark.parametrize(
    ("name", "status"),
    [("manager", 200), ("consultant", 200), ("head", 200), ("other_head", 404), ("municipality", 403)],
)
def test_hours_at_a_location(counted, client_for, name: str, status: int) -> None:
    assert client_for(getattr(counted, name)).get("/school/99AA00/uren/").status_code == status
