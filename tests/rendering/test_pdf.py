"""PDFs are read back as a reader or a screen reader would."""

import io

import pytest
from pypdf import PdfReader

from leesbouw.rendering.documents import Bullets, Document, Grid, Pairs, Section, Text, flowing, one_page
from leesbouw.rendering.pdf import UNPRINTABLE, CannotPrint, compile_pdf, print_pages, printable
from leesbouw.rendering.row_headers import with_row_headers

NASTY = [
    "#panic()",
    "$x^2$",
    "*vet* _schuin_",
    "= Kop",
    "\"citaat\" en 'enkel'",
    "<label> @ref",
    "// weg /* ook weg */",
    "`code` \\ [haak]",
    "~ - -- ...",
    "http://voorbeeld.nl/?a=1",
    '#import "base.typ"',
]


def earlier(count: int) -> str:
    return f"… en {count} eerdere"


def document(**changes: object) -> Document:
    values: dict = {
        "title": "Overdracht ’t Anker",
        "subtitle": "Wat je moet weten",
        "meta": "Elzenbroek · 214 leerlingen",
        "unit": "Bibliotheek Elzenbroek",
        "date": "14 oktober 2026",
        "note": "Vertrouwelijk: bevat namen",
        "sections": [
            Section("Mensen", [Pairs([("Directeur", "Noor de Wit"), ("Leescoördinator", "Sam Bakker")])]),
            Section(
                "Gesprekken",
                [Text("Drie gesprekken dit jaar."), Bullets(["Doelen gekozen", "Uren besproken"])],
            ),
            Section("Cijfers", [Grid(["Jaar", "Leerlingen"], [["2025-2026", "214"]], numeric=[1])]),
        ],
    }
    return Document(**(values | changes))


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(content).pages)


def test_one_page_says_everything_and_is_accessible() -> None:
    reader = read(one_page(document(), earlier=earlier))
    text = reader.pages[0].extract_text()
    for words in (
        "Overdracht ’t Anker",
        "Noor de Wit",
        "Doelen gekozen",
        "2025-2026",
        "Bibliotheek Elzenbroek",
        "14 oktober",
    ):
        assert words in text
    root = reader.trailer["/Root"]
    assert len(reader.pages) == 1
    assert reader.metadata is not None
    assert reader.metadata.title == "Overdracht ’t Anker"
    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_data()


@pytest.mark.parametrize("text", NASTY)
def test_text_is_text(text: str) -> None:
    nasty = document(
        title=text,
        unit=text,
        note=text,
        sections=[
            Section(
                text, [Text(text), Pairs([(text, text)]), Bullets([text]), Grid([text, "x"], [[text, text]])]
            )
        ],
    )
    content = one_page(nasty, earlier=earlier)
    assert text_of(content).count(text) == 11
    assert read(content).metadata.title == text


@pytest.mark.parametrize(
    "text", ["Łukasz Żółć", "Ayşe Öztürk", "Sørensen", "Ελένη", "Наталія", "’s-Gravenhage", "e\u0301"]
)
def test_names_of_europe(text: str) -> None:
    assert text in text_of(flowing(document(title=text, sections=[])))


def test_arabic_stays_arabic() -> None:
    text = text_of(flowing(document(title="مرحبا", sections=[])))
    assert sorted("مرحبا") == sorted(sign for sign in text if sign in "مرحبا")[:5]


@pytest.mark.parametrize(
    "text",
    ["😀", "日本語", "👨‍👩‍👧", "\x00nul", "pua \ue000", "\ud800", "\u202eomgekeerd", "\ufeff", "\u2028"],
)
def test_odd_signs_never_stop_a_document(text: str) -> None:
    content = one_page(
        document(title="Naam " + text, sections=[Section(text, [Bullets([text])])]), earlier=earlier
    )
    shown = text_of(content)
    assert "Naam" in shown
    assert "\x00" not in shown
    assert "/StructTreeRoot" in read(content).trailer["/Root"]


def test_many_signs_without_a_glyph() -> None:
    rare = "".join(chr(0x13000 + n) for n in range(100))
    assert UNPRINTABLE in text_of(flowing(document(sections=[Section("x", [Text(rare)])])))


def test_printable() -> None:
    assert printable("a\tb\r\nc\x07\u202ed") == "a b\ncd"
    assert printable("w" * 120).replace("\u200b", "") == "w" * 120
    assert "\u200b" not in printable("gewoon " * 40)


