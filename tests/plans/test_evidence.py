"""Evidence of a bouwsteen as a file or as something in Leesbouw: what is taken, who may fetch it, and who sees what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from leesbouw.core.access import SYSTEM
from leesbouw.core.content import all_current
from leesbouw.core.errors import Sentence
from leesbouw.core.files import StoredFile
from leesbouw.core.registry import records
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Partnership
from leesbouw.plans.actions import (
    Assessment,
    EvidenceRow,
    GoalRow,
    add_evidence,
    add_goal,
    assess_block,
    begin_plan,
    drop_evidence,
)
from leesbouw.plans.enums import BlockStatus, EvidenceKind, GoalKind, PlanKind, Side
from leesbouw.plans.models import BlockEvidence
from leesbouw.plans.queries import factors_of, record_choices, shown_evidence, standing_of
from leesbouw.plans.queries.building import BLOCKS, FACTORS

YEAR = SchoolYear.running()
ONE = "/school/99AA00/bouwstenen/plan/"
PDF = b"%PDF-1.7 een verslag"


def add(cast, by=None, unit=None, **row: object) -> BlockEvidence:  # type: ignore[no-untyped-def]
    evidence = EvidenceRow(**row)  # type: ignore[arg-type]
    return add_evidence(unit=unit or cast.a1, code="plan", year=YEAR, evidence=evidence, by=by or cast.head)


@pytest.fixture
def goal(cast):  # type: ignore[no-untyped-def]
    row = GoalRow("Praten over boeken", Side.PARTNER, GoalKind.CHANGE, YEAR, evidence="Een foto")
    return add_goal(unit=cast.a1, year=YEAR, goal=row, by=cast.head)


def test_every_room_gives_its_records() -> None:
    assert {code for code, _source in records.items()} >= {"goal", "plan", "visit", "talk", "monitor"}


def test_a_goal_shows_it_and_keeps_its_own_name(cast, goal) -> None:
    row = add(cast, kind=EvidenceKind.RECORD, record=f"goal:{goal.pk}")
    assert row.text == ""
    (shown,) = shown_evidence(cast.consultant, cast.a1, [row])
    assert (shown.record.label, shown.record.url) == (goal.what, f"/school/99AA00/doelen/{goal.pk}/")
    assess_block(
        unit=cast.a1, code="plan", year=YEAR, assessment=Assessment(BlockStatus.RUNNING), by=cast.head
    )
    assert standing_of(cast.head, cast.a1, "plan", YEAR).status == BlockStatus.RUNNING
    with pytest.raises(Sentence):
        drop_evidence(evidence=row, year=YEAR, by=cast.head)


def test_plans_and_goals_can_be_chosen(cast, goal) -> None:
    plan = begin_plan(unit=cast.a1, kind=PlanKind.YEAR, year=YEAR, by=cast.head)
    values = {value for _label, pairs in record_choices(cast.head, cast.a1, YEAR) for value, _name in pairs}
    assert values == {f"goal:{goal.pk}", f"plan:{plan.pk}"}
    assert record_choices(cast.head, cast.a1, YEAR.previous.previous) == []


@pytest.mark.parametrize(
    "row",
    [
        {"kind": EvidenceKind.RECORD},
        {"kind": EvidenceKind.RECORD, "record": "goal:999999"},
        {"kind": EvidenceKind.RECORD, "record": "unknown:1"},
        {"kind": EvidenceKind.RECORD, "record": "goal:één"},
        {"kind": EvidenceKind.FILE, "text": "Verslag"},
        {"kind": EvidenceKind.FILE, "text": "Verslag", "file": b"<svg onload=alert(1)>"},
        {"kind": EvidenceKind.FILE, "text": "Verslag", "file": b"\x89PNG\r\n\x1a\nniets"},
        {"kind": EvidenceKind.FILE, "text": "", "file": PDF},
        {"kind": EvidenceKind.LINK, "text": "", "url": "https://voorbeeld.example/"},
    ],
)
def test_what_is_no_evidence_is_refused(cast, row: dict) -> None:
    with pytest.raises(Sentence):
        add(cast, **row)
    assert not BlockEvidence.objects.visible_to(SYSTEM).exists()


def test_a_goal_of_another_school_shows_nothing_here(cast, goal) -> None:
    with pytest.raises(Sentence):
        add_evidence(
            unit=cast.library_a,
            code="logistics",
            year=YEAR,
            evidence=EvidenceRow(EvidenceKind.RECORD, record=f"goal:{goal.pk}"),
            by=cast.manager,
        )


@pytest.mark.parametrize(
    ("name", "status"),
    [("head", 200), ("consultant", 200), ("teacher", 403), ("other_head", 404), ("outsider", 404)],
)
def test_who_fetches_the_file(cast, client_for, name: str, status: int) -> None:
    row = add(cast, kind=EvidenceKind.FILE, text="Het verslag", file=PDF)
    stored = StoredFile.objects.get(pk=row.file_id)
    assert (stored.name, stored.content_type, stored.unit_id) == (
        "plan 99AA00.pdf",
        "application/pdf",
        cast.a1.pk,
    )
    answer = client_for(getattr(cast, name)).get(f"{ONE}bewijs/{row.pk}/bestand/")
    assert answer.status_code == status
    if status == 200:
        assert b"".join(answer.streaming_content) == PDF
        assert answer["Content-Disposition"].startswith("attachment")


def test_a_file_is_not_fetched_by_another_block_or_when_there_is_none(cast, client_for) -> None:
    row = add(cast, kind=EvidenceKind.FILE, text="Het verslag", file=PDF)
    note = add(cast, kind=EvidenceKind.NOTE, text="Gezien", name="de directeur")
    client = client_for(cast.head)
    assert client.get(f"/school/99AA00/bouwstenen/collection/bewijs/{row.pk}/bestand/").status_code == 404
    assert client.get(f"{ONE}bewijs/{note.pk}/bestand/").status_code == 404


def test_on_the_page_a_file_and_a_record(cast, client_for, goal) -> None:
    client = client_for(cast.head)
    paper = SimpleUploadedFile("scan van Jan.pdf", PDF)
    assert (
        client.post(f"{ONE}bewijs/", {"kind": "file", "text": "Verslag <b>", "file": paper}).status_code
        == 302
    )
    assert client.post(f"{ONE}bewijs/", {"kind": "record", "record": f"goal:{goal.pk}"}).status_code == 302
    page = client.get(ONE).content.decode()
    assert "Verslag &lt;b&gt;" in page
    assert "/bestand/" in page
    assert f'href="/school/99AA00/doelen/{goal.pk}/"' in page
    assert "scan van Jan" not in page
    wrong = client.post(f"{ONE}bewijs/", {"kind": "record", "record": "goal:999999"})
    assert wrong.status_code in (200, 422)


def test_who_may_not_see_a_record_still_sees_that_it_is_there(cast, client_for) -> None:
    BlockEvidence.objects.create(
        unit_id=cast.a1.pk,
        block="plan",
        kind=EvidenceKind.RECORD,
        record="talk:999999",
        text="Besproken",
        first_year=YEAR,
        added_on=Partnership.objects.get(pk=cast.with_a1.pk).starts_on + timedelta(days=1),
    )
    page = client_for(cast.head).get(ONE).content.decode()
    assert "Besproken" in page
    assert "Dit mag je zelf niet zien" in page


def test_what_makes_the_difference_stands_on_the_page_with_its_source(cast, client_for) -> None:
    found, source, status = factors_of(standing_of(cast.head, cast.a1, "plan", YEAR).block)
    assert len(found) == 2
    assert status == "voorbeeld"
    page = client_for(cast.head).get(ONE).content.decode()
    assert "Wat het verschil maakt" in page
    assert source[:40] in page


def test_every_building_block_that_tells_what_makes_the_difference_exists(cast) -> None:
    """Child care and the library have theirs with a source of their own; where none says it, nothing stands there."""
    known = {**all_current(BLOCKS)}
    items = all_current(FACTORS).values()
    assert {one.block for item in items for one in item.body.factors} < set(known)
    told = {
        code: factors_of(standing_of(cast.manager, unit, code, YEAR).block)
        for code, unit in (
            ("childcare-parents", cast.k1),
            ("childcare-network", cast.k1),
            ("logistics", cast.library_a),
        )
    }
    assert "Stichting Lezen 2014" in told["childcare-parents"][1]
    assert "Logistiek" in told["logistics"][1]
    assert told["childcare-network"] == ([], "", "")


def test_the_page_costs_the_same_for_one_and_three(cast, client_for, queries_of) -> None:
    client = client_for(cast.head)
    goals = [
        add_goal(
            unit=cast.a1,
            year=YEAR,
            goal=GoalRow(what, Side.PARTNER, GoalKind.CHANGE, YEAR, evidence="Een foto"),
            by=cast.head,
        )
        for what in ("Een", "Twee", "Drie")
    ]
    add(cast, kind=EvidenceKind.RECORD, record=f"goal:{goals[0].pk}")
    few = queries_of(client, ONE)
    for one in goals[1:]:
        add(cast, kind=EvidenceKind.RECORD, record=f"goal:{one.pk}")
    assert queries_of(client, ONE) == few <= 17
