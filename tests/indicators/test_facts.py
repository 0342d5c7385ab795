"""Facts about organisations, and what stands out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from leesbouw.core.access import SYSTEM
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.actions import FactRow, FindingRow, store_facts, store_findings
from leesbouw.indicators.queries import facts, findings_for

YEAR = SchoolYear(2026)


def test_facts_are_numbers_choices_days_or_unknown(cast) -> None:
    rows = [
        FactRow(cast.a1.pk, "pupils", 212, "DUO, 1 oktober 2026", "https://duo.example/"),
        FactRow(cast.a1.pk, "hours", Decimal("3.5"), "uit de samenwerking"),
        FactRow(cast.a1.pk, "has-plan", "yes", "uit het leesplan"),
        FactRow(cast.a1.pk, "agreed-on", date(2026, 10, 1), "uit de overeenkomst"),
        FactRow(cast.a1.pk, "books", None, "niet bekend"),
    ]
    assert store_facts(year=YEAR, rows=rows, by=SYSTEM) == 5

    found = facts(cast.head, cast.a1, YEAR)
    assert {code: fact.value for code, fact in found.items()} == {
        "agreed-on": date(2026, 10, 1),
        "books": None,
        "has-plan": "yes",
        "hours": Decimal("3.5"),
        "pupils": Decimal(212),
    }
    assert found["pupils"].origin == "DUO, 1 oktober 2026"
    assert facts(cast.head, cast.a1, YEAR, ["hours"]).keys() == {"hours"}


def test_a_newer_fact_takes_the_place_of_the_older(cast) -> None:
    for value in ("yes", 7, None):
        store_facts(year=YEAR, rows=[FactRow(cast.a1.pk, "has-plan", value, "een toets")], by=SYSTEM)

    assert facts(SYSTEM, cast.a1, YEAR)["has-plan"].value is None


def test_facts_are_seen_by_who_is_near(cast) -> None:
    store_facts(year=YEAR, rows=[FactRow(cast.a1.pk, "pupils", 212, "DUO")], by=SYSTEM)

    for actor in (cast.head, cast.consultant, cast.board, cast.nation):
        assert facts(actor, cast.a1, YEAR)
    for actor in (cast.outsider, cast.other_library, cast.other_head):
        assert not facts(actor, cast.a1, YEAR)


def test_findings_keep_their_id_while_they_are_the_same(cast) -> None:
    pleasure = FindingRow("reading-pleasure", 1, "up", "last_time", 0.8, 100, 0.6, 90, 0.08, 0.32)
    daily = FindingRow("reads-daily", 1, "question", "comparable", 0.2, 100, 0.25, 900)

    first = store_findings(unit=cast.a1, year=YEAR, rows=[pleasure, daily], by=SYSTEM)
    second = store_findings(unit=cast.a1, year=YEAR, rows=[daily], by=SYSTEM)

    assert second[0].pk == first[1].pk
    assert [(one.code, one.position) for one in findings_for(cast.head, cast.a1, YEAR)] == [
        ("reads-daily", 0)
    ]


def test_findings_of_a_school_are_for_its_people_and_its_library(cast) -> None:
    row = FindingRow("reading-pleasure", 1, "up", "last_time", 0.8, 100)
    store_findings(unit=cast.a1, year=YEAR, rows=[row], by=SYSTEM)

    for actor in (cast.head, cast.consultant):
        assert findings_for(actor, cast.a1, YEAR)
    for actor in (
        cast.outsider,
        cast.other_head,
        cast.other_library,
        cast.board,
        cast.municipality,
        cast.nation,
    ):
        assert not findings_for(actor, cast.a1, YEAR)
