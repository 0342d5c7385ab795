"""Counting a shelf: what is read, how it differs, closing and taking that back, two people at once."""

from __future__ import annotations

import pytest

from leesbouw.collection.actions import (
    CopyRow,
    change_copy,
    close_stocktake,
    open_stocktake,
    read_barcode,
    save_copies,
    start_stocktake,
)
from leesbouw.collection.domain import TitleFacts
from leesbouw.collection.enums import CopyReason, CopyStatus, ScanOutcome
from leesbouw.collection.models import Copy, Stocktake, StocktakeScan
from leesbouw.collection.queries import borrowed, differences_of, tally_of
from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.errors import Sentence
from tests.factories.cast import add_person

from .test_titles import keeper, titled  # noqa: F401 -- a fixture


@pytest.fixture
def shelf(cast) -> list[Copy]:
    row = titled(cast, TitleFacts("Pluk"))
    rows = [CopyRow(row.pk, f"B{number}", cast.a1.pk, place="kast 1") for number in range(4)]
    return save_copies([*rows, CopyRow(row.pk, "A2", cast.a2.pk)], library_id=cast.library_a.pk, by=SYSTEM)


def begin(cast, by, place: str = "") -> Stocktake:
    return start_stocktake(library_id=cast.library_a.pk, location=cast.a1, by=by, place=place)


def status(barcode: str) -> str:
    return Copy.objects.get(barcode=barcode).status


def test_each_barcode_has_its_own_answer(cast, keeper, shelf) -> None:  # noqa: F811
    change_copy(copy=shelf[1], values={"status": CopyStatus.LOST}, by=keeper)
    change_copy(copy=shelf[2], values={"status": CopyStatus.WITHDRAWN}, by=keeper)
    count = begin(cast, keeper)
    read = [
        read_barcode(stocktake=count, barcode=one, by=keeper).outcome for one in ("B0", "B1", "B2", "A2", "X")
    ]
    assert read == [
        ScanOutcome.FOUND,
        ScanOutcome.BACK,
        ScanOutcome.WITHDRAWN,
        ScanOutcome.ELSEWHERE,
        ScanOutcome.UNKNOWN,
    ]
    found = differences_of(keeper, count)
    assert [one.barcode for one in found.missing] == ["B3"]
    assert (tally_of(keeper, count).expected, tally_of(keeper, count).here) == (2, 2)


def test_closing_sets_what_is_missing_and_can_be_taken_back(cast, keeper, shelf) -> None:  # noqa: F811
    change_copy(copy=shelf[1], values={"status": CopyStatus.MISSING}, by=keeper)
    change_copy(copy=shelf[2], values={"status": CopyStatus.LOST}, by=keeper)
    count = begin(cast, keeper)
    for one in ("B2", "A2"):
        read_barcode(stocktake=count, barcode=one, by=keeper)
    close_stocktake(stocktake=count, by=keeper, move_here=True)
    assert [status(one) for one in ("B0", "B1", "B2")] == ["missing", "lost", "in_use"]
    gone = Copy.objects.get(barcode="B0")
    assert gone.status_reason == CopyReason.NOT_FOUND
    assert Copy.objects.get(barcode="A2").location == cast.a1
    with pytest.raises(Sentence):
        close_stocktake(stocktake=count, by=keeper)
    with pytest.raises(Sentence):
        read_barcode(stocktake=count, barcode="B0", by=keeper)
    change_copy(copy=gone, values={"status": CopyStatus.WITHDRAWN}, by=keeper)  # changed since: left alone
    open_stocktake(id=count.pk, by=keeper)
    assert [status(one) for one in ("B0", "B1", "B2")] == ["withdrawn", "missing", "lost"]
    assert Copy.objects.get(barcode="A2").location == cast.a2
    count.refresh_from_db()
    assert count.closed_at is None


def test_what_is_lent_is_not_missing(cast, keeper, shelf, monkeypatch) -> None:  # noqa: F811
    monkeypatch.setitem(borrowed._items, "test", lambda copies: {shelf[0].pk})
    count = begin(cast, keeper)
    found = differences_of(keeper, count)
    assert [one.barcode for one in found.lent] == ["B0"]
    assert len(found.missing) == 3


def test_two_people_count_together_and_go_on_later(cast, keeper, shelf) -> None:  # noqa: F811
    other = add_person("Bea", "collection", cast.library_a)
    count = begin(cast, keeper)
    assert begin(cast, other) == count
    assert begin(cast, other, "kast 2") != count
    read_barcode(stocktake=count, barcode="B0", by=keeper)
    read_barcode(stocktake=count, barcode="B0", by=other)
    read_barcode(stocktake=count, barcode="B1", by=other)
    assert StocktakeScan.objects.count() == 2


def test_a_shelf_is_counted_alone(cast, keeper, shelf) -> None:  # noqa: F811
    count = begin(cast, keeper, "kast 2")
    assert not differences_of(keeper, count).missing


def test_who_counts(cast, keeper, shelf) -> None:  # noqa: F811
    for stranger in (cast.teacher, cast.outsider, cast.other_library):
        with pytest.raises(NotAllowed):
            begin(cast, stranger)
    count = begin(cast, keeper)
    bea = add_person("Bea", "collection", cast.library_b)
    with pytest.raises(NotAllowed):
        read_barcode(stocktake=count, barcode="B0", by=bea)


def test_counting_on_the_page(cast, client_for, keeper, shelf, queries_of) -> None:  # noqa: F811
    client = client_for(keeper)
    answer = client.post("/boeken/tellen/nieuw/", {"request_id": "een", "location": cast.a1.pk})
    count = Stocktake.objects.get()
    url = count.get_absolute_url()
    assert answer["Location"] == url
    client.post(url, {"request_id": "twee", "barcode": "B0"})
    page = client.get(url).content.decode()
    assert "1 van 4 boeken gelezen" in page
    before = queries_of(client, url)
    client.post(url, {"request_id": "drie", "barcode": "B1 B2  X9"})
    assert queries_of(client, url) == before
    assert "X9" in client.get(f"{url}klaar/").content.decode()
    client.post(f"{url}klaar/", {"request_id": "vier"})
    assert status("B3") == "missing"
    assert "De Kameleon" not in client.get("/boeken/tellen/").content.decode()
    assert client_for(add_person("Bea", "collection", cast.library_b)).get(url).status_code == 404
