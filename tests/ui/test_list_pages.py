"""A list keeps its whole state in the address and says why it is empty."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leesbouw.core.access import SYSTEM
from leesbouw.core.time import today
from leesbouw.organisations.actions import LocationRow, put_locations

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def client(cast, client_for):
    return client_for(cast.manager)


def names(page) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page.content.decode())


def add(count: int) -> None:
    rows = [
        LocationRow(
            code=f"98A{chr(65 + n)}00",
            sector="po",
            name=f"School {n}",
            municipality="9901",
            board="99001",
            town="Elzen",
        )
        for n in range(count)
    ]
    put_locations(rows, by=SYSTEM)


def test_rows_pages_and_order(client) -> None:
    page = client.get("/plekken/")
    assert page.status_code == 200
    assert names(page) == ["&#x27;t Anker", "De Regenboog"]
    assert names(client.get("/plekken/?pagina=2")) == ["Pinkeltje"]
    assert names(client.get("/plekken/?volgorde=-name")) == ["Pinkeltje", "De Regenboog"]
    html = page.content.decode()
    assert 'aria-sort="ascending"' in html
    assert 'href="?volgorde=-name"' in html
    assert 'href="?volgorde=-versie"' in html
    assert '<td class="num" data-l="Versie">' in html
    assert "<small>" in html
    assert "1 t/m 2 van 3" in html or "1 to 2 of 3" in html


@pytest.mark.parametrize(
    "query",
    [
        "pagina=999",
        "pagina=-1",
        "pagina=abc",
        "pagina=1e3",
        "volgorde=foo",
        "volgorde=--name",
        "kolommen=niets",
        "volgorde=created_at__date",
        "pagina=99999999999999999999",
    ],
)
def test_odd_addresses_still_show_a_list(client, query: str) -> None:
    assert client.get(f"/plekken/?{query}").status_code == 200


def test_columns_are_chosen_in_the_address(client) -> None:
    html = client.get("/plekken/?kolommen=sinds,versie&soort=po").content.decode()
    assert 'data-l="Sinds"' in html
    assert 'data-l="BRIN"' not in html
    assert 'data-l="Versie"' in html
    assert 'name="soort" value="po"' in html  # the chooser keeps the filter
    assert 'href="?kolommen=sinds,versie&amp;soort=po&amp;volgorde=-name"' in html
    assert 'data-l="BRIN"' not in client.get("/plekken/?kolommen=name&kolommen=versie").content.decode()


def test_filters_narrow_and_show_as_chips(client) -> None:
    page = client.get("/plekken/?zoek=anker&gemeente=9901&jaar=2024-2025")
    assert names(page) == ["&#x27;t Anker"]
    html = page.content.decode()
    assert "Gemeente: Elzen" in html
    assert 'href="?gemeente=9901&amp;jaar=2024-2025"' in html  # without the search
    assert '<input type="hidden" name="jaar" value="2024-2025">' in html


def test_filter_that_cannot_be_used_says_so(client) -> None:
    for query in ("soort=fout", "gemeente=9903", "sinds=gisternacht", "zoek=%00", "zoek=" + "x" * 200):
        page = client.get(f"/plekken/?{query}")
        assert page.status_code == 200
        assert "wrong" in page.content.decode(), query
        assert names(page), query
    assert names(client.get("/plekken/?sinds=1-1-2020"))


def test_nothing_found_is_not_nothing_yet(client, cast, client_for) -> None:
    found = client.get("/plekken/?zoek=bestaatniet").content.decode()
    assert "Nog geen plekken" not in found
    assert 'class="empty"' in found
    from leesbouw.organisations.models import Location

    Location.objects.all().delete()
    nothing = client.get("/plekken/").content.decode()
    assert "Nog geen plekken" in nothing
    assert "/import/" in nothing


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow(client, count: int) -> None:
    from leesbouw.organisations.models import Location

    Location.objects.all().delete()
    add(count)
    client.get("/plekken/")
    with CaptureQueriesContext(connection) as queries:
        assert len(names(client.get("/plekken/"))) == min(count, 2)
    ours = [
        each["sql"]
        for each in queries
        if re.search(r'FROM "(organisations|ui)_(location|municipality|savedview)"', each["sql"])
    ]
    assert len(ours) == 4, (
        ours
    )  # how many rows, the rows of this page, the choices of a filter, kept selections


def test_outsider_sees_nothing_of_it(cast, client_for) -> None:
    html = client_for(cast.outsider).get("/plekken/").content.decode()
    assert "Anker" not in html


def test_not_signed_in_goes_to_sign_in(client_for, db) -> None:
    from django.test import Client

    answer = Client().get("/plekken/?soort=po")
    assert answer.status_code == 302
    assert "next=/plekken/%3Fsoort%3Dpo" in answer["Location"]


def test_without_the_permission_a_sentence(client) -> None:
    assert client.get("/niemand/").status_code == 403


def test_boxes_lead_to_the_action(client) -> None:
    html = client.get("/plekken/").content.decode()
    assert 'formaction="/gesprekken/nieuw/"' in html
    assert html.count('name="kies"') == 2
    assert "De Regenboog" in re.search(r'name="kies"[^>]+aria-label="([^"]+Regenboog)"', html)[1]


def test_dates(client) -> None:
    html = client.get("/plekken/?kolommen=sinds").content.decode()
    assert f'<time datetime="{today().year}' in html
