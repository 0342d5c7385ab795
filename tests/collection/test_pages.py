"""The pages of the collection: who may open them, adding a title and copies, the list with what was typed."""

from __future__ import annotations

import pytest

from leesbouw.collection.actions import CopyRow, save_copies
from leesbouw.collection.domain import TitleFacts
from leesbouw.collection.enums import CopyStatus
from leesbouw.collection.models import Copy, Title
from leesbouw.core.access import SYSTEM

from .test_titles import DOLFJE, keeper, titled  # noqa: F401 -- a fixture


@pytest.mark.parametrize(
    ("name", "reads", "writes", "shelves"),
    [
        ("consultant", 200, 403, 200),
        ("administrator", 200, 200, 200),
        ("teacher", 200, 403, 404),
        ("head", 200, 403, 404),
        ("volunteer", 403, 403, 403),
        ("board", 403, 403, 403),
        ("other_library", 404, 403, 200),
        ("outsider", 404, 403, 404),
    ],
)
def test_who_reads_and_who_writes(cast, client_for, name: str, reads: int, writes: int, shelves: int) -> None:
    row = titled(cast)
    client = client_for(getattr(cast, name))
    assert client.get(f"/boeken/{row.pk}/").status_code == reads
    forms = ("/boeken/nieuw/", f"/boeken/{row.pk}/wijzigen/", f"/boeken/{row.pk}/exemplaren/")
    assert [client.get(url).status_code for url in forms] == [writes] * 3
    assert client.get("/boeken/scholen/").status_code == shelves


def test_a_title_and_its_copies_are_added_on_the_page(cast, client_for, keeper) -> None:  # noqa: F811
    client = client_for(keeper)
    sent = {
        "request_id": "een",
        "isbn": "90-5566-650-5",
        "title": "Pluk van de Petteflet",
        "authors": "Annie M.G. Schmidt\nFiep Westendorp",
        "kind": "story",
        "language": "dut",
        "published": "1971",
    }
    answer = client.post("/boeken/nieuw/", sent)
    title = Title.objects.get()
    assert answer["Location"] == title.get_absolute_url()
    assert (title.isbn, title.authors) == ("9789055666508", ["Annie M.G. Schmidt", "Fiep Westendorp"])
    twice = client.post("/boeken/nieuw/", sent | {"request_id": "twee"})
    assert "Er is al een titel met dit ISBN." in twice.content.decode()
    client.post(
        f"/boeken/{title.pk}/exemplaren/",
        {
            "request_id": "drie",
            "number": "2",
            "owner": "school",
            "part": "standard",
            "place": "kast B3",
            "location": cast.a1.pk,
        },
    )
    assert [(copy.place, copy.owner) for copy in Copy.objects.all()] == [("kast B3", "school")] * 2
    page = client.get(title.get_absolute_url()).content.decode()
    assert "kast B3" in page
    assert "978-90-5566-650-8" in page


def test_what_is_wrong_stands_at_its_field(cast, client_for, keeper) -> None:  # noqa: F811
    client = client_for(keeper)
    answer = client.post(
        "/boeken/nieuw/",
        {
            "request_id": "een",
            "isbn": "123",
            "title": "Iets",
            "kind": "story",
            "language": "dut",
            "published": "3000",
        },
    )
    text = answer.content.decode()
    assert "Dit is geen ISBN." in text
    assert not Title.objects.exists()


def test_a_copy_is_reported_lost(cast, client_for, keeper) -> None:  # noqa: F811
    copy = save_copies([CopyRow(titled(cast).pk)], library_id=cast.library_a.pk, by=SYSTEM)[0]
    client = client_for(keeper)
    sent = {
        "request_id": "een",
        "version": "1",
        "owner": "library",
        "part": "standard",
        "barcode": copy.barcode,
    }
    client.post(f"/boeken/exemplaar/{copy.pk}/", sent | {"status": "lost"})
    copy.refresh_from_db()
    assert copy.status == CopyStatus.LOST


def test_the_list_finds_filters_and_costs_the_same_for_three_as_for_one(cast, client_for, queries_of) -> None:
    titled(cast)
    client = client_for(cast.teacher)
    assert queries_of(client, "/boeken/") == QUERIES
    titled(cast, DOLFJE)
    titled(cast, TitleFacts("Rupsje Nooitgenoeg", authors=("Eric Carle",), kind="picture"))
    assert queries_of(client, "/boeken/") == QUERIES
    assert "3 titels" in client.get("/boeken/").content.decode()
    found = client.get("/boeken/?zoek=dolvje").content.decode()
    assert "1 titel" in found
    assert "Dolfje Weerwolfje" in found
    assert "Rupsje Nooitgenoeg" in client.get("/boeken/?soort=picture").content.decode()
    assert "Pluk" not in client.get("/boeken/?soort=picture").content.decode()


def test_the_level_of_a_book_is_for_staff(cast, client_for) -> None:
    row = titled(cast, TitleFacts("Vos en Haas", avi="M3"))
    told = "<dd>M3</dd>"
    assert told not in client_for(cast.teacher).get(row.get_absolute_url()).content.decode()
    assert told in client_for(cast.administrator).get(row.get_absolute_url()).content.decode()


QUERIES = 10
