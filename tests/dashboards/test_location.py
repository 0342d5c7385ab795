"""The page of one location."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from leesbouw.core.access import SYSTEM
from leesbouw.core.time import SchoolYear, today
from leesbouw.network.models import Conversation
from leesbouw.organisations.actions import (
    GroupRow,
    close_location,
    decide_gate,
    decide_partnership,
    record_cooperation_check,
    record_exploratory_talk,
    save_groups,
)
from leesbouw.people.models import Contact, GroupTeacher
from tests.factories.cast import add_person

A1 = "/school/99AA00/"
MAY = {
    "administrator": 200,
    "consultant": 200,
    "director": 200,
    "head": 200,
    "teacher": 200,
    "board": 200,
    "municipality": 200,
    "poi": 200,
    "nation": 200,
    "other_library": 404,
    "other_head": 404,
    "childcare_manager": 404,
    "outsider": 404,
}


@pytest.mark.parametrize("who", MAY)
def test_who_may_open_it(cast, client_for, who):
    assert client_for(cast.actors[who]).get(A1).status_code == MAY[who]


def test_the_address_tells_school_from_child_care(cast, client_for):
    client = client_for(cast.consultant)

    assert client.get("/kinderopvang/999000001/").status_code == 200
    assert client.get("/school/999000001/").status_code == 404
    assert client.get("/kinderopvang/99AA00/").status_code == 404


def text_of(client, path: str = A1) -> str:
    return " ".join(client.get(path).content.decode().split())


def test_the_head_of_the_page(cast, client_for):
    page = text_of(client_for(cast.consultant))

    assert "<h1>De Regenboog</h1>" in page
    pupils = cast.a1.years.get().pupils
    assert f"Basisschool in 9901 · {pupils} leerlingen" in page
    assert "Stichting X" in page
    assert "Hoe ver zijn we samen?" in page


def test_what_was_agreed_and_decided_stands_on_it(cast, client_for, ria):
    record_exploratory_talk(
        library=cast.library_a, location=cast.a1, held_on=date(2020, 3, 3), note="Rust rond lezen", by=SYSTEM
    )
    decide_partnership(
        partnership=cast.with_a1,
        kind="intensify",
        hours_per_year=Decimal(60),
        contribution_cents=420000,
        agreed_until=today() + timedelta(800),
        reason="Groep 7 doet mee",
        by=SYSTEM,
    )
    record_cooperation_check(
        partnership=cast.with_a1, year=SchoolYear.running(), outcome="cooperation", note="", by=SYSTEM
    )
    client = client_for(cast.consultant)
    page = text_of(client)

    assert "Rust rond lezen" in text_of(client, f"{A1}?jaar=2019-2020")
    for words in (
        "Groep 7 doet mee",
        "€ 4.200",
        "60 uur per jaar",
        "Ria Postma",
        "Leesbevordering",
        "Primair onderwijs",
    ):
        assert words in page, words


def test_a_refusal_is_told_calmly_with_its_reason_and_day(cast, client_for):
    decide_gate(
        library=cast.library_a,
        location=cast.a2,
        gate="wanted_and_feasible",
        outcome="no",
        reason="Eerst de fusie",
        decided_on=today() - timedelta(40),
        review_on=today() + timedelta(30),
        by=SYSTEM,
    )
    page = text_of(client_for(cast.manager), "/school/99AB00/")

    assert "Er is nog geen samenwerking met deze locatie." in page
    assert "Eerst de fusie" in page
    assert "Wie bij jullie de afspraken maakt" not in page
    assert "Wie bij jullie de afspraken maakt" in text_of(client_for(cast.consultant), "/school/99AB00/")


def test_groups_show_duo_partners_and_combinations_of_the_chosen_year(cast, client_for):
    year = SchoolYear.running()
    groups = save_groups(
        [GroupRow("groep 4", (4,)), GroupRow("groep 5/6", (5, 6))], location=cast.a1, year=year, by=SYSTEM
    )
    for name, days in (("Samira Haddou", [1, 2]), ("Lotte Prins", [3, 4, 5])):
        contact = Contact(
            library=cast.library_a, unit=cast.a1, name=name, function="teacher", level="operational"
        )
        contact.save()
        GroupTeacher(group=groups["groep 4"], contact=contact, days=days).save()
    client = client_for(cast.head)
    page = text_of(client, f"{A1}groepen/")

    assert "combinatiegroep" in page
    assert "Samira Haddou" in page
    assert "Lotte Prins" in page
    assert "(ma di)" in page
    assert "groep 5/6" not in text_of(client, f"{A1}groepen/?jaar={year.previous}")
    assert "Lotte Prins" not in text_of(client_for(cast.municipality), f"{A1}groepen/")


def test_one_main_action_per_role(cast, client_for):
    def primary(who: str) -> str:
        return client_for(cast.actors[who]).get(A1).context["primary"]

    assert primary("consultant") == "plan"
    assert primary("head") == ""
    Conversation(
        library=cast.library_a,
        unit=cast.a1,
        kind="progress",
        level="operational",
        planned_on=today() + timedelta(3),
    ).save()
    assert primary("consultant") == "prepare"
    assert primary("municipality") == ""


def test_talks_are_the_librarys_alone(cast, client_for):
    Conversation(
        library=cast.library_a,
        unit=cast.a1,
        kind="progress",
        level="operational",
        held_on=today() - timedelta(3),
        subject="Een vertrouwelijk onderwerp",
    ).save()

    for who in ("head", "municipality", "board", "nation"):
        assert "vertrouwelijk" not in text_of(client_for(cast.actors[who]))
        assert client_for(cast.actors[who]).get(A1).context["page"].talks == []


def test_links_to_write_only_for_who_may(cast, client_for):
    manager, head = text_of(client_for(cast.manager)), text_of(client_for(cast.head))

    assert f"{A1}samenwerking/besluit/" in manager
    assert f"{A1}samenwerking/besluit/" not in head
    for who, may in (("head", True), ("municipality", False)):
        groups = text_of(client_for(cast.actors[who]), f"{A1}groepen/")
        assert (f"{A1}groepen/nieuw/" in groups) is may


def test_a_merged_location_says_where_it_went(cast, client_for):
    close_location(location=cast.a2, closed_on=today() - timedelta(9), merged_into=cast.a1, by=SYSTEM)
    page = text_of(client_for(cast.consultant), "/school/99AB00/")

    assert "Deze locatie fuseerde op" in page
    assert "Plan een gesprek" not in page


def test_history_costs_no_more_queries(cast, client_for, queries_of, ria):
    client = client_for(cast.consultant)
    year = SchoolYear.running()
    save_groups([GroupRow("groep 1", (1,))], location=cast.a1, year=year, by=SYSTEM)
    few = queries_of(client, A1)
    for number in range(3):
        decide_gate(
            library=cast.library_a, location=cast.a1, gate="wanted_and_feasible", outcome="yes", by=SYSTEM
        )
        record_exploratory_talk(
            library=cast.library_a, location=cast.a1, held_on=date(2020, 3, 3 + number), by=SYSTEM
        )
    save_groups(
        [GroupRow(f"groep {n}", (n,)) for n in range(1, 9)],
        location=cast.a1,
        year=year,
        by=SYSTEM,
    )

    assert queries_of(client, A1) == few <= 25


def test_who_rules_the_desk_finds_it_from_the_page_of_her_school(cast, client_for):
    joke = add_person("Joke Hendriks", "reading-coordinator", cast.a1)
    assert 'href="/school/99AA00/balies/"' in client_for(joke).get(A1).content.decode()
    assert 'href="/school/99AA00/balies/"' not in client_for(cast.head).get(A1).content.decode()
