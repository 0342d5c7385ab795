"""The picture of a chart: complete on its own, in our type, whatever is in its texts."""

from dataclasses import replace

import pytest
import vl_convert

from leesbouw.rendering.charts import Chart, Kind, Mark, Point, Series
from leesbouw.rendering.charts.vega import VERSION, png, specification
from leesbouw.ui.gallery.figures import ANSWERS, CHARTS, COMPARED, YEARS

NASTY = '"aan\'hal\\ing" <b> {{ x }} \n datum.value'


def svg_of(chart: Chart, source: str = "") -> str:
    return vl_convert.vegalite_to_svg(specification(chart, source), vl_version=VERSION)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.kind)
def test_a_picture_says_title_sentence_figures_and_source(chart: Chart) -> None:
    drawn = svg_of(chart, "Bron: voorbeeld")

    assert chart.title in drawn
    assert chart.sentence.split()[0] in drawn
    assert "Bron: voorbeeld" in drawn
    for series in chart.series:
        assert series.name in drawn
    for row in specification(chart)["data"]["values"]:
        if row["series"] == chart.series[0].name:
            assert f">{row['text']}<" in drawn


def test_a_picture_is_a_png_on_white() -> None:
    picture = png(COMPARED)

    assert picture.startswith(b"\x89PNG")
    assert specification(COMPARED)["background"] == "white"


def test_why_a_row_is_hidden_stands_in_it() -> None:
    drawn = svg_of(COMPARED)

    assert "Verborgen: groep 8 gaf minder dan 5 antwoorden." in drawn


def test_a_break_is_drawn_between_its_moments_and_explained() -> None:
    layers = specification(YEARS)["layer"]

    assert layers[0]["data"]["values"] == [{"row": "2024"}]
    assert YEARS.break_note in svg_of(YEARS)
    runs = [row["run"] for row in specification(YEARS)["data"]["values"] if row["series"] == "De Regenboog"]
    assert runs == [0, 0, 0, 1, 1, 1]


@pytest.mark.parametrize("kind", [Kind.DOT, Kind.BAR, Kind.LINE])
def test_texts_are_texts(kind: Kind) -> None:
    series = (Series(NASTY, (Point(0.5),)), Series("ander", (Point(0.25),), Mark.BENCHMARK))

    assert "25%" in svg_of(Chart(kind, NASTY, "Zo is het.", ("Groep",), series))


def test_parts_of_a_stack_follow_each_other() -> None:
    rows = [row for row in specification(ANSWERS)["data"]["values"] if row["row"].startswith("De Regenboog")]

    assert [(row["start"], row["end"]) for row in rows] == [
        (0, 0.21),
        (0.21, 0.62),
        (0.62, pytest.approx(0.89)),
        (pytest.approx(0.89), pytest.approx(1)),
    ]


def test_a_chart_of_one_series_needs_no_key() -> None:
    alone = replace(COMPARED, series=COMPARED.series[:1])

    assert specification(alone)["layer"][1]["encoding"]["shape"]["legend"] is None
