"""Pages of the bouwstenen: the wall, one bouwsteen, its forms, and the matrix."""

from __future__ import annotations

import csv
import io

import pytest

from leesbouw.core.time import SchoolYear
from leesbouw.plans.actions import Assessment, EvidenceRow, add_evidence, assess_block
from leesbouw.plans.enums import BlockStatus, EvidenceKind
from leesbouw.plans.models import BlockEvidence, BlockYear
from leesbouw.plans.queries import actions_for, evidence_of, standing_of

YEAR = SchoolYear.running()
WALL = "/school/99AA00/bouwstenen/"
ONE = f"{WALL}collection/"


@pytest.fixture
def shown(cast) -> BlockEvidence:  # type: ignore[no-untyped-def]
    evidence = EvidenceRow(EvidenceKind.NOTE, "Gezien <b>in</b> groep 5", name="de directeur")
    return add_evidence(unit=cast.a1, code="collection", year=YEAR, evidence=evidence, by=cast.manager)


@pytest.mark.parametrize(
    ("name", "reads", "writes"),
    [
        ("manager", 200, 200),
        ("consultant", 200, 200),
        ("head", 200, 200),
        ("board", 200, 403),
        ("administrator", 200, 403),
        ("teacher", 403, 403),
        ("municipality", 403, 403),
        ("other_head", 404, 404),
        ("outsider", 404, 404),
    ],
)
def test_who_reads_and_who_writes(cast, client_for, name: str, reads: int, writes: int) -> None:
    client = client_for(getattr(cast, name))
    assert [client.get(url).status_code for url in (WALL, ONE)] == [reads, reads]
    forms = (f"{ONE}stand/", f"{ONE}bewijs/", f"{ONE}oplossing/involve-teachers/")
    assert [client.get(url).status_code for url in forms] == [writes] * 3


def test_what_is_not_there_is_not_found(cast, client_for) -> None:
    client = client_for(cast.manager)
    for url in (f"{WALL}logistics/", f"{ONE}oplossing/unknown/", "/kinderopvang/99AA00/bouwstenen/"):
        assert client.get(url).status_code == 404


def test_the_form_writes_status_practices_and_challenges(cast, client_for, shown) -> None:
    answer = client_for(cast.head).post(
        f"{ONE}stand/",
        {
            "request_id": "een",
            "version": "0",
            "status": "2",
            "agreed": "2",
            "note": "Nieuwe kasten in januari.",
            "praktijk_books-per-pupil": "yes",
            "praktijk_inviting-place": "partly",
            "lastig_school": ["no-room"],
        },
        follow=True,
    )
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == ONE
    assert "Nieuwe kasten in januari." in page
    assert "Er is op school geen plek voor een schoolbibliotheek." in page
    row = BlockYear.objects.get(unit=cast.a1.pk)
    assert (row.status, row.agreed, row.challenges) == (2, 2, ["no-room"])
    assert row.checks["books-per-pupil"] == "yes"


def test_without_evidence_the_form_says_what_to_do(cast, client_for) -> None:
    answer = client_for(cast.head).post(f"{ONE}stand/", {"version": "0", "status": "3", "agreed": "0"})
    assert "Voeg eerst bewijs toe" in answer.content.decode()
    assert not BlockYear.objects.exists()


def test_a_new_year_begins_with_what_was_said_last_year(cast, client_for) -> None:
    BlockYear.objects.create(
        unit_id=cast.a1.pk,
        block="collection",
        year=YEAR.previous,
        agreed=3,
        note="Oud",
        challenges=["no-room"],
    )
    form = client_for(cast.head).get(f"{ONE}stand/").context["form"]
    assert (form.initial["agreed"], form.initial["note"]) == (3, "")
    assert form["lastig_school"].initial == ["no-room"]


