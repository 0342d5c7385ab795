"""Slides: titles and charts that are read aloud, figures that can be edited, notes for who speaks."""

import io
import zipfile
from typing import Any

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from leesbouw.rendering.charts import Chart, Kind, Point, Series, in_words
from leesbouw.rendering.slides import Message, Opening, Question, Slide, deck
from leesbouw.rendering.slides.native import BREAK
from leesbouw.ui.gallery.figures import ANSWERS, CHARTS, COMPARED, COUNTED, YEARS


def opened(*slides: Slide, **more: str) -> Any:
    return Presentation(io.BytesIO(deck(slides, title="Rapport", **more)))


def shown(chart: Chart) -> tuple[Any, Any]:
    """The slide of one chart, and the frame with the chart."""
    slide = opened(Message("Zo is het.", chart)).slides[0]
    return slide, next(shape for shape in slide.shapes if shape.has_chart)


def words_of(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_a_deck_is_wide_and_named_and_forgets_where_it_came_from() -> None:
    made = opened(Opening("Monitor", "De Regenboog", "14 maart 2026"))
    about = made.core_properties

    assert (made.slide_width * 9, [layout.name for layout in made.slide_layouts]) == (
        pytest.approx(made.slide_height * 16, rel=0.001),
        ["Title Slide", "Title Only"],
    )
    assert (about.title, about.author, about.last_modified_by, about.language) == (
        "Rapport",
        "Leesbouw",
        "Leesbouw",
        "nl",
    )
    theme = zipfile.ZipFile(io.BytesIO(deck([], title="x"))).read("ppt/theme/theme1.xml").decode()
    assert 'typeface="Literata"' in theme
    assert 'typeface="Atkinson Hyperlegible Next"' in theme
    assert "0F5E6E" in theme


def test_every_slide_has_a_title_notes_a_foot_and_a_language() -> None:
    made = opened(
        Opening("Monitor", notes="Welkom."),
        Message("Lezen is leuk.", COMPARED, notes="Vertel eerst wie meededen."),
        Question("Wat nu?", "Praat in tweetallen", notes="Drie minuten."),
        footer="De Regenboog · voorbeeld",
    )

    assert [slide.shapes.title.text_frame.text for slide in made.slides] == [
        "Monitor",
        "Lezen is leuk.",
        "Wat nu?",
    ]
    assert [slide.notes_slide.notes_text_frame.text for slide in made.slides] == [
        "Welkom.",
        "Vertel eerst wie meededen.",
        "Drie minuten.",
    ]
    for slide in made.slides:
        assert "De Regenboog · voorbeeld" in words_of(slide)
        assert len(list(slide.element.iter(qn("a:fld")))) == 1
        assert {run.rPr.get("lang") for run in slide.element.iter(qn("a:r"))} == {"nl-NL"}
    assert "Praat in tweetallen" in words_of(made.slides[2])


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.kind)
def test_a_chart_is_told_in_words(chart: Chart) -> None:
    _slide, frame = shown(chart)

    assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == in_words(chart)


def test_below_a_chart_stands_who_answered_and_what_is_hidden() -> None:
    words = words_of(shown(COMPARED)[0])

    assert "98 van de 112 kinderen deden mee." in words
    assert "Groep 7 en 8: Verborgen: groep 8 gaf minder dan 5 antwoorden." in words
    assert "Lichte balk: hier zit het echte cijfer bijna zeker." in words
    assert "boeken per kind" in words_of(shown(COUNTED)[0])


def test_figures_stand_behind_the_chart_and_can_be_edited() -> None:
    plot = shown(COMPARED)[1].chart.plots[0]

    assert list(plot.categories) == [
        "Samen (98 kinderen)",
        "Groep 5 (34 kinderen)",
        "Groep 6 (7 van de 14 kinderen)",
        "Groep 7 en 8",
    ]
    assert [(series.name, series.values) for series in plot.series] == [
        ("De Regenboog", (0.62, 0.71, 0.5, None)),
        ("vergelijkbare scholen", (0.66, 0.7, 0.64, None)),
        ("vorig jaar", (0.55, 0.66, 0.57, None)),
    ]
    workbook = CalamineWorkbook.from_filelike(
        io.BytesIO(shown(COMPARED)[1].chart.part.chart_workbook.xlsx_part.blob)
    )
    assert workbook.get_sheet_by_index(0).to_python()[1][:3] == ["Samen (98 kinderen)", 0.62, 0.66]


def test_intervals_are_kept() -> None:
    bars = list(shown(COMPARED)[1].chart._chartSpace.iter(qn("c:errBars")))

    assert len(bars) == 1
    up = [float(value.text) for value in bars[0].find(qn("c:plus")).iter(qn("c:v"))]
    assert up == pytest.approx([0.10, 0.13, 0.23])


def test_over_a_break_runs_no_line() -> None:
    plot = shown(YEARS)[1].chart.plots[0]

    assert list(plot.categories) == ["2021", "2022", "2023", BREAK, "2024", "2025", "2026"]
    assert plot.series[0].values[3] is None
    assert YEARS.break_note in words_of(shown(YEARS)[0])


def test_a_part_without_room_has_no_figure() -> None:
    parts = tuple(Series(name, (Point(share, 100),)) for name, share in (("ja", 0.97), ("nee", 0.03)))
    thin = Chart(Kind.STACKED, "Vraag", "Bijna iedereen zegt ja.", ("Samen",), parts)

    labels = [len(list(one._element.iter(qn("c:dLbl")))) for one in shown(thin)[1].chart.plots[0].series]
    assert labels == [0, 1]
    assert list(shown(ANSWERS)[1].chart._chartSpace.iter(qn("c:dLbl"))) == []


@pytest.mark.parametrize(
    "text", ["=1+1", "{=A1}", "http://elders.nl", "mailto:x@y.nl", "\x0bteken\x00", "<b>&"]
)
def test_a_name_is_never_a_formula_or_a_link(text: str) -> None:
    chart = Chart(Kind.DOT, text, text, (text,), (Series(text, (Point(0.5),)),))
    made = opened(Message(text, chart, notes=text), Question(text, text), Opening(text, text, text))
    frame = next(shape for shape in made.slides[0].shapes if shape.has_chart)
    blob = frame.chart.part.chart_workbook.xlsx_part.blob
    with zipfile.ZipFile(io.BytesIO(blob)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()

    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert frame.chart.plots[0].series[0].values == (0.5,)