def test_long_lists_shrink_then_count_what_is_left_out() -> None:
    some = Section("Gesprekken", [Bullets([f"gesprek {n}" for n in range(1, 46)])])
    shrunk = text_of(one_page(document(sections=[some]), earlier=earlier))
    assert "gesprek 45" in shrunk
    assert "eerdere" not in shrunk
    many = Section("Gesprekken", [Bullets([f"gesprek {n}" for n in range(1, 301)])])
    content = one_page(document(sections=[some, many]), earlier=earlier)
    text = text_of(content)
    assert len(read(content).pages) == 1
    assert "gesprek 1\n" in text
    assert "gesprek 300" not in text
    assert "eerdere" in text


def test_what_is_left_out_is_as_little_as_possible() -> None:
    content = one_page(
        document(sections=[Section("x", [Bullets([f"item {n}" for n in range(500)])])]), earlier=earlier
    )
    shown = text_of(content).count("item ")
    assert 50 < shown < 120
    assert f"… en {500 - shown} eerdere" in text_of(content)


def test_very_long_texts_are_cut() -> None:
    long = "Dit is een lang verhaal over lezen op school. " * 400
    sections = [Section(f"Deel {n}", [Text(long), Pairs([("Wat", long)])]) for n in range(6)]
    content = one_page(document(title=long, meta=long, sections=sections), earlier=earlier)
    assert len(read(content).pages) == 1
    assert "…" in text_of(content)


def test_far_too_many_sections_still_make_one_page() -> None:
    sections = [Section(f"Deel {n}", [Text("woord")]) for n in range(200)]
    content = one_page(document(sections=sections), earlier=earlier)
    assert len(read(content).pages) == 1
    assert "eerdere" in text_of(content)


def test_flowing_numbers_its_pages() -> None:
    reader = read(flowing(document(sections=[Section("x", [Bullets([f"item {n}" for n in range(200)])])])))
    assert len(reader.pages) > 1
    assert f"2 / {len(reader.pages)}" in reader.pages[1].extract_text()


def test_empty_document() -> None:
    assert len(read(one_page(Document("Leeg", []), earlier=earlier)).pages) == 1


def test_pages_are_counted() -> None:
    data = {
        "subtitle": "",
        "meta": "",
        "unit": "",
        "date": "",
        "note": "",
        "sections": [],
        "earlier": "",
        "size": 10,
    }
    assert print_pages("document", data, title="x").pages == 1


def test_a_wrong_template_is_our_mistake() -> None:
    with pytest.raises(CannotPrint):
        compile_pdf("document", {}, title="x")


def tagged_rows(content: bytes) -> list[list[tuple[str, str, bool]]]:
    """The rows of every table as a screen reader meets them: tag, what it is the header of, points at headers itself."""

    def below(node):
        inside = node.get("/K", [])
        inside = inside.get_object() if hasattr(inside, "get_object") else inside
        return [
            one.get_object()
            for one in (inside if isinstance(inside, list) else [inside])
            if isinstance(one.get_object(), dict)
        ]

    def rows(node):
        if node.get("/S") == "/TR":
            yield [cell(one) for one in below(node)]
        else:
            for one in below(node):
                yield from rows(one)

    def cell(node):
        told = {key: value for part in node.get("/A", []) for key, value in part.get_object().items()}
        return str(node["/S"]), str(told.get("/Scope", "")), bool(told.get("/Headers"))

    return list(rows(PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"]))


def test_a_screen_reader_names_the_row_and_the_column_of_every_figure() -> None:
    grid = Grid(("Groep", "Kinderen", "Deel"), (("groep 5", "26", "81%"), ("groep 6", "", "65%")))
    content = flowing(document(sections=[Section("Cijfers", [grid, Pairs([("Datum", "14 oktober")])])]))

    assert tagged_rows(content) == [
        [("/TH", "/Column", False)] * 3,
        *[[("/TH", "/Row", False), ("/TD", "", False), ("/TD", "", False)]] * 2,
        [("/TH", "/Row", False), ("/TD", "", False)],
    ]


def test_a_file_that_typst_did_not_write_so_stays_as_it_is() -> None:
    for content in (b"", b"%PDF-1.7 iets anders", b"%PDF-1.7\n\nstartxref\n9\n%%EOF"):
        assert with_row_headers(content) == content