def test_evidence_is_added_shown_as_text_and_taken_away_with_a_way_back(cast, client_for, shown) -> None:
    client = client_for(cast.head)
    client.post(
        f"{ONE}bewijs/", {"kind": "link", "text": "Leesplan", "url": "https://voorbeeld.example/plan"}
    )
    page = client.get(ONE).content.decode()
    assert "Gezien &lt;b&gt;in&lt;/b&gt; groep 5" in page
    assert 'href="https://voorbeeld.example/plan"' in page

    answer = client.post(f"{ONE}bewijs/{shown.pk}/weg/", {"request_id": "een"}, follow=True)
    assert "/ongedaan/" in answer.content.decode()
    assert [one.text for one in evidence_of(cast.head, cast.a1, YEAR)] == ["Leesplan"]


def test_an_address_that_would_run_something_is_refused(cast, client_for) -> None:
    answer = client_for(cast.head).post(
        f"{ONE}bewijs/", {"kind": "link", "text": "Leesplan", "url": "javascript:alert(1)"}
    )
    assert answer.status_code == 200
    assert not BlockEvidence.objects.exists()


def test_a_solution_becomes_an_action_on_the_list(cast, client_for) -> None:
    client = client_for(cast.consultant)
    url = f"{ONE}oplossing/involve-teachers/"
    begin = client.get(url).context["form"].initial
    client.post(url, {"what": begin["what"], "side": begin["side"], "request_id": "een"})
    assert [action.what for action in actions_for(cast.consultant)] == [begin["what"]]
    assert begin["what"] in client.get(ONE).content.decode()


def test_a_year_that_is_over_is_read_and_not_written(cast, client_for) -> None:
    client = client_for(cast.head)
    year = f"?jaar={YEAR.previous}"
    assert "Vul in hoe het staat" in client.get(ONE).content.decode()
    assert "Vul in hoe het staat" not in client.get(ONE + year).content.decode()
    assert client.get(f"{ONE}stand/{year}").status_code == 404
    assert f'href="{ONE}{year}"' in client.get(WALL + year).content.decode()


def test_the_school_page_shows_the_wall(cast, client_for) -> None:
    assess_block(
        unit=cast.a1,
        code="monitor",
        year=YEAR,
        assessment=Assessment(BlockStatus.PREPARING),
        by=cast.manager,
    )
    for name, there in (("head", True), ("consultant", True), ("municipality", False)):
        page = client_for(getattr(cast, name)).get("/school/99AA00/").content.decode()
        assert (f'href="{WALL}monitor/"' in page) is there
    assert standing_of(cast.head, cast.a1, "monitor", YEAR).status == BlockStatus.PREPARING


def test_the_library_has_three_of_its_own(cast, client_for) -> None:
    client = client_for(cast.manager)
    url = f"/bibliotheek/{cast.library_a.code}/bouwstenen/"
    page = client.get(url)
    assert [one.block.code for one in page.context["standings"]] == ["logistics", "operation", "marketing"]
    assert client.get(f"{url}logistics/").status_code == 200
    assert f'href="{url}"' in client.get("/bouwstenen/").content.decode()
    assert client_for(cast.head).get(url).status_code == 404


# The matrix


@pytest.fixture
def told(cast):  # type: ignore[no-untyped-def]
    assess_block(
        unit=cast.a1,
        code="collection",
        year=YEAR,
        assessment=Assessment(BlockStatus.PREPARING),
        by=cast.manager,
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("?bouwsteen=status_collection&stand=1", True),
        ("?bouwsteen=status_collection&stand=2", False),
        ("?bouwsteen=status_monitor&stand=none", True),
        ("?stand=1", True),
        ("?stand=3", False),
    ],
)
def test_one_looks_where_it_is_stuck(cast, client_for, told, query: str, found: bool) -> None:
    page = client_for(cast.manager).get(f"/bouwstenen/{query}").content.decode()
    assert (f'href="{WALL}"' in page) is found


def test_the_matrix_is_exported_with_its_words(cast, client_for, told) -> None:
    answer = client_for(cast.manager).get("/bouwstenen.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert {row["Naam"]: row["Leesomgeving en collectie"] for row in rows}[cast.a1.name] == "in voorbereiding"


def test_child_care_has_a_matrix_of_its_own(cast, client_for) -> None:
    page = client_for(cast.manager).get("/bouwstenen/kinderopvang/").content.decode()
    assert cast.k1.name in page
    assert cast.a1.name not in page
