"""The list of locations."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook

from leesbouw.core import content
from leesbouw.core.access import SYSTEM
from leesbouw.core.content import ContentItem
from leesbouw.core.time import SchoolYear, today
from leesbouw.dashboards.enums import Attention
from leesbouw.dashboards.queries.locations import location_rows, totals_of
from leesbouw.organisations.actions import (
    LocationRow,
    YearRow,
    change_partnership,
    enter_phase,
    put_locations,
    write_location_years,
)
from leesbouw.organisations.models import Location

LIST = "/scholen/"
EVERYBODY = {
    "administrator": 3,
    "consultant": 3,
    "director": 3,
    "other_library": 1,
    "head": 1,
    "teacher": 1,
    "childcare_manager": 1,
    "board": 2,
    "municipality": 3,
    "poi": 4,
    "nation": 5,
    "outsider": 1,
}


def names(answer) -> list[str]:
    return [row.name for row in answer.context["table"].data.data]


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_sees_her_own_locations(cast, client_for, who):
    answer = client_for(cast.actors[who]).get(LIST)

    assert answer.status_code == 200
    assert answer.context["total"] == EVERYBODY[who]


def test_the_outsider_finds_nothing_of_others(cast, client_for):
    page = client_for(cast.outsider).get(LIST).content.decode()

    assert "De Eik" in page
    assert "De Regenboog" not in page
    assert "Pinkeltje" not in page


def test_the_heading_counts_in_words(cast, client_for):
    page = client_for(cast.consultant).get(LIST).content.decode()

    assert "Jouw drie locaties" in page


@pytest.mark.parametrize("who", ["consultant", "nation"])
def test_more_rows_cost_no_more_queries(cast, client_for, queries_of, ria, who):
    client = client_for(cast.actors[who])
    with_one = queries_of(client, f"{LIST}?zoek=Regenboog")
    with_three = queries_of(client, f"{LIST}?zoek=e")

    assert with_one == with_three == {"consultant": 13, "nation": 10}[who]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("zoek=regenboog", ["De Regenboog"]),
        ("zoek=99AA00", ["De Regenboog"]),
        ("zoek=regenbog", ["De Regenboog"]),
        ("zoek=zzzz", []),
        ("soort=ko", ["Pinkeltje"]),
        ("samenwerking=dbos", ["De Regenboog", "Pinkeltje"]),
        ("fase=acquisition", []),
        ("consulent=mij", ["De Regenboog"]),
        ("aandacht=none", ["'t Anker"]),
        ("aandacht=unstaffed", ["Pinkeltje"]),
        ("gemeente=9901", ["'t Anker", "De Regenboog", "Pinkeltje"]),
        ("gemeente=9903", ["'t Anker", "De Regenboog", "Pinkeltje"]),
    ],
)
def test_filters(cast, client_for, ria, query, expected):
    answer = client_for(cast.consultant).get(f"{LIST}?{query}")

    assert sorted(names(answer)) == sorted(expected)


def test_a_colleague_can_be_chosen_but_no_stranger(cast, client_for, ria):
    client = client_for(cast.manager)

    assert names(client.get(f"{LIST}?consulent={ria.pk}")) == ["De Regenboog"]
    assert "consulent" not in client_for(cast.head).get(LIST).context["filterset"].filters


def test_the_order_stands_in_the_address(cast, client_for):
    client = client_for(cast.consultant)

    assert names(client.get(f"{LIST}?volgorde=-naam"))[0] == "Pinkeltje"
    sizes = [row.size for row in client.get(f"{LIST}?volgorde=-leerlingen").context["table"].data.data]
    assert sizes == sorted(sizes, reverse=True)


def test_the_export_is_exactly_this_view(cast, client_for, ria):
    client = client_for(cast.consultant)
    answer = client.get("/scholen.csv?consulent=mij&kolommen=naam,code,consulent,aandacht")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")

    assert text.splitlines() == [
        "Locatie;BRIN of LRK-nummer;Consulent;Aandacht",
        "De Regenboog;99AA00;Ria Postma;Op koers",
    ]


def test_the_workbook_explains_itself(cast, client_for):
    answer = client_for(cast.consultant).get("/scholen.xlsx?soort=ko")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))

    told = {row[0]: row[1] for row in book.get_sheet_by_index(0).to_python() if len(row) > 1}
    assert told["Filters"] == "Soort: Kinderopvang"
    assert [row[0] for row in book.get_sheet_by_index(1).to_python()][1:] == ["Pinkeltje"]


def test_who_may_not_export_gets_a_refusal(cast, client_for):
    assert client_for(cast.teacher).get("/scholen.csv").status_code == 403


def test_a_year_shows_its_own_numbers(cast, client_for):
    last = SchoolYear.running().previous
    write_location_years([YearRow(cast.a1.pk, pupils=111)], year=last, by=SYSTEM)
    rows = client_for(cast.head).get(f"{LIST}?jaar={last}").context["table"].data.data

    assert [row.size for row in rows] == [111]


def test_the_last_line_adds_up_what_is_shown(cast):
    rows = location_rows(cast.consultant, SchoolYear.running())

    assert totals_of(rows).size == sum(row.size for row in rows)
    assert totals_of(rows.filter(sector="ko")).hours == 50


def test_a_person_without_the_right_sees_no_partnership(cast, client_for):
    page = client_for(cast.volunteer).get(LIST)

    assert "attention" not in page.context["table"].columns.names()
    assert "hours_per_year" not in page.context["table"].columns.names()


def state_of(cast, code: str) -> str:
    return location_rows(cast.manager, SchoolYear.running()).get(code=code).attention


def test_from_when_an_agreement_runs_out_is_content_with_a_source(cast, ria):
    shipped = content.current("parameters", "agreement")
    assert (shipped.body.runs_out_days, shipped.status, bool(shipped.source)) == (182, "voorbeeld", True)
    change_partnership(partnership=cast.with_a1, agreed_until=today() + timedelta(90), by=SYSTEM)
    ContentItem.objects.create(
        **{name: getattr(shipped, name) for name in ("kind", "code", "title", "source", "status", "sha256")},
        version=2,
        data={"runs_out_days": 89},
    )
    content.forget_cache()
    try:
        assert state_of(cast, "99AA00") == Attention.ON_COURSE
    finally:
        content.forget_cache()


def test_attention_follows_the_agreement(cast, ria):
    partnership = cast.with_a1
    assert state_of(cast, "99AA00") == Attention.ON_COURSE

    change_partnership(partnership=partnership, agreed_until=today() + timedelta(90), by=SYSTEM)
    assert state_of(cast, "99AA00") == Attention.ENDING

    change_partnership(partnership=partnership, agreed_until=today() - timedelta(1), by=SYSTEM)
    assert state_of(cast, "99AA00") == Attention.EXPIRED

    change_partnership(partnership=partnership, agreed_until=today() + timedelta(900), by=SYSTEM)
    enter_phase(partnership=partnership, phase="acquisition", by=SYSTEM)
    assert state_of(cast, "99AA00") == Attention.PREPARING

    change_partnership(partnership=partnership, waiting_since=today(), by=SYSTEM)
    assert state_of(cast, "99AA00") == Attention.WAITING


def test_a_closed_location_leaves_the_list_of_later_years(cast, client_for):
    put_locations(
        [
            LocationRow(
                code="99AD00",
                sector="po",
                name="Dicht",
                municipality="9901",
                closed_on=SchoolYear.running().previous.starts_on,
            )
        ],
        by=SYSTEM,
    )

    assert Location.objects.filter(code="99AD00").exists()
    assert "Dicht" not in names(client_for(cast.consultant).get(LIST))


def test_only_an_administrator_is_offered_a_new_location(cast, client_for):
    assert "/locatie/nieuw/" in client_for(cast.administrator).get(LIST).content.decode()
    assert "/locatie/nieuw/" not in client_for(cast.consultant).get(LIST).content.decode()
