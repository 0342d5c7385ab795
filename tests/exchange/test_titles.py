"""Books from a file: MARC21, MARCXML, tables, lists of ISBNs; the same file twice, taking back, what is wrong."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
from pymarc import Field, Indicators, Record, Subfield, XMLWriter, parse_xml_to_array

from leesbouw.cli.main import main
from leesbouw.collection.actions import CopyRow, add_title, save_copies
from leesbouw.collection.domain import TitleFacts
from leesbouw.collection.models import Copy, Title
from leesbouw.collection.queries import image_of
from leesbouw.core.access import SYSTEM
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import Job, work_off
from leesbouw.exchange import actions
from leesbouw.exchange.domain.marc_out import marcxml
from leesbouw.exchange.queries import titles_to_export
from tests.factories.cast import add_person

from .steps import bring, check, counts, errors, store, take_back

HEAD = "isbn;titel;auteur;reeks;barcode;brin;plank;eigenaar;aantal\n"
LIST = (
    HEAD
    + "9789055666508;Pluk van de Petteflet;Schmidt, Annie M.G.;;B1;99AA00;kast B3;school;\n"
    + "9789055666508;Pluk van de Petteflet;Schmidt, Annie M.G.;;B2;99AA00;;bibliotheek;\n"
    + ";Dolfje Weerwolfje;Loon, Paul van;Dolfje;;99AA00;;;3\n"
).encode()


def options(cast) -> dict[str, object]:
    return {"library": cast.library_a.pk}


def bring_books(cast, content: bytes, **more):
    return bring(content, SYSTEM, "titles", **options(cast) | more)


def a_record(
    number: str = "r1", isbn: str = "9789055666508 (geb.)", title: str = "Pluk van de Petteflet /"
) -> Record:
    record = Record(force_utf8=True)
    record.add_field(Field("001", data=number))
    record.add_field(Field("008", data="710101s1971    ne     b      000 1 dut  "))
    for tag, parts in (
        ("020", [("a", isbn)]),
        ("100", [("a", "Schmidt, Annie M.G.,"), ("d", "1911-1995.")]),
        ("245", [("a", title), ("c", "Annie M.G. Schmidt ; met tek. van Fiep Westendorp.")]),
        ("260", [("a", "Amsterdam :"), ("b", "Querido,"), ("c", "1971.")]),
        ("300", [("a", "166 p. ;"), ("c", "24 cm.")]),
        ("490", [("a", "Reeks van Pluk ;"), ("v", "2")]),
        ("520", [("a", "Pluk woont in de toren van een flat.")]),
        ("650", [("a", "Vriendschap"), ("v", "Juvenile fiction.")]),
        ("952", [("p", "E1"), ("o", "A SCH")]),
        ("952", [("p", "E2")]),
    ):
        record.add_field(Field(tag, Indicators(" ", " "), [Subfield(*part) for part in parts]))
    return record


def as_xml(*records: Record) -> bytes:
    kept = io.BytesIO()
    writer = XMLWriter(kept)
    for record in records:
        writer.write(record)
    writer.close(close_fh=False)
    return kept.getvalue()


def test_a_list_makes_titles_and_copies(cast) -> None:
    run = bring_books(cast, LIST)
    assert counts(run) == {"new": 3}
    assert sorted(Title.objects.values_list("title", flat=True)) == [
        "Dolfje Weerwolfje",
        "Pluk van de Petteflet",
    ]
    pluk = Title.objects.get(isbn="9789055666508")
    assert pluk.authors == ["Annie M.G. Schmidt"]
    copies = Copy.objects.filter(title=pluk).order_by("barcode")
    assert [(copy.barcode, copy.location_id, copy.place, copy.owner) for copy in copies] == [
        ("B1", cast.a1.pk, "kast B3", "school"),
        ("B2", cast.a1.pk, "", "library"),
    ]
    assert Copy.objects.exclude(title=pluk).count() == 3


def test_the_same_file_twice_changes_nothing(cast) -> None:
    bring_books(cast, LIST)
    again = check(LIST, SYSTEM, "titles", **options(cast))
    assert counts(again) == {"same": 3}
    store(again, SYSTEM)
    assert (Title.objects.count(), Copy.objects.count()) == (2, 5)


def test_an_import_goes_back_but_for_what_was_lent(cast) -> None:
    run = bring_books(cast, LIST)
    take_back(run, SYSTEM)
    assert not Title.objects.exists()
    assert not Copy.objects.exists()
    run = bring_books(cast, LIST)
    Copy.objects.filter(barcode="B1").update(times_lent=1)
    run = take_back(run, SYSTEM)
    assert list(Copy.objects.values_list("barcode", flat=True)) == ["B1"]
    assert Title.objects.get().isbn == "9789055666508"


def test_a_title_that_was_there_becomes_as_it_was(cast) -> None:
    bring_books(cast, b"isbn;titel\n9789055666508;Pluk\n")
    run = bring_books(cast, b"isbn;titel;uitgever\n9789055666508;Pluk van de Petteflet;Querido\n")
    assert counts(run) == {"changed": 1}
    take_back(run, SYSTEM)
    row = Title.objects.get()
    assert (row.title, row.publisher) == ("Pluk", "")


@pytest.mark.parametrize(
    "make", [lambda: a_record().as_marc(), lambda: as_xml(a_record())], ids=["marc21", "marcxml"]
)
def test_a_record_is_read_whole(cast, make) -> None:
    bring_books(cast, make())
    row = Title.objects.get()
    assert (row.title, row.isbn, row.authors) == (
        "Pluk van de Petteflet",
        "9789055666508",
        ["Annie M.G. Schmidt"],
    )
    assert (row.publisher, row.published, row.language, row.pages) == ("Querido", 1971, "dut", 166)
    assert (row.series, row.series_part, row.kind, row.age_band) == ("Reeks van Pluk", "2", "story", "A")
    assert row.themes == ["Vriendschap"]
    assert row.summary == "Pluk woont in de toren van een flat."
    assert list(Copy.objects.order_by("barcode").values_list("barcode", "place")) == [
        ("E1", "A SCH"),
        ("E2", ""),
    ]


def test_two_books_under_one_number_are_both_kept(cast) -> None:
    content = a_record().as_marc() + a_record("r2", title="Otje /").as_marc().replace(b"E1", b"F1").replace(
        b"E2", b"F2"
    )
    bring_books(cast, content)
    assert sorted(Title.objects.values_list("title", "isbn")) == [
        ("Otje", ""),
        ("Pluk van de Petteflet", "9789055666508"),
    ]
    assert counts(check(content, SYSTEM, "titles", **options(cast))) == {"same": 4}


def test_a_list_of_numbers_tells_what_is_there(cast) -> None:
    bring_books(cast, LIST)
    run = check(b"978-90-5566-650-8\n9780804429573\n\n", SYSTEM, "titles", **options(cast))
    assert counts(run) == {"same": 1, "faulty": 1}
    assert errors(run) == [(2, "isbn", "unknown_isbn")]


def test_what_is_wrong_is_named_by_row(cast) -> None:
    bring_books(cast, LIST)
    content = HEAD.encode() + (
        b"9789055666509;Verkeerd nummer;;;;;;;\n"
        b"9,78906E+12;Afgerond;;;;;;;\n"
        b";;;;;;;;\n"
        b";;Iemand;;;;;;\n"
        b";Onbekende school;;;X1;99ZZ99;;;\n"
        b";Ander boek;;;B1;99AA00;;;\n"
        b";Te veel;;;;;;;999\n"
    )
    assert errors(check(content, SYSTEM, "titles", **options(cast))) == [
        (2, "isbn", "isbn"),
        (3, "isbn", "isbn_rounded"),
        (5, "title", "missing"),
        (6, "school", "unknown_location"),
        (7, "barcode", "barcode_taken"),
        (8, "copies", "number"),
    ]


def test_broken_records_do_not_stop_the_others(cast) -> None:
    good = a_record().as_marc()
    broken = good[:40] + b"\x1d"
    run = check(good + broken + a_record("r3", "", "Otje").as_marc(), SYSTEM, "titles", **options(cast))
    assert run.counts["faulty"] >= 1
    assert run.counts["new"] >= 1


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><collection xmlns="http://www.loc.gov/MARC21/slim"/>',
        as_xml(a_record())[:-60],
        b"<html><body>MARC21</body></html>",
        b"%PDF-1.7 x",
    ],
    ids=["doctype", "cut off", "page", "pdf"],
)
def test_a_file_that_is_none_is_refused_in_a_sentence(cast, content: bytes) -> None:
    with pytest.raises(Sentence):
        actions.begin_run(
            content=content, file_name="x.xml", importer_code="titles", by=SYSTEM, options=options(cast)
        )


def test_somebody_of_another_library_brings_her_own(cast, client_for) -> None:
    from tests.factories.cast import add_person

    other = add_person("Bea", "collection", cast.library_b)
    run = bring(b"titel\nPluk\n", other, "titles")
    assert Title.objects.get().library_id == cast.library_b.pk
    assert counts(run) == {"new": 1}


@pytest.mark.parametrize("name", ["childrens_books_3000.mrc", "dutch_500.mrc"])
def test_nothing_of_a_real_file_is_refused(cast, shared_data: Path, name: str) -> None:
    content = (shared_data / "marc" / name).read_bytes()
    run = check(content, SYSTEM, "titles", **options(cast))
    assert errors(run) == []
    assert run.counts["new"] == run.counts["read"]


# Out again


FACTS = TitleFacts(
    "Dolfje & de <maan>",
    isbn="9789055666508",
    subtitle="een verhaal",
    authors=("Paul van Loon", "Hugo van Look"),
    publisher="Leopold",
    published=1999,
    series="Dolfje Weerwolfje",
    series_part="2",
    age_band="A",
    avi="M4",
    siso="J 634",
    nur="282",
    genre="griezelen",
    themes=("weerwolven", "vriendschap"),
    pages=120,
    summary="Bij volle maan gebeurt er iets.",
)


def exported(cast) -> bytes:
    _number, titles = titles_to_export(SYSTEM, cast.library_a.pk)
    return "".join(marcxml(titles, agency=cast.library_a.code, on=date(2026, 11, 29))).encode()


def test_another_program_reads_what_goes_out(cast) -> None:
    title = add_title(library_id=cast.library_a.pk, facts=FACTS, by=SYSTEM)
    rows = [CopyRow(title.pk, "B1", cast.a1.pk, place="kast B3"), CopyRow(title.pk, "B2")]
    save_copies(rows, library_id=cast.library_a.pk, by=SYSTEM)
    (record,) = parse_xml_to_array(io.BytesIO(exported(cast)))
    assert record.title == "Dolfje & de <maan> : een verhaal"
    assert (record.isbn, record.author, record.pubyear) == ("9789055666508", "Loon, Paul van", "1999")
    assert [field["p"] for field in record.get_fields("952")] == ["B1", "B2"]
    assert len(record.as_marc()) > 400  # it can be written as MARC21 too


def test_what_goes_out_comes_in_again_without_loss(cast) -> None:
    title = add_title(library_id=cast.library_a.pk, facts=FACTS, by=SYSTEM)
    plain = add_title(library_id=cast.library_a.pk, facts=TitleFacts("Zonder iets"), by=SYSTEM)
    save_copies(
        [CopyRow(title.pk, "B1", cast.a1.pk, place="kast B3"), CopyRow(plain.pk, "B2")],
        library_id=cast.library_a.pk,
        by=SYSTEM,
    )
    content = exported(cast)
    before = image_of(title)
    again = check(content, SYSTEM, "titles", **options(cast))
    assert errors(again) == []
    assert again.counts["new"] == 0
    Copy.objects.all().delete()
    Title.objects.all().delete()
    bring_books(cast, content)
    after = image_of(Title.objects.get(isbn=FACTS.isbn))
    assert {**after, "record_id": ""} == before
    assert sorted(Copy.objects.values_list("barcode", "location", "place")) == [
        ("B1", cast.a1.pk, "kast B3"),
        ("B2", None, ""),
    ]


def test_a_branch_of_another_system_is_no_school_here(cast) -> None:
    record = a_record()
    record.get_fields("952")[0].add_subfield("b", "CPL")
    bring_books(cast, record.as_marc())
    assert set(Copy.objects.values_list("location", flat=True)) == {None}


def test_the_shell_finds_and_writes_out(cast, tmp_path: Path, capsys) -> None:
    add_title(library_id=cast.library_a.pk, facts=FACTS, by=SYSTEM)
    code = cast.library_a.code
    assert main(["search", "dolvje", "--library", code]) == 0
    assert capsys.readouterr().out == "Dolfje & de <maan> – Paul van Loon, Hugo van Look (0)\n"
    target = tmp_path / "boeken.xml"
    assert main(["export", "titles", str(target), "--library", code, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"titles": 1}
    assert parse_xml_to_array(str(target))[0].isbn == FACTS.isbn
    assert [path.name for path in tmp_path.iterdir()] == ["boeken.xml"]
    for arguments in (
        ["search", "x"],
        ["export", "titles", str(tmp_path / "weg" / "x.xml"), "--library", code],
    ):
        with pytest.raises(SystemExit):
            main(arguments)


def test_the_catalogue_is_a_file_of_the_browser(cast, client_for) -> None:
    bring_books(cast, LIST)
    store_all = client_for(add_person("Hester", "collection", cast.library_a))
    assert store_all.get("/boeken/marcxml/").status_code == 200
    answer = store_all.post("/boeken/marcxml/", {"request_id": "een"})
    work_off()
    job = Job.objects.get(kind="exchange.make_marcxml")
    assert (job.state, answer["Location"]) == ("done", f"/taken/{job.pk}/")
    fetched = store_all.get(f"/bestand/{job.result_file_id}/")
    records = parse_xml_to_array(io.BytesIO(b"".join(fetched.streaming_content)))  # type: ignore[attr-defined]
    assert len(records) == job.result["titles"]
    assert client_for(cast.teacher).get("/boeken/marcxml/").status_code == 403
    assert client_for(cast.other_library).get(f"/bestand/{job.result_file_id}/").status_code == 404
