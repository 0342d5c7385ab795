"""A report leaves as PDF, slides, workbook and pictures, and says the same in each."""

import io
import zipfile

from pptx import Presentation
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from leesbouw.rendering.charts import in_words
from leesbouw.rendering.report import (
    Finding,
    Report,
    Sign,
    Topic,
    as_pdf,
    as_pictures,
    as_slides,
    as_workbook,
)
from leesbouw.ui.gallery.figures import ANSWERS, COMPARED, COUNTED, FEW_ANSWERS, YEARS

REPORT = Report(
    title="Wat kinderen en leerkrachten vertelden",
    subtitle="Monitor van De Regenboog",
    unit="De Regenboog",
    date="14 maart 2026",
    source="Monitor 2026, voorbeeldcijfers",
    note="Voor het team",
    findings=(
        Finding("Kinderen leenden meer boeken.", Sign.UP, "Alle 214 kinderen."),
        Finding("Praten over boeken blijft achter.", Sign.DOWN),
    ),
    topics=(
        Topic(
            "Leesplezier",
            "Zes op de tien.",
            (COMPARED, ANSWERS),
            "Wat doet groep 5 dat groep 6 ook kan doen?",
        ),
        Topic("Lenen en lezen", charts=(COUNTED, YEARS)),
    ),
    questions=("Hoe vindt een kind een boek dat past?",),
    facts=(("Kinderen", "98 van 112"),),
)


def texts_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def told(reader: PdfReader) -> list[str]:
    """The alternative texts in the structure of the file, in order."""
    found, todo = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while todo:
        node = todo.pop(0).get_object()
        if not hasattr(node, "get"):
            continue
        if "/Alt" in node:
            found.append(str(node["/Alt"]))
        kids = node.get("/K")
        kids = kids.get_object() if kids is not None else []
        todo = [*(kids if isinstance(kids, list) else [kids]), *todo]
    return found


def test_the_paper_has_everything_and_is_accessible() -> None:
    reader = PdfReader(io.BytesIO(as_pdf(REPORT)))
    words = texts_of(reader)

    assert all(f"{REPORT.source} · {REPORT.note}" in page.extract_text() for page in reader.pages)
    for text in (
        *(REPORT.title, REPORT.subtitle, REPORT.unit, REPORT.date, REPORT.note, REPORT.source),
        *("In één minuut", "Kinderen leenden meer boeken.", "Alle 214 kinderen."),
        *("1 Leesplezier", "2 Lenen en lezen", COMPARED.sentence, YEARS.break_note, "7 van de 14 kinderen"),
        *("Wat doet groep 5 dat groep 6 ook kan doen?", "Hoe vindt een kind een boek dat past?"),
        *("Zo lees je dit", "98 van 112", "Alle cijfers in tabellen", "52% tot 72%"),
    ):
        assert text in words
    assert told(reader) == [in_words(chart) for _topic, chart in REPORT.charts()]
    assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == REPORT.title


def test_a_report_without_charts_is_whole() -> None:
    bare = Report("Rapport", "De Regenboog", "14 maart 2026", "Monitor 2026")

    assert "Zo lees je dit" in texts_of(PdfReader(io.BytesIO(as_pdf(bare))))
    assert len(Presentation(io.BytesIO(as_slides(bare))).slides) == 1
    assert zipfile.ZipFile(io.BytesIO(as_pictures(bare))).namelist() == ["beschrijvingen.txt"]


def test_slides_bring_one_message_each() -> None:
    made = Presentation(io.BytesIO(as_slides(REPORT)))

    assert [slide.shapes.title.text_frame.text for slide in made.slides] == [
        REPORT.title,
        "In één minuut",
        COMPARED.sentence,
        ANSWERS.sentence,
        "Wat doet groep 5 dat groep 6 ook kan doen?",
        COUNTED.sentence,
        YEARS.sentence,
        "Hoe vindt een kind een boek dat past?",
    ]
    assert in_words(COMPARED) in made.slides[2].notes_slide.notes_text_frame.text
    assert (
        "Kinderen leenden meer boeken. Alle 214 kinderen." in made.slides[0].notes_slide.notes_text_frame.text
    )
    words = [shape.text_frame.text for slide in made.slides for shape in slide.shapes if shape.has_text_frame]
    assert "De Regenboog · Monitor van De Regenboog\n14 maart 2026" in words
    assert "Kinderen leenden meer boeken.\nPraten over boeken blijft achter." in words
    assert {COMPARED.title, ANSWERS.title, COUNTED.title, YEARS.title} <= set(words)


def test_the_workbook_explains_itself_and_has_every_figure() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_workbook(REPORT)))
    explained = book.get_sheet_by_index(0).to_python()
    rows = book.get_sheet_by_name("Cijfers").to_python()

    assert book.sheet_names == ["Uitleg", "Cijfers"]
    assert [row[:2] for row in explained[2:]] == [
        ["Over wie het gaat", "De Regenboog"],
        ["Kinderen", "98 van 112"],
        ["Bron", "Monitor 2026, voorbeeldcijfers"],
        ["Datum", "14 maart 2026"],
    ]
    assert rows[1] == [
        *("Leesplezier", "Leesplezier", "Samen", "De Regenboog", 0.62, "", "", 98.0, 0.52, 0.72, ""),
    ]
    hidden = next(row for row in rows if row[-1] == FEW_ANSWERS)
    assert hidden[3:10] == ["De Regenboog", "", "", "", "", "", ""]
    counted = [row for row in rows if row[1] == COUNTED.title]
    assert [(row[3], row[5], row[6]) for row in counted[:2]] == [
        ("De Regenboog", 24.5, "boeken per kind"),
        ("andere scholen in de gemeente", 19.1, "boeken per kind"),
    ]


def test_pictures_come_with_their_descriptions() -> None:
    with zipfile.ZipFile(io.BytesIO(as_pictures(REPORT))) as archive:
        names = archive.namelist()
        descriptions = archive.read("beschrijvingen.txt").decode()
        pictures = [archive.read(name)[:4] for name in names[:-1]]

    assert names == [
        "01-leesplezier.png",
        "02-hoe-leuk-vind-je-het-om-een-boek-te-lezen.png",
        "03-geleende-boeken.png",
        "04-leest-vaak-thuis.png",
        "beschrijvingen.txt",
    ]
    assert pictures == [b"\x89PNG"] * 4
    assert in_words(YEARS) in descriptions
