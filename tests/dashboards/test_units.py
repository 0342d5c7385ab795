"""Pages of libraries, boards, municipalities, provinces, POIs and the nation; the portfolio; the organisations."""

from __future__ import annotations

import pytest

from leesbouw.core.access import SYSTEM
from leesbouw.core.time import SchoolYear
from leesbouw.dashboards.queries.numbers import numbers_by_sector
from leesbouw.organisations.actions import (
    LocationRow,
    change_partnership,
    create_branch,
    create_partner,
    enter_phase,
    put_locations,
)
from leesbouw.people.models import Contact

PAGES = {
    "/bibliotheek/nl-a/": {"consultant", "manager", "head", "board", "municipality", "poi", "nation"},
    "/bestuur/99001/": {
        "consultant",
        "manager",
        "head",
        "board",
        "municipality",
        "poi",
        "nation",
        "other_library",
    },
    "/gemeente/9901/": {"consultant", "manager", "head", "board", "municipality", "poi", "nation"},
    "/provincie/waterland/": {
        "consultant",
        "manager",
        "head",
        "board",
        "municipality",
        "poi",
        "nation",
        "other_library",
    },
    "/poi/poi-w/": {
        "consultant",
        "manager",
        "head",
        "board",
        "municipality",
        "poi",
        "nation",
        "other_library",
    },
    "/landelijk/": {"nation"},
}
EVERYBODY = (
    "consultant",
    "manager",
    "head",
    "board",
    "municipality",
    "poi",
    "nation",
    "other_library",
    "outsider",
)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("path", PAGES)
def test_who_may_open_which_page(cast, client_for, path, who):
    expected = 200 if who in PAGES[path] else 404

    assert client_for(cast.actors[who]).get(path).status_code == expected


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/bibliotheek/nl-a/", 16),
        ("/bestuur/99001/", 18),
        ("/gemeente/9901/", 17),
        ("/provincie/waterland/", 16),
    ],
)
def test_more_locations_cost_no_more_queries(cast, client_for, queries_of, path, queries):
    client = client_for(cast.manager)
    few = queries_of(client, path)
    put_locations(
        [
            LocationRow(
                code=f"99E{letter}00",
                sector="po",
                name=f"School {letter}",
                municipality="9901",
                board="99001",
            )
            for letter in "ABC"
        ],
        by=SYSTEM,
    )

    assert queries_of(client, path) == few == queries


def test_a_board_shows_its_schools_over_libraries_by_name_without_ranking(cast, client_for):
    answer = client_for(cast.board).get("/bestuur/99001/")
    rows = [row.name for row in answer.context["table"].data.data]
    page = answer.content.decode()

    assert rows == ["Berkencollege", "De Regenboog"]
    assert "Bibliotheek Elzen" in page
    assert "Bibliotheek Berken" in page


def test_a_board_seen_from_one_library_shows_that_librarys_schools(cast, client_for):
    answer = client_for(cast.manager).get("/bestuur/99001/")

    assert [row.name for row in answer.context["table"].data.data] == ["De Regenboog"]


def test_who_talks_to_whom_is_the_librarys(cast, client_for):
    contact = Contact(
        library=cast.library_a,
        unit=cast.board_x,
        name="Hans Veenstra",
        function="board-director",
        level="strategic",
    )
    contact.save()

    assert client_for(cast.manager).get("/bestuur/99001/").context["page"].people.contacts
    for who in ("board", "municipality", "nation", "head"):
        answer = client_for(cast.actors[who]).get("/bestuur/99001/")
        assert answer.context["page"].people is None
        assert "Hans Veenstra" not in answer.content.decode()


def test_numbers_tell_agreed_from_running(cast):
    year = SchoolYear.running()
    total = numbers_by_sector(cast.municipality, year).total
    assert (total.locations, total.agreed, total.running, total.hours) == (3, 2, 2, 100)

    enter_phase(partnership=cast.with_a1, phase="implementation", by=SYSTEM)
    change_partnership(partnership=cast.with_k1, type="general", by=SYSTEM)
    total = numbers_by_sector(cast.municipality, year).total
    assert (total.agreed, total.running, total.general, total.without) == (1, 0, 1, 1)


def test_the_nation_counts_by_province_and_library(cast, client_for):
    answer = client_for(cast.nation).get("/landelijk/")
    by_kind = dict(answer.context["page"].numbers)

    assert {line.label: line.locations for line in by_kind["province"].lines} == {
        "Waterland": 4,
        "Heuvelrug": 1,
    }
    assert {line.label: line.agreed for line in by_kind["library"].lines} == {
        "Bibliotheek Elzen": 2,
        "Bibliotheek Berken": 1,
        "Bibliotheek Eiken": 0,
    }


def test_a_page_can_be_taken_along(cast, client_for):
    answer = client_for(cast.board).get("/bestuur/99001.csv?kolommen=naam")

    assert b"".join(answer.streaming_content).decode("utf-8-sig").split() == [
        "Locatie",
        "Berkencollege",
        "De",
        "Regenboog",
    ]
    assert client_for(cast.outsider).get("/bestuur/99001.csv").status_code == 404


def test_branches_and_partners_have_a_page(cast, client_for):
    branch = create_branch(library=cast.library_a, name="Centrum", by=SYSTEM, town="Elzen")
    partner = create_partner(
        library=cast.library_a, name="Boekhandel Blad", partner_kind="bookshop", by=SYSTEM
    )
    consultant, other = client_for(cast.consultant), client_for(cast.other_library)

    assert "Centrum" in consultant.get(branch.get_absolute_url()).content.decode()
    assert "Boekhandel" in consultant.get(partner.get_absolute_url()).content.decode()
    assert other.get(branch.get_absolute_url()).status_code == 404
    assert other.get(partner.get_absolute_url()).status_code == 404


def test_the_portfolio_sums_hours_per_consultant_for_the_library_alone(cast, client_for, ria):
    answer = client_for(cast.manager).get("/portefeuille/")

    assert [(line.name, line.locations, line.hours) for line in answer.context["hours"]] == [
        ("Ria Postma", 1, 50)
    ]
    assert answer.context["total"] == 2
    assert client_for(cast.municipality).get("/portefeuille/").context["hours"] == []
    assert client_for(cast.volunteer).get("/portefeuille/").status_code == 403


def test_organisations_are_the_administrators(cast, client_for):
    create_branch(library=cast.library_a, name="Centrum", by=SYSTEM)
    answer = client_for(cast.administrator).get("/organisaties/")
    assert str(answer.context["table"].columns["code"].header) == "Nummer"  # of one thing, no count
    shown = {row.name: row.locations for row in answer.context["table"].data.data}

    assert shown == {
        "Bibliotheek Elzen": 0,
        "Centrum": 0,
        "Elzen": 3,
        "Stichting X": 2,
        "Stichting Y": 2,
        "Kinderrijk": 1,
    }
    assert client_for(cast.consultant).get("/organisaties/").status_code == 403


def test_a_heading_with_nothing_below_it_is_left_out(cast, client_for):
    province = client_for(cast.poi).get(cast.province.get_absolute_url()).content.decode()
    library = client_for(cast.consultant).get(cast.library_a.get_absolute_url()).content.decode()

    assert "Wat erbij hoort" not in province
    assert "Wat erbij hoort" in library
