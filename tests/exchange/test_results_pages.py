"""Results of an earlier Monitor on the page: looked at first, nothing kept in between, brought in once, taken away."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from leesbouw.core.time import SchoolYear
from leesbouw.monitor.models import Participation, Submission
from tests.factories.cast import add_person

pytestmark = pytest.mark.django_db
YEAR = SchoolYear.running().previous.previous
URL = "/import/monitor/"
CODES = b"kolom;onze kolom;waarde;onze waarde\r\nV1;L10;heel leuk;4\r\nklas;year_group;;\r\n"


@pytest.fixture
def coordinator(cast, client_for):
    return client_for(add_person("monitor", "monitor-coordinator", cast.library_a))


def sent(
    cast,
    content: bytes = b"V1;klas;naam\r\n" + b"heel leuk;6;Fenna\r\n" * 11 + b"raar;6;<b>Bas\r\n",
    **values,
):
    files = {"file": SimpleUploadedFile("oud.csv", content), "codes": SimpleUploadedFile("codes.csv", CODES)}
    told = {"location": cast.a1.pk, "year": str(YEAR.first), "key": "po-pupil@1", **files}
    return {name: value for name, value in (told | values).items() if value is not None}


def ticket_in(text: str) -> str:
    return re.search(r'name="ticket" value="([^"]+)"', text)[1]


def test_it_is_looked_at_then_brought_in_once_and_taken_away(cast, coordinator) -> None:
    looked = coordinator.post(URL, sent(cast))
    text = looked.content.decode()
    assert looked.status_code == 200
    assert "11 lijsten van De Regenboog" in text
    assert "1 cel is geen antwoord" in text
    assert "Fenna" not in text
    assert "no-store" in looked["Cache-Control"]
    assert not Submission.objects.trusted("test").exists()

    ticket, request_id = ticket_in(text), re.search(r'name="request_id" value="([^"]+)"', text)[1]
    sure = {"ticket": ticket, "request_id": request_id}
    first = coordinator.post(f"{URL}zeker/", sure)
    row = Participation.objects.get()
    assert (first.status_code, first["Location"]) == (302, f"/monitor/deelname/{row.pk}/")
    assert coordinator.post(f"{URL}zeker/", sure)["Location"] == first["Location"]  # pressed twice
    assert Submission.objects.trusted("test").count() == 11
    again = coordinator.post(f"{URL}zeker/", {"ticket": ticket})
    assert "er al antwoorden" in again.content.decode()

    away = f"/monitor/deelname/{row.pk}/resultaten-weg/"
    assert away in coordinator.get(f"/monitor/deelname/{row.pk}/").content.decode()
    assert coordinator.post(away).status_code == 302
    assert not Submission.objects.trusted("test").exists()
    assert not Participation.objects.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"file": None}, "Dit veld is verplicht"),
        ({"content": b"%PDF-1.7 niets"}, "Dit is een pdf"),
        ({"content": b"L10;weight\r\n" + b"4;1\r\n" * 9 + b"1;99\r\n"}, "weegt meer dan 10 keer"),
        ({"content": b"iets;anders\r\n1;2\r\n"}, "Geen kolom van dit bestand"),
        ({"codes": SimpleUploadedFile("c.csv", b"a;b\r\nV1;\r\n")}, "Kijk naar “V1” in de tabel met codes"),
        ({"content": b"L10\r\n" + b"4\r\n" * 2_001}, "meer regels dan"),
        ({"key": "zz@1"}, "zz@1"),
        ({"year": "1999"}, "1999"),
        ({"location": "k1"}, "hoort niet bij deze lijst"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_kept(cast, coordinator, values, sentence) -> None:
    if values.get("location"):
        values = {"location": cast.k1.pk}
    answer = coordinator.post(URL, sent(cast, **values))
    text = answer.content.decode()
    assert sentence in text
    assert 'name="ticket"' not in text
    assert not Participation.objects.exists()


def test_a_ticket_is_for_who_looked_and_cannot_be_made_up(cast, coordinator, client_for) -> None:
    ticket = ticket_in(coordinator.post(URL, sent(cast)).content.decode())
    other = client_for(add_person("colleague", "monitor-coordinator", cast.library_a))
    for client, wrong in ((other, ticket), (coordinator, ticket[:-2] + "xx"), (coordinator, "")):
        answer = client.post(f"{URL}zeker/", {"ticket": wrong})
        assert answer.status_code == 200
    assert not Participation.objects.exists()


def test_the_school_of_another_library_is_no_choice(cast, client_for) -> None:
    stranger = client_for(add_person("stranger", "monitor-coordinator", cast.library_c))
    assert "De Regenboog" not in stranger.get(URL).content.decode()
    answer = stranger.post(URL, sent(cast))
    assert 'name="ticket"' not in answer.content.decode()
    assert not Participation.objects.exists()


@pytest.mark.parametrize("who", ["teacher", "head", "municipality", "nation"])
def test_who_does_not_coordinate_finds_no_such_page(cast, client_for, who: str) -> None:
    client = client_for(getattr(cast, who))
    assert client.get(URL).status_code in (403, 404)
    assert client.post(URL, sent(cast)).status_code in (403, 404)
    assert client.post(f"{URL}zeker/", {"ticket": "x"}).status_code in (403, 404)
