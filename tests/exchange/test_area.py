"""Choosing the municipalities of a library."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from leesbouw.core.time import today
from leesbouw.organisations.models import Library, LibraryArea, Municipality

from .test_pages import fields_of

URL = "/werkgebied/"


def serving(library: Library) -> set[str]:
    rows = LibraryArea.objects.filter(library=library, ends_on=None)
    return set(rows.values_list("municipality__code", flat=True))


def test_every_municipality_is_there_with_who_serves_it(cast, client_for) -> None:
    text = client_for(cast.administrator).get(reverse("exchange:area")).content.decode()

    assert all(name in text for name in ("Elzen", "Berken", "Eiken", "Waterland", "Heuvelrug"))
    assert "nu bij Bibliotheek Berken" in text
    assert "3 locaties" in text


def test_adding_a_municipality_that_nobody_serves(cast, client_for) -> None:
    town = Municipality.objects.create(code="9950", name="Linden", province=cast.elzen.province)
    client = client_for(cast.administrator)
    data = {**fields_of(client, URL), "municipalities": [cast.elzen.pk, town.pk], "starts_on": "1-8-2026"}
    assert client.post(URL, data).status_code == 302

    assert serving(cast.library_a) == {"9901", "9950"}
    assert "Het zoekvak volgt zo." in client.get("/vandaag/").content.decode()
    assert LibraryArea.objects.get(municipality=town).starts_on == date(2026, 8, 1)


def test_taking_one_over_asks_first_and_leaves_what_was(cast, client_for) -> None:
    client = client_for(cast.administrator)
    data = {
        **fields_of(client, URL),
        "municipalities": [cast.elzen.pk, cast.berken.pk],
        "starts_on": "1-8-2026",
    }
    answer = client.post(URL, data)
    assert "Berken (Bibliotheek Berken)" in answer.content.decode()
    assert serving(cast.library_b) == {"9902"}

    client.post(URL, {**data, "takes_over": "on", "request_id": "again"})
    assert serving(cast.library_a) == {"9901", "9902"}
    assert serving(cast.library_b) == set()
    assert LibraryArea.objects.get(library=cast.library_b).ends_on == date(2026, 7, 31)


def test_the_message_says_only_what_happened(cast, client_for) -> None:
    client = client_for(cast.administrator)
    data = {**fields_of(client, URL), "starts_on": "1-8-2026"}
    town = Municipality.objects.create(code="9950", name="Linden", province=cast.elzen.province)

    more = client.post(URL, {**data, "municipalities": [cast.elzen.pk, town.pk]}, follow=True)
    assert "1 gemeente erbij." in more.content.decode()
    less = client.post(URL, {**data, "municipalities": [cast.elzen.pk], "request_id": "again"}, follow=True)
    assert "1 gemeente eraf." in less.content.decode()


def test_letting_one_go(cast, client_for) -> None:
    client = client_for(cast.administrator)
    client.post(URL, {"starts_on": "vandaag", "request_id": "x"})

    assert serving(cast.library_a) == set()
    assert LibraryArea.objects.get(library=cast.library_a).ends_on < today()


def test_a_municipality_that_does_not_exist(cast, client_for) -> None:
    client = client_for(cast.administrator)
    answer = client.post(URL, {"municipalities": ["999999"], "starts_on": "vandaag"})

    assert answer.status_code == 200
    assert serving(cast.library_a) == {"9901"}


def test_only_who_may_choose_an_area_of_a_library(cast, client_for) -> None:
    for actor in (cast.outsider, cast.head, cast.consultant, cast.municipality, cast.nation, cast.board):
        assert client_for(actor).get(URL).status_code in {403, 404}
        assert client_for(actor).post(URL, {}).status_code in {403, 404}


def test_the_own_area_is_a_part_of_a_file(cast) -> None:
    from leesbouw.exchange import actions

    from .files import a_school, schools

    run = actions.begin_run(
        content=schools(a_school("99ZA00"), a_school("99ZB00", GEMEENTENUMMER="9902", GEMEENTENAAM="BERKEN")),
        file_name="a.csv",
        importer_code="schools",
        by=cast.administrator,
    )
    options = {**run.options, "sector": "po", "reach": "area"}
    run = actions.choose_columns(run=run, mapping=run.mapping, options=options, by=cast.administrator)

    assert run.options["municipalities"] == ["9901"]
    assert actions.preview_run(run=run, by=cast.administrator).counts["outside"] == 1
