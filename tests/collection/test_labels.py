"""Labels: a real decoder reads back every barcode that is printed, and the page gives just the copies one asks."""

from __future__ import annotations

import io
from datetime import date

import pytest
import zxingcpp
from pypdf import PdfReader

from leesbouw.collection.actions import CopyRow, fill_set, save_copies, save_set
from leesbouw.collection.queries import label_of
from leesbouw.core.access import SYSTEM
from leesbouw.rendering.labels import Label, LabelSheet, bars_svg, labels_data, print_labels
from tests.factories.paper import Printer, sheets

from .test_titles import DOLFJE, keeper, titled  # noqa: F401 -- a fixture


def test_a_decoder_reads_every_label() -> None:
    codes = [f"30013{number:06d}7" for number in range(20)] + ["A-12/x", "B 7"]
    codes += ["990001", "99", "99-A", "9", "B99001", "1299"]  # 99 is a switch in other places
    labels = [
        Label("Een heel lange titel die nergens op past, nooit", "Paul van Loon · kast B3", "LOO", one)
        for one in codes
    ]
    pages = sheets("labels", labels_data(labels, LabelSheet(first=5)))
    assert len(pages) == 2
    read = [found.text for page in pages for found in zxingcpp.read_barcodes(page)]
    assert sorted(read) == sorted(codes)


def test_what_is_no_barcode_is_refused() -> None:
    with pytest.raises(ValueError, match="é"):
        bars_svg("é")


def test_sheets_are_read_by_a_screen_reader_too() -> None:
    printed = print_labels([Label("Pluk", "Annie", "SCH", "3001")] * 25, LabelSheet(), title="Etiketten")
    assert printed.pages == 2
    reader = PdfReader(io.BytesIO(printed.content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "Etiketten"
    assert "3001" in reader.pages[1].extract_text()


def test_a_label_has_the_letters_of_the_shelf(cast) -> None:
    row = titled(cast, DOLFJE)
    copy = save_copies([CopyRow(row.pk, place="kast B3")], library_id=cast.library_a.pk, by=SYSTEM)[0]
    assert label_of(copy) == Label("Dolfje Weerwolfje", "Paul van Loon · kast B3", "LOO", copy.barcode)


def test_one_gets_the_labels_of_what_came_in(cast, client_for, keeper) -> None:  # noqa: F811
    row = titled(cast, DOLFJE)
    at_a1 = CopyRow(row.pk, location_id=cast.a1.pk, acquired_on=date(2026, 11, 2))
    old = CopyRow(row.pk, location_id=cast.a1.pk, acquired_on=date(2020, 1, 1))
    new = save_copies([at_a1, at_a1, old, CopyRow(row.pk)], library_id=cast.library_a.pk, by=SYSTEM)[:2]
    client = client_for(keeper)
    sent = {"request_id": "een", "location": cast.a1.pk, "since": "1-11-2026", "first": "3"}
    answer = client.post("/boeken/etiketten/", sent)
    paper = client.get(answer["Location"])
    assert paper["Content-Type"] == "application/pdf"
    text = (
        PdfReader(io.BytesIO(b"".join(paper) if paper.streaming else paper.content)).pages[0].extract_text()
    )
    assert [text.count(copy.barcode) for copy in new] == [1, 1]
    assert text.count("LOO") == 2
    nothing = client.post("/boeken/etiketten/", sent | {"request_id": "twee", "since": "1-11-2031"})
    assert "Er kwamen daar geen exemplaren" in nothing.content.decode()
    assert client.get(f"/boeken/{row.pk}/etiketten.pdf").status_code == 200


def test_a_box_has_a_label_that_a_decoder_reads(cast, client_for, keeper, monkeypatch) -> None:  # noqa: F811
    box = save_set(library_id=cast.library_a.pk, name="Dierenkist", kind="theme", by=SYSTEM)
    client = client_for(keeper)
    printer = Printer(monkeypatch)
    assert client.get(f"/boeken/collecties/{box.pk}/etiket.pdf")["Content-Type"] == "application/pdf"
    assert printer.codes() == [box.barcode]
    copy = save_copies([CopyRow(titled(cast, DOLFJE).pk)], library_id=cast.library_a.pk, by=SYSTEM)[0]
    fill_set(book_set=box, barcodes=[copy.barcode], by=SYSTEM)
    client.get(f"/boeken/collecties/{box.pk}/etiket.pdf?boeken=ja")
    assert printer.codes() == sorted([box.barcode, copy.barcode])
    other = save_set(library_id=cast.library_a.pk, name="Avonturenkist", kind="theme", by=SYSTEM)
    assert client.get("/boeken/collecties/etiketten.pdf").status_code == 200
    assert printer.codes() == sorted([box.barcode, other.barcode])
    assert box.barcode in client.get(box.get_absolute_url()).content.decode()


@pytest.mark.parametrize("query", ["", "?vanaf=gisteren", "?vanaf=2026-01-01&plek=99999999999999999999"])
def test_an_address_without_labels_is_not_there(cast, client_for, keeper, query: str) -> None:  # noqa: F811
    assert client_for(keeper).get(f"/boeken/etiketten.pdf{query}").status_code == 404
